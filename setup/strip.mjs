// Makes programs and libraries smaller.
import { platformOf } from './platform/platform.mjs'
import { SetupProblem } from './problem.mjs'
import { findProgram, lastWords, run } from './run.mjs'

/** @typedef {import('./place.mjs').Place} Place */

/**
 * Removes what only a debugger reads. Without the `strip` program, or where it is for other systems than the files, they
 * stay as they are and work as well.
 * @param {Place} place
 * @param {{ platform: NodeJS.Platform, architecture: string }} there  the system of the files
 * @param {readonly string[]} files
 * @param {string} what  what they are, the beginning of a sentence
 * @throws SetupProblem if `strip` fails
 */
export async function strip(place, there, files, what) {
  const isOwn = there.platform === place.platform && there.architecture === place.architecture
  if (!isOwn || !platformOf(place).strips) return
  const program = findProgram(['strip'], place)
  if (program === null) return
  place.report.progress('Making it smaller')
  const outcome = await run(program, ['--strip-unneeded', ...files], { environment: place.environment })
  if (outcome.code !== 0)
    throw new SetupProblem(`${what} could not be made smaller (strip: ${lastWords(outcome)}). Run the command again.`)
}
