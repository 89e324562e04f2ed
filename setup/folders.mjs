// Where Conv Lab keeps its files. Free of dependencies, because set-up runs before any package is there.
import { homedir } from 'node:os'
import path from 'node:path'

/**
 * The platform's folder of a kind (XDG on Linux, Library on macOS, LOCALAPPDATA on Windows).
 * @param {'data' | 'cache'} kind
 * @param {NodeJS.ProcessEnv} environment
 * @param {NodeJS.Platform} platform
 */
function platformFolder(kind, environment, platform) {
  const home = homedir()
  if (platform === 'win32')
    return path.join(
      environment['LOCALAPPDATA'] ?? path.join(home, 'AppData', 'Local'),
      'Conv Lab',
      kind === 'data' ? 'Data' : 'Cache',
    )
  if (platform === 'darwin')
    return path.join(home, 'Library', kind === 'data' ? 'Application Support' : 'Caches', 'Conv Lab')
  const base =
    kind === 'data'
      ? environment['XDG_DATA_HOME'] || path.join(home, '.local', 'share')
      : environment['XDG_CACHE_HOME'] || path.join(home, '.cache')
  return path.join(base, 'conv-lab')
}

/**
 * A path as a person wrote it, in full: `~` is their home folder, as in a terminal, also where no shell has replaced it,
 * and the rest begins where the program runs. `~name`, the home folder of somebody else, is a file of this name.
 * @param {string} written
 */
export function givenPath(written) {
  if (written === '~') return homedir()
  return /^~[\\/]/.test(written) ? path.join(homedir(), written.slice(2)) : path.resolve(written)
}

/**
 * The home folder: history, checkpoints and data sets. `CONV_LAB_HOME` moves it. A command's `--home` takes precedence
 * over both.
 * @param {NodeJS.ProcessEnv} environment
 * @param {NodeJS.Platform} platform
 */
export function homeFolder(environment = process.env, platform = process.platform) {
  return givenPath(environment['CONV_LAB_HOME'] || platformFolder('data', environment, platform))
}

/**
 * The cache folder, shared between clones: TensorFlow's library and other files that can be fetched again.
 * `CONV_LAB_CACHE` moves it.
 * @param {NodeJS.ProcessEnv} environment
 * @param {NodeJS.Platform} platform
 */
export function cacheFolder(environment = process.env, platform = process.platform) {
  return givenPath(environment['CONV_LAB_CACHE'] || platformFolder('cache', environment, platform))
}
