// The step that makes tfjs-node's binding to TensorFlow's library for this computer. The binding's own download no longer
// exists, and it must match the library that was found. A compiler that is on the computer is taken; otherwise one is
// fetched.
import { copyFileSync, linkSync, mkdirSync, rmSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { fingerprint } from '../fingerprint.mjs'
import { node24 } from '../node24.mjs'
import { inPackages } from '../place.mjs'
import { platformOf, targetOf } from '../platform/platform.mjs'
import { codeOf, SetupProblem } from '../problem.mjs'
import { renamePatiently } from '../rename.mjs'
import { lastWords, run } from '../run.mjs'
import { stampedStep } from '../steps.mjs'
import { findLibrary } from '../tensorflow/library.mjs'
import { buildBinding, compileProblem } from './build.mjs'
import { bindingInPackages, bindingName, librariesFromBinding } from './compile.mjs'
import { compileHere, compilerIsMissing, compilerOf } from './compiler.mjs'

/**
 * @typedef {import('../place.mjs').Place} Place
 * @typedef {import('../tensorflow/library.mjs').Library} Library
 */

/**
 * Where tfjs-node looks for the binding.
 * @param {Place} place
 */
function bindingFolder(place) {
  return inPackages(place, bindingInPackages)
}

/**
 * The files that the system must find beside the binding, because it knows no run paths.
 * @param {Place} place
 * @param {Library} library
 */
function neighbours(place, library) {
  return platformOf(place).linking === null ? [...library.files, ...library.beside] : []
}

export const binding = stampedStep({
  id: 'binding',
  name: 'TensorFlow for Node.js (compiled, a minute or two)',
  key(place) {
    const library = findLibrary(place)
    return library === null
      ? ''
      : fingerprint([
          inPackages(place, '@tensorflow', 'tfjs-node', 'binding'),
          ...library.files,
          path.dirname(fileURLToPath(import.meta.url)),
        ])
  },
  results(place) {
    const library = findLibrary(place)
    const beside = library === null ? [] : neighbours(place, library).map((file) => path.basename(file))
    return [bindingName, ...beside].map((name) => path.join(bindingFolder(place), name))
  },
  async make(place) {
    const library = findLibrary(place)
    if (library === null)
      throw new SetupProblem('TensorFlow’s library has vanished while set-up was at work. Run the command again.')
    const file = path.join(bindingFolder(place), bindingName)
    mkdirSync(bindingFolder(place), { recursive: true })
    await compile(place, library, file)
    for (const neighbour of neighbours(place, library)) putBeside(neighbour, bindingFolder(place))
    await tryToLoad(place, file)
  },
})

/**
 * @param {Place} place
 * @param {Library} library
 * @param {string} file
 */
async function compile(place, library, file) {
  const compiler = compilerOf(place)
  if (compiler === null) return await compileWithZig(place, library, file)
  const unfinished = `${file}.writing`
  const here = platformOf(place).linking?.here ?? ''
  const folders = [library.folder, `${here}/${librariesFromBinding}`]
  const compiled = await compileHere(place, compiler.program, library, folders, unfinished)
  if (compiled.code === 0) return renamePatiently(unfinished, file)
  rmSync(unfinished, { force: true })
  const problem = `${compileProblem(compiled)} It needs a C++17 compiler: GCC 8, Clang 7 or later.`
  if (compiler.named) throw new SetupProblem(problem)
  place.report.say(`${problem} Set-up fetches one, because ${compiler.program} is none.`)
  await compileWithZig(place, library, file)
}

/**
 * @param {Place} place
 * @param {Library} library
 * @param {string} file
 */
async function compileWithZig(place, library, file) {
  const target = targetOf(place)
  if (target === null) throw compilerIsMissing(place)
  await buildBinding(place, target, file, [library.folder, librariesFromBinding])
}

/**
 * Puts a large file into a folder without a second copy of it, where the system can.
 * @param {string} file
 * @param {string} folder
 */
function putBeside(file, folder) {
  const unfinished = path.join(folder, `${path.basename(file)}.writing`)
  rmSync(unfinished, { force: true })
  try {
    linkSync(file, unfinished)
  } catch (thrown) {
    // The cache folder is on another disk, or on one that has no second names for files.
    if (!['EXDEV', 'EPERM', 'ENOSYS', 'ENOTSUP', 'EISDIR', 'UNKNOWN'].includes(codeOf(thrown))) throw thrown
    copyFileSync(file, unfinished)
  }
  renamePatiently(unfinished, path.join(folder, path.basename(file)))
}

/**
 * @param {Place} place
 * @param {string} file
 */
async function tryToLoad(place, file) {
  const loaded = await run(node24(place), ['-e', 'require(process.argv[1])', file], { environment: place.environment })
  if (loaded.code === 0) return
  throw new SetupProblem(
    `TensorFlow's library does not load on this computer (${loadReason(loaded)}). ${platformOf(place).needs}`,
  )
}

/** @param {import('../run.mjs').Outcome} outcome */
function loadReason(outcome) {
  return (
    outcome.errors
      .split('\n')
      .find((line) => line.startsWith('Error:'))
      ?.slice('Error: '.length) ?? lastWords(outcome)
  )
}
