// Programs that set-up installs where it may: on Debian and its relatives, as root.
import { SetupProblem } from './problem.mjs'
import { findProgram, lastWords, run } from './run.mjs'

/** @typedef {import('./place.mjs').Place} Place */

/**
 * Installs packages.
 * @param {Place} place
 * @param {readonly string[]} packages
 * @returns {Promise<import('./run.mjs').Outcome | null>} null where set-up may not, or the system is another one
 */
export async function installOnDebian(place, packages) {
  const apt = findProgram(['apt-get'], place)
  if (apt === null || process.getuid?.() !== 0) return null
  place.report.say(`Installing ${packages.join(' and ')} ...`)
  const environment = { ...place.environment, DEBIAN_FRONTEND: 'noninteractive' }
  await run(apt, ['update', '-qq'], { environment })
  return await run(apt, ['install', '-y', '-qq', '--no-install-recommends', ...packages], { environment })
}

/**
 * Installs programs that are missing.
 * @param {Place} place
 * @param {Readonly<Record<string, string>>} needed  Debian's package of each program
 * @param {string} what  what needs them, the beginning of a sentence
 * @throws SetupProblem if they cannot be installed
 */
export async function getPrograms(place, needed, what) {
  const missing = Object.entries(needed).flatMap(([program, name]) =>
    findProgram([program], place) === null ? [name] : [],
  )
  if (missing.length === 0) return
  const outcome = await installOnDebian(place, missing)
  if (outcome === null)
    throw new SetupProblem(
      `${what} needs ${missing.join(' and ')}. Install it (Debian: sudo apt install ${missing.join(' ')}), then run the command again.`,
    )
  if (outcome.code !== 0)
    throw new SetupProblem(`${missing.join(' and ')} could not be installed (${lastWords(outcome)}).`)
}
