// Makes an app with Electron, which is installed: AppImage, installer for Windows or disk image for macOS. electron-builder
// does it, from the same staged folder that a portable archive packs.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import path from 'node:path'
import { launch } from '../launch.mjs'
import { node24 } from '../node24.mjs'
import { inPackages } from '../place.mjs'
import { targetOf } from '../platform/platform.mjs'
import { SetupProblem } from '../problem.mjs'
import { writeLicences } from './licences.mjs'
import { stage } from './stage.mjs'
import { targetNamed, targetNames } from './targets.mjs'

/**
 * @typedef {import('../place.mjs').Place} Place
 * @typedef {import('./targets.mjs').Target} Target
 */

/**
 * The system for which electron-builder's words ask; this one where they name none.
 * @param {Place} place
 * @param {readonly string[]} words
 * @returns {Target}
 * @throws SetupProblem if nothing is packed for it
 */
export function installerTarget(place, words) {
  const asked = /** @type {const} */ ([
    ['linux-x64', ['--linux', '-l']],
    ['win-x64', ['--win', '--windows', '-w']],
    ['darwin-arm64', ['--mac', '--macos', '-m', '-o']],
  ]).filter(([, flags]) => flags.some((flag) => words.includes(flag)))
  if (asked.length > 1) throw new SetupProblem('An installer is made for one system at a time. Name one of them.')
  const name = asked[0]?.[0] ?? targetOf(place)
  const target = name === null ? undefined : targetNamed(name)
  if (target === undefined)
    throw new SetupProblem(`Nothing is packed for this system, only for ${targetNames.join(', ')}.`)
  return target
}

/**
 * Stages an app for electron-builder.
 * @param {Place} place  a clone where everything is built
 * @param {readonly string[]} words  electron-builder's
 * @returns {Promise<() => Promise<number>>} has electron-builder pack it, and gives electron-builder's exit code
 */
export async function installer(place, words) {
  const target = installerTarget(place, words)
  const folder = path.join(place.root, 'dist', 'packages')
  mkdirSync(folder, { recursive: true })
  const unfinished = mkdtempSync(path.join(folder, '.writing-'))
  const remove = () => rmSync(unfinished, { recursive: true, force: true })
  try {
    const staged = path.join(unfinished, 'staged')
    await stageApp(place, target, staged, path.join(unfinished, 'work'))
    return () => pack(place, target, staged, words).finally(remove)
  } catch (thrown) {
    remove()
    throw thrown
  }
}

/**
 * @param {Place} place
 * @param {Target} target
 * @param {string} staged
 * @param {string} work
 */
async function stageApp(place, target, staged, work) {
  place.report.say(`Collecting the parts for ${target.name} ...`)
  mkdirSync(work)
  const { added, licences } = await stage(place, target, staged, work)
  writeLicences(place.root, target, staged, [...added, inPackages(place, 'electron')], licences)
}

/**
 * @param {Place} place
 * @param {Target} target
 * @param {string} staged
 * @param {readonly string[]} words
 */
async function pack(place, target, staged, words) {
  // electron-builder accepts folders only by their path from the clone, with slashes.
  const relative = path.relative(place.root, staged).replaceAll(path.sep, '/')
  const builder = inPackages(place, 'electron-builder', 'cli.js')
  const end = await launch(node24(place), [builder, '--publish', 'never', `--${target.architecture}`, ...words], {
    cwd: place.root,
    environment: { ...place.environment, CONV_LAB_STAGED: relative },
  })
  return end.code
}
