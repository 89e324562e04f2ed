// Installs the packages of package-lock.json with their scripts off. None of them needs its script, and some scripts
// download from hosts that no longer exist.
import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { inPackages } from './place.mjs'
import { platformOf } from './platform/platform.mjs'
import { SetupProblem } from './problem.mjs'
import { findProgram, lastWords, run } from './run.mjs'
import { stampedStep } from './steps.mjs'

/** @typedef {import('./place.mjs').Place} Place */

/**
 * The npm that runs this script, otherwise the one on the search path.
 * @param {Place} place
 * @returns {{ command: string, first: string[] }}
 */
export function npmOf(place) {
  const running = place.environment['npm_execpath']
  if (running !== undefined && path.basename(running).startsWith('npm-cli') && existsSync(running))
    return { command: process.execPath, first: [running] }
  const npm = findProgram(['npm'], place)
  if (npm !== null) return { command: npm, first: [] }
  const { npmFromNode, install } = platformOf(place)
  const beside = npmFromNode === null ? null : path.join(path.dirname(process.execPath), npmFromNode)
  if (beside !== null && existsSync(beside)) return { command: process.execPath, first: [beside] }
  throw new SetupProblem(
    `npm is missing: it comes with Node.js, so install Node.js 20 or later with npm (${install.npm}), then run the command again.`,
  )
}

/**
 * Whether npm has installed exactly these packages. npm writes its own list of them last of all. Packages for other
 * systems are only in the lock file.
 * @param {Place} place
 */
function npmHasInstalled(place) {
  const listFile = inPackages(place, '.package-lock.json')
  if (!existsSync(listFile)) return false
  const wanted = packagesIn(path.join(place.root, 'package-lock.json'))
  const there = packagesIn(listFile)
  return (
    [...wanted].every(([name, { integrity, optional }]) =>
      there.has(name) ? there.get(name)?.integrity === integrity : optional,
    ) && [...there.keys()].every((name) => wanted.has(name))
  )
}

/**
 * @param {string} lockFile
 * @returns {Map<string, { integrity: unknown, optional: boolean }>}
 */
function packagesIn(lockFile) {
  /** @type {{ packages?: Record<string, { integrity?: unknown, optional?: unknown }> }} */
  const lock = JSON.parse(readFileSync(lockFile, 'utf8'))
  const packages = Object.entries(lock.packages ?? {}).filter(([name]) => name !== '')
  return new Map(packages.map(([name, { integrity, optional }]) => [name, { integrity, optional: optional === true }]))
}

export const packages = stampedStep({
  id: 'packages',
  name: 'Packages (npm, 600 MB)',
  key: (place) =>
    createHash('sha256')
      .update(readFileSync(path.join(place.root, 'package-lock.json')))
      .digest('hex'),
  results: (place) => [inPackages(place, '.package-lock.json')],
  async make(place) {
    if (npmHasInstalled(place)) return
    const npm = npmOf(place)
    const outcome = await run(
      npm.command,
      [...npm.first, 'ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'],
      { cwd: place.root, environment: place.environment },
    )
    if (outcome.code === 0) return
    if (outcome.errors.includes('ENOSPC')) throw Object.assign(new Error('npm ci'), { code: 'ENOSPC' })
    throw new SetupProblem(
      `npm could not install the packages (${npmReason(outcome)}). Check the network and run the command again.`,
    )
  },
})

/**
 * npm's reason: its first line that is neither a code nor empty.
 * @param {import('./run.mjs').Outcome} outcome
 */
function npmReason(outcome) {
  const reasons = outcome.errors.split('\n').map((line) => line.replace(/^npm (error|ERR!) ?/, '').trim())
  return reasons.find((line) => line !== '' && !/^(code|errno|syscall|npm warn) ?/.test(line)) ?? lastWords(outcome)
}
