// The licences of everything in a packed program, as one text for a person and as the list that the window shows.
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { licenceOf } from '../licences.mjs'
import { SetupProblem } from '../problem.mjs'

/** @typedef {import('../licences.mjs').Licence} Licence */

/** Packages of the built list that are not packed, or only for another system. */
const ofThisComputer =
  /^(?:electron|node-(?:linux|win|darwin)-.*|@img\/sharp-(?!wasm).*|@types\/.*|@webgpu\/types|undici-types)$/

/**
 * The licences of a packed program.
 * @param {string} root  the clone, whose window is built
 * @param {readonly string[]} added  the folders of packages that are packed for the target alone
 * @param {readonly Licence[]} others  of parts that are no packages
 * @returns {Licence[]} Conv Lab first, then by name
 */
export function packedLicences(root, added, others) {
  const built = path.join(root, 'dist', 'window', 'licences.json')
  if (!existsSync(built)) throw new SetupProblem(`${built} is missing. Run npm run build, then this command again.`)
  /** @type {Licence[]} */
  const [own, ...all] = JSON.parse(readFileSync(built, 'utf8'))
  const ofTarget = added.flatMap((folder) => licenceOf(folder) ?? [])
  const rest = [...all.filter(({ name }) => !ofThisComputer.test(name)), ...ofTarget, ...others]
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
