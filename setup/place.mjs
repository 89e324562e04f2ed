// Where set-up works. Every step is given a place, so that tests can pass another one.
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { cacheFolder } from './folders.mjs'

/**
 * @typedef {object} Place
 * @property {string} root  the clone
 * @property {string} cache  the user's cache folder, shared between clones
 * @property {NodeJS.ProcessEnv} environment
 * @property {NodeJS.Platform} platform
 * @property {string} architecture
 * @property {import('./report.mjs').Report} report
 */

/**
 * The place of this clone and of the person who typed the command.
 * @param {import('./report.mjs').Report} report
 * @returns {Place}
 */
export function thisPlace(report) {
  const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)))
  return {
    root,
    cache: cacheFolder(),
    environment: process.env,
    platform: process.platform,
    architecture: process.arch,
    report,
  }
}

/**
 * A file of an installed package.
 * @param {Place} place
 * @param {...string} parts
 */
export function inPackages(place, ...parts) {
  return path.join(place.root, 'node_modules', ...parts)
}
