// The C++ compiler that is already on the computer.
import { platformOf } from '../platform/platform.mjs'
import { SetupProblem } from '../problem.mjs'
import { findProgram, run } from '../run.mjs'
import { runPaths, sourceParameters } from './compile.mjs'

/** @typedef {import('../place.mjs').Place} Place */

/**
 * The C++ compiler: the one that CXX names, or the first one found.
 * @param {Place} place
 * @returns {{ program: string, named: boolean } | null} null if there is none; `named`: a person chose it
 * @throws SetupProblem if CXX names one that is not there
 */
export function compilerOf(place) {
  const { compilers, install } = platformOf(place)
  const named = place.environment['CXX'] ?? ''
  // Where no compiler of the system is known to build the binding, none is taken.
  const wanted = named === '' || compilers.length === 0 ? compilers : [named]
  const program = findProgram(wanted, place)
  if (program !== null) return { program, named: wanted !== compilers }
  if (wanted === compilers) return null
  throw new SetupProblem(
    `CXX names ${named} as the C++ compiler, which is not on the search path. Install it (${install.compiler}) or unset CXX, then run the command again: set-up takes a compiler that it finds, or fetches one.`,
  )
}

/**
 * The sentence where there is no compiler, and none that set-up could fetch.
 * @param {Place} place
 */
export function compilerIsMissing(place) {
  const { name, install } = platformOf(place)
  return new SetupProblem(
    `A C++ compiler is missing: set-up compiles the part that connects Node.js to TensorFlow, and has none to fetch for ${name} ${place.architecture}. Install one (${install.compiler}), then run the command again.`,
  )
}

/**
 * Compiles the binding with a compiler of this computer, for this computer.
 * @param {Place} place
 * @param {string} compiler
 * @param {import('../tensorflow/library.mjs').Library} library
 * @param {readonly string[]} runPathFolders  where the system looks for the library, as the linker takes it
 * @param {string} outFile
 */
export async function compileHere(place, compiler, library, runPathFolders, outFile) {
  return await run(
    compiler,
    [
      ...(platformOf(place).linking?.parameters ?? []),
      ...sourceParameters(place, library.include),
      ...library.files,
      ...runPaths(runPathFolders),
      '-o',
      outFile,
    ],
    { environment: place.environment },
  )
}
