// Where Conv Lab keeps its files. Free of dependencies, because set-up runs before any package is there.
import { homedir } from 'node:os'
import path from 'node:path'
import { ownFolder } from './platform/ownFolder.mjs'

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
  return givenPath(environment['CONV_LAB_HOME'] || ownFolder('data', environment, platform))
}

/**
 * The cache folder, shared between clones: TensorFlow's library and other files that can be fetched again.
 * `CONV_LAB_CACHE` moves it.
 * @param {NodeJS.ProcessEnv} environment
 * @param {NodeJS.Platform} platform
 */
export function cacheFolder(environment = process.env, platform = process.platform) {
  return givenPath(environment['CONV_LAB_CACHE'] || ownFolder('cache', environment, platform))
}
