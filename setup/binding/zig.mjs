// zig, a C++ compiler for every system that comes as one wheel and is not installed. It is fetched into the user's cache
// folder when it is first needed.
import { mkdirSync } from 'node:fs'
import path from 'node:path'
import { architectureOf, platformOf } from '../platform/platform.mjs'
import { run } from '../run.mjs'
import { cachedParts, fetchParts } from '../wheels/cachedParts.mjs'
import { zigVersion } from '../wheels/versions.mjs'
import { megabytes, pythonWithPip } from '../wheels/wheel.mjs'
import { compilerIsMissing } from './compiler.mjs'

/** @typedef {import('../place.mjs').Place} Place */

/** Bytes for the wheel and its unpacked files. */
const neededBytes = 0.5e9

/**
 * zig for the system of a place.
 * @param {Place} place
 * @returns {Promise<string>} its program
 * @throws SetupProblem if there is none for this system, or it cannot be fetched
 */
export async function fetchZig(place) {
  const { zigProgram } = platformOf(place)
  const wheel = architectureOf(place)?.zig
  if (wheel === undefined) throw compilerIsMissing(place)
  // Computers of several kinds may share a cache folder.
  const folder = `zig-${zigVersion}-${platformOf(place).short}-${place.architecture}`
  const there = cachedParts(place, folder)
  if (there !== null) return path.join(there, zigProgram)
  const python = await pythonWithPip(place)
  place.report.say(
    `Fetching a compiler (zig ${zigVersion}): ${megabytes(wheel.bytes)} to download, four times as much stays in the cache folder.`,
  )
  const content = await fetchParts(place, python, {
    what: `the compiler zig ${zigVersion}`,
    folder,
    wheels: [wheel],
    bytes: neededBytes,
    checked: () => [zigProgram],
  })
  return path.join(content, zigProgram)
}

/**
 * Runs zig. What it compiles for itself stays beside it for the next time.
 * @param {Place} place
 * @param {string} zig  its program
 * @param {readonly string[]} parameters
 * @param {string} cwd
 */
export async function runZig(place, zig, parameters, cwd) {
  const cache = path.join(path.dirname(zig), 'compiled')
  mkdirSync(cache, { recursive: true })
  return await run(zig, parameters, {
    cwd,
    environment: {
      ...place.environment,
      ZIG_GLOBAL_CACHE_DIR: cache,
      ZIG_LOCAL_CACHE_DIR: path.join(cwd, 'zig-cache'),
    },
  })
}
