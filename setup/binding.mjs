// Compiles tfjs-node's binding to TensorFlow's library. The binding's own download no longer exists, and it must match
// the library that was found.
import { mkdirSync, renameSync, rmSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { fingerprint } from './fingerprint.mjs'
import { node24 } from './node24.mjs'
import { inPackages } from './place.mjs'
import { SetupProblem } from './problem.mjs'
import { findProgram, lastWords, run } from './run.mjs'
import { stampedStep } from './steps.mjs'
import { findLibrary } from './tensorflow/library.mjs'

/** @typedef {import('./place.mjs').Place} Place */

const sources = ['tfjs_backend.cc', 'tfjs_binding.cc']

/**
 * Where tfjs-node looks for the binding.
 * @param {Place} place
 */
function bindingFile(place) {
  return inPackages(place, '@tensorflow', 'tfjs-node', 'lib', 'napi-v8', 'tfjs_binding.node')
}

/** @param {Place} place */
function libraryOf(place) {
  const library = findLibrary(place)
  if (library === null)
    throw new SetupProblem('TensorFlow’s library has vanished while set-up was at work. Run the command again.')
  return library
}

/**
 * The C++ compiler: the one that CXX names, or the first one found.
 * @param {Place} place
 * @throws SetupProblem if there is none
 */
export function compilerOf(place) {
  const named = place.environment['CXX']
  const compiler = findProgram(
    named === undefined || named === '' ? ['g++', 'c++', 'clang++'] : [named],
    place.environment,
  )
  if (compiler !== null) return compiler
  const install =
    place.platform === 'darwin'
      ? 'xcode-select --install'
      : 'Debian and Ubuntu: sudo apt install g++; Fedora: sudo dnf install gcc-c++'
  throw new SetupProblem(
    `A C++ compiler is missing${named === undefined || named === '' ? '' : ` (CXX names ${named})`}: set-up compiles the part that connects Node.js to TensorFlow. Install one (${install}), then run the command again.`,
  )
}

/**
 * The compiler's arguments.
 * @param {Place} place
 * @param {import('./tensorflow/library.mjs').Library} library
 * @param {string} output
 */
function compileParameters(place, library, output) {
  const tfjs = inPackages(place, '@tensorflow', 'tfjs-node')
  const includes = [tfjs, path.dirname(tfjs), library.include, inPackages(place, 'node-api-headers', 'include')]
  // Node itself provides the N-API symbols. On macOS the linker must be told that they are resolved at load time.
  const shared = place.platform === 'darwin' ? ['-bundle', '-undefined', 'dynamic_lookup'] : ['-shared']
  return [
    '-std=c++17',
    '-O2',
    '-fPIC',
    '-w',
    ...shared,
    '-DNAPI_VERSION=8',
    ...includes.flatMap((folder) => ['-I', folder]),
    ...sources.map((name) => path.join(tfjs, 'binding', name)),
    ...library.files,
    '-Xlinker',
    '-rpath',
    '-Xlinker',
    library.folder,
    // The path in a packed app: from its unpacked node_modules to the libraries, which electron-builder.yml puts beside
    // them.
    '-Xlinker',
    '-rpath',
    '-Xlinker',
    `${place.platform === 'darwin' ? '@loader_path' : '$ORIGIN'}/../../../../../../tensorflow`,
    '-o',
    output,
  ]
}

export const binding = stampedStep({
  id: 'binding',
  name: 'TensorFlow for Node.js (compiled, under a minute)',
  key(place) {
    const library = findLibrary(place)
    return library === null
      ? ''
      : fingerprint([
          inPackages(place, '@tensorflow', 'tfjs-node', 'binding'),
          ...library.files,
          fileURLToPath(import.meta.url),
        ])
  },
  results: (place) => [bindingFile(place)],
  async make(place) {
    const library = libraryOf(place)
    const file = bindingFile(place)
    const unfinished = `${file}.writing`
    mkdirSync(path.dirname(file), { recursive: true })
    const compiled = await run(compilerOf(place), compileParameters(place, library, unfinished), {
      environment: place.environment,
    })
    if (compiled.code !== 0) {
      rmSync(unfinished, { force: true })
      throw new SetupProblem(
        `The part that connects Node.js to TensorFlow could not be compiled (${compileReason(compiled)}). It needs a C++17 compiler: GCC 8, Clang 7 or later.`,
      )
    }
    renameSync(unfinished, file)
    const loaded = await run(node24(place), ['-e', 'require(process.argv[1])', file], {
      environment: place.environment,
    })
    if (loaded.code !== 0)
      throw new SetupProblem(
        `TensorFlow's library does not load on this computer (${loadReason(loaded)}). It needs a Linux with glibc 2.27 or later, or macOS 12 or later.`,
      )
  },
})

/** @param {import('./run.mjs').Outcome} outcome */
function compileReason(outcome) {
  return outcome.errors.split('\n').find((line) => line.includes('error:')) ?? lastWords(outcome)
}

/** @param {import('./run.mjs').Outcome} outcome */
function loadReason(outcome) {
  return (
    outcome.errors
      .split('\n')
      .find((line) => line.startsWith('Error:'))
      ?.slice('Error: '.length) ?? lastWords(outcome)
  )
}
