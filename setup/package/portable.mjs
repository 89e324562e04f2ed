// Makes a portable archive: one file to download, unpack and start, for a system that need not be this one.
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { SetupProblem } from '../problem.mjs'
import { renamePatiently } from '../rename.mjs'
import { lastWords, run } from '../run.mjs'
import { strip } from '../strip.mjs'
import { megabytes, pythonWithPip } from '../wheels/wheel.mjs'
import { launchers } from './launchers.mjs'
import { writeLicences } from './licences.mjs'
import { readme } from './readme.mjs'
import { packSets } from './sets.mjs'
import { stage } from './stage.mjs'
import { writeSums } from './sums.mjs'
import { targetNode } from './targetNode.mjs'
import { folderName } from './targets.mjs'
import { writeWindowsLaunchers } from './windowsLaunchers.mjs'

/**
 * @typedef {import('../place.mjs').Place} Place
 * @typedef {import('./targets.mjs').Target} Target
 * @typedef {import('./options.mjs').PortableOptions} PortableOptions
 */

/**
 * Makes the archive, whole or not at all.
 * @param {Place} place  a clone where everything is built
 * @param {PortableOptions} options
 * @returns {Promise<string>} the file
 */
export async function makePortable(place, { target, out, sets }) {
  const version = versionOf(place)
  const folder = out ?? path.join(place.root, 'dist', 'packages')
  mkdirSync(folder, { recursive: true })
  const unfinished = mkdtempSync(path.join(folder, '.writing-'))
  try {
    const name = folderName(version, target)
    const staged = path.join(unfinished, name)
    const work = path.join(unfinished, 'work')
    mkdirSync(work)
    await fill(place, target, staged, work, { version, sets })
    place.report.say(`Packing ${name} ...`)
    const archive = archiveIn(place, unfinished, target)
    await pack(place, staged, archive, programsOf(target))
    const file = archiveIn(place, folder, target)
    renamePatiently(archive, file)
    place.report.say(`${file} (${megabytes(statSync(file).size)})`)
    return file
  } finally {
    rmSync(unfinished, { recursive: true, force: true })
  }
}

/**
 * The archive of a target in a folder, whether it is there or not.
 * @param {Place} place
 * @param {string} folder
 * @param {Target} target
 */
export function archiveIn(place, folder, target) {
  return path.join(folder, `${folderName(versionOf(place), target)}.${target.archive}`)
}

/**
 * Makes the portable folder itself.
 * @param {Place} place
 * @param {Target} target
 * @param {string} folder
 * @param {string} work  an empty folder, for what is compiled
 * @param {{ version: string, sets: readonly string[] }} what
 */
export async function fill(place, target, folder, work, { version, sets }) {
  place.report.say(`Collecting the parts for ${target.name} ...`)
  // By this mark the program knows that it is a portable one.
  const { added, licences } = await stage(place, target, folder, work, { packedFor: target.name })
  const ofNode = await stageNode(place, target, folder)
  writeLicences(place.root, target, folder, added, [...licences, ...ofNode])
  await packSets(place, folder, sets)
  writeFileSync(path.join(folder, 'README.txt'), readme(target, version, sets))
  await (target.platform === 'win32'
    ? writeWindowsLaunchers(place, folder, work)
    : writeLaunchers(place, target, folder))
  await writeSums(folder)
}

/**
 * @param {Place} place
 * @param {Target} target
 * @param {string} folder
 * @returns {Promise<readonly import('../licences.mjs').Licence[]>} Node's
 */
async function stageNode(place, target, folder) {
  const node = await targetNode(place, target)
  const program = path.join(folder, target.nodeInFolder)
  mkdirSync(path.dirname(program), { recursive: true })
  copyFileSync(node.program, program)
  chmodSync(program, 0o755)
  await strip(place, target, [program], 'Node')
  return node.licences
}

/**
 * @param {Place} place
 * @param {Target} target
 * @param {string} folder
 */
function writeLaunchers(place, target, folder) {
  for (const [name, text] of Object.entries(launchers(target)))
    writeFileSync(path.join(folder, name), text, { mode: 0o755 })
  copyFileSync(path.join(place.root, 'resources', 'icon.png'), path.join(folder, 'conv-lab.png'))
}

/**
 * The files of a portable folder that may be executed, with slashes.
 * @param {Target} target
 */
function programsOf(target) {
  const names = target.platform === 'win32' ? ['Conv Lab.exe', 'lab.cmd'] : Object.keys(launchers(target))
  return [target.nodeInFolder, ...names]
}

/** @param {Place} place */
function versionOf(place) {
  /** @type {{ version: string }} */
  const { version } = JSON.parse(readFileSync(path.join(place.root, 'package.json'), 'utf8'))
  return version
}

/**
 * @param {Place} place
 * @param {string} folder
 * @param {string} archive
 * @param {readonly string[]} programs
 */
async function pack(place, folder, archive, programs) {
  const python = await pythonWithPip(place)
  const script = fileURLToPath(new URL('writeArchive.py', import.meta.url))
  const outcome = await run(python, [script, folder, archive, ...programs], { environment: place.environment })
  if (outcome.errors.includes('No space left')) throw Object.assign(new Error('archive'), { code: 'ENOSPC' })
  if (outcome.code !== 0 || !existsSync(archive))
    throw new SetupProblem(`The archive could not be written (${lastWords(outcome)}). Run the command again.`)
}
