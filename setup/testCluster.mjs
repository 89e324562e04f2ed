// npm run test:cluster: trains sweeps on a real Ray cluster of two nodes on this computer, and kills parts of it. Brings
// Ray into the cache folder the first time. Linux; no part of npm test. Parameters go to vitest.
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { command } from './command.mjs'
import { launch } from './launch.mjs'
import { node24 } from './node24.mjs'
import { inPackages } from './place.mjs'
import { forEverything } from './prepare.mjs'
import { SetupProblem } from './problem.mjs'
import { lastWords, run } from './run.mjs'
import { prepare } from './steps.mjs'
import { rayVersion } from './wheels/versions.mjs'
import { pythonWithPip } from './wheels/wheel.mjs'

/** @typedef {import('./place.mjs').Place} Place */

/**
 * @param {string} program
 * @param {readonly string[]} parameters
 */
async function succeed(program, parameters) {
  const outcome = await run(program, parameters, {})
  if (outcome.code !== 0) throw new SetupProblem(`Ray could not be installed (${lastWords(outcome)}).`)
}

/**
 * A Python environment with Ray, in the cache folder.
 * @param {Place} place
 * @returns {Promise<string>} its folder
 */
async function rayEnvironment(place) {
  const folder = path.join(place.cache, `ray-${rayVersion}`)
  // Written last. An environment cannot be moved, so it is made in its place.
  const complete = path.join(folder, 'complete.json')
  if (existsSync(complete)) return folder
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(place.cache, { recursive: true })
  place.report.say(`Ray ${rayVersion} (400 MB, once) ...`)
  const python = await pythonWithPip(place)
  await succeed(python, ['-m', 'venv', folder])
  const wanted = `ray[default]==${rayVersion}`
  const install = ['-m', 'pip', 'install', '--disable-pip-version-check', '--quiet', wanted]
  await succeed(path.join(folder, 'bin', 'python'), install)
  writeFileSync(`${complete}.writing`, JSON.stringify({ ray: rayVersion }))
  renameSync(`${complete}.writing`, complete)
  return folder
}

await command(async (place) => {
  if (process.platform !== 'linux') throw new SetupProblem('The test on a cluster needs Linux.')
  await prepare(place, forEverything)
  const ray = await rayEnvironment(place)
  const vitest = inPackages(place, 'vitest', 'vitest.mjs')
  const parameters = [vitest, 'run', '--config', 'test/cluster/vitest.config.ts', ...process.argv.slice(2)]
  return async () => {
    const environment = { ...place.environment, CONV_LAB_RAY: ray }
    return (await launch(node24(place), parameters, { cwd: place.root, environment })).code
  }
})
