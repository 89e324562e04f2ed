// Node for a target: from npm's package of it or, where npm has none, from a wheel.
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { licenceOf } from '../licences.mjs'
import { architectureOf, placeFor } from '../platform/platform.mjs'
import { fetchParts } from '../wheels/cachedParts.mjs'
import { pythonWithPip } from '../wheels/wheel.mjs'
import { targetPackage } from './targetPackages.mjs'
import { linux } from './targets.mjs'

/**
 * @typedef {import('../place.mjs').Place} Place
 * @typedef {import('../licences.mjs').Licence} Licence
 * @typedef {import('./targets.mjs').Target} Target
 */

/**
 * Gets it.
 * @param {Place} place
 * @param {Target} target
 * @returns {Promise<{ program: string, licences: readonly Licence[] }>}
 */
export async function targetNode(place, target) {
  const wheel = architectureOf(placeFor(place, target.name))?.node
  if (wheel === undefined) {
    const folder = await targetPackage(place, target.nodePackage)
    return { program: path.join(folder, target.nodeInPackage), licences: [licenceOf(folder) ?? []].flat() }
  }
  const content = await fetchParts(place, await pythonWithPip(place), {
    what: `Node ${wheel.version}`,
    folder: `node-${wheel.version}-${target.name}`,
    wheels: [wheel],
    bytes: 4 * wheel.bytes,
    checked: () => [target.nodeInPackage],
  })
  // The wheel has Node without its licence, which is the same for every system.
  const text = readFileSync(path.join(await targetPackage(place, linux.nodePackage), 'LICENSE'), 'utf8').trim()
  const licences = [{ name: 'Node.js', version: wheel.version, licence: 'MIT', text }]
  return { program: path.join(content, target.nodeInPackage), licences }
}
