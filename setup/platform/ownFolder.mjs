// Where each system wants a program's files. Free of dependencies, because set-up runs before any package is there.
import { homedir } from 'node:os'
import path from 'node:path'

/**
 * The platform's folder of a kind (XDG on Linux, Library on macOS, LOCALAPPDATA on Windows).
 * @param {'data' | 'cache'} kind
 * @param {NodeJS.ProcessEnv} environment
 * @param {NodeJS.Platform} platform
 */
export function ownFolder(kind, environment, platform) {
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
