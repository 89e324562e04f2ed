// The words after `npm run package --`.
import { parseArgs } from 'node:util'
import { SetupProblem } from '../problem.mjs'
import { targetNamed, targetNames } from './targets.mjs'

/**
 * @typedef {object} PortableOptions
 * @property {import('./targets.mjs').Target} target
 * @property {string | null} out  the folder for the archive; null for the usual one
 * @property {readonly string[]} sets  the ids of the data sets that go into the archive
 */

/**
 * Reads the words of a portable archive; null where none is asked for, so that the words are electron-builder's.
 * @param {readonly string[]} words
 * @returns {PortableOptions | null}
 * @throws SetupProblem
 */
export function portableOptions(words) {
  if (!words.some((word) => /^--portable(=|$)/.test(word))) return null
  const { portable = '', out = null, with: sets = '' } = parsed(words)
  const target = targetNamed(portable)
  if (target === undefined)
    throw new SetupProblem(
      `There is no portable archive for ${portable === '' ? 'no system at all' : `“${portable}”`}. Name one of these after --portable: ${targetNames.join(', ')}.`,
    )
  return { target, out, sets: [...new Set(sets.split(',').filter((id) => id !== ''))] }
}

/** @param {readonly string[]} words */
function parsed(words) {
  try {
    return parseArgs({
      args: [...words],
      options: { portable: { type: 'string' }, out: { type: 'string' }, with: { type: 'string' } },
    }).values
  } catch (thrown) {
    // The first sentence names the option; what follows explains a syntax that this command does not have.
    const reason = thrown instanceof Error ? thrown.message.split('. ')[0] : String(thrown)
    throw new SetupProblem(
      `${reason}. It is: npm run package -- --portable ${targetNames.join('|')} [--out DIR] [--with SET,SET].`,
    )
  }
}
