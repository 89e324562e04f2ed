// The licences of everything in a packed program, as one text for a person and as the list that the window shows.
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { licenceOf } from '../licences.mjs'
import { SetupProblem } from '../problem.mjs'
import { isShipped } from './shipped.mjs'

/**
 * @typedef {import('../licences.mjs').Licence} Licence
 * @typedef {import('./targets.mjs').Target} Target
 */

/**
 * The licences of a packed program.
 * @param {string} root  the clone, whose window is built
 * @param {Target} target
 * @param {readonly string[]} added  the folders of packages that are packed for the target alone
 * @param {readonly Licence[]} others  of parts that are no packages
 * @returns {Licence[]} Conv Lab first, then by name
 */
export function packedLicences(root, target, added, others) {
  const built = path.join(root, 'dist', 'window', 'licences.json')
  if (!existsSync(built)) throw new SetupProblem(`${built} is missing. Run npm run build, then this command again.`)
  /** @type {Licence[]} */
  const [own, ...all] = JSON.parse(readFileSync(built, 'utf8'))
  const ofTarget = added.flatMap((folder) => licenceOf(folder) ?? [])
  const addedNames = new Set(ofTarget.map(({ name }) => name))
  const fromAll = all.filter(({ name }) => isShipped(`${name}/package.json`, target) && !addedNames.has(name))
  const rest = [...fromAll, ...ofTarget, ...others]
  return [own, ...rest.sort((one, other) => (one.name < other.name ? -1 : 1))]
}

/**
 * The text of LICENCES.txt.
 * @param {readonly Licence[]} licences
 */
export function licencesText(licences) {
  const list = licences.map(({ name, version, licence }) => `${name} ${version}: ${licence}`).join('\n')
  const texts = licences
    .filter(({ text }) => text !== '')
    .map(({ name, version, text }) => `${'='.repeat(78)}\n${name} ${version}\n${'='.repeat(78)}\n\n${text}\n`)
  return `${list}\n\n${texts.join('\n')}`
}

/**
 * Writes the licences of a packed program into its folder, for a person and for its window.
 * @param {string} root  the clone, whose window is built
 * @param {Target} target
 * @param {string} folder
 * @param {readonly string[]} added  the folders of packages that are packed for the target alone
 * @param {readonly Licence[]} others  of parts that are no packages
 */
export function writeLicences(root, target, folder, added, others) {
  const licences = packedLicences(root, target, added, others)
  writeFileSync(path.join(folder, 'LICENCES.txt'), licencesText(licences))
  writeFileSync(path.join(folder, 'app', 'dist', 'window', 'licences.json'), JSON.stringify(licences))
}
