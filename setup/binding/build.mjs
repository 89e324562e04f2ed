// Builds tfjs-node's binding for any target on any computer, with zig.
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { inPackages } from '../place.mjs'
import { architectureOf, placeFor, platformOf } from '../platform/platform.mjs'
import { SetupProblem } from '../problem.mjs'
import { renamePatiently } from '../rename.mjs'
import { lastWords } from '../run.mjs'
import { findLibrary } from '../tensorflow/library.mjs'
import { fetchLibrary } from '../tensorflow/step.mjs'
import { runPaths, sourceParameters } from './compile.mjs'
import { moduleDefinition, namesInDefinition } from './moduleDefinition.mjs'
import { exportedNames, importedNames } from './portableExecutable.mjs'
import { programNames } from './programNames.mjs'
import { pythonStub } from './pythonStub.mjs'
import { fetchZig, runZig } from './zig.mjs'

/**
 * @typedef {import('../place.mjs').Place} Place
 * @typedef {import('../platform/platform.mjs').Target} Target
 */

/** Names of TensorFlow's C interface. */
const cInterface = /^TFE?_/

/**
 * Builds the binding for a target, whatever computer this is, and holds no path of it but those given. zig and, for
 * Windows, TensorFlow's library for the target are fetched into the cache folder if they are not there; TensorFlow's library for
 * this computer must be.
 *
 * Linux, macOS: `runPathFolders` are where TensorFlow's libraries will lie. A relative one is seen from the binding's own
 * folder (`.` is that folder). Windows knows no run paths: the library's files (`fetchLibrary(place, placeFor(place, target))`:
 * `files` and `beside`) must lie beside the binding, as does Python's stub, which is written beside `outFile`.
 * @param {Place} place  this clone, with its packages installed
 * @param {Target} target
 * @param {string} outFile  the binding, `.../tfjs_binding.node`; its folder is made
 * @param {readonly string[]} [runPathFolders]
 * @throws SetupProblem if it cannot be built
 */
export async function buildBinding(place, target, outFile, runPathFolders = ['.']) {
  // The headers are alike on every system.
  const library = findLibrary(place)
  if (library === null)
    throw new SetupProblem('TensorFlow’s library has vanished while set-up was at work. Run the command again.')
  const zig = await fetchZig(place)
  const there = placeFor(place, target)
  // Short and without spaces or letters of other alphabets, as compilers like it.
  const folder = mkdtempSync(path.join(tmpdir(), 'conv-lab-binding-'))
  const compiler = {
    /** @param {readonly string[]} parameters */
    async run(parameters) {
      const outcome = await runZig(place, zig, parameters, folder)
      if (outcome.code !== 0) throw new SetupProblem(compileProblem(outcome))
    },
    target: architectureOf(there)?.zigTarget ?? '',
    folder,
  }
  try {
    mkdirSync(path.dirname(outFile), { recursive: true })
    const { python } = platformOf(there).libraries
    await (python === null
      ? buildForUnix(there, compiler, library.include, runPathFolders)
      : buildForWindows(place, there, compiler, python))
    publish(path.join(folder, 'out.node'), outFile)
    if (python !== null) publish(path.join(folder, python), path.join(path.dirname(outFile), python))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/**
 * @typedef {object} Compiler
 * @property {(parameters: readonly string[]) => Promise<void>} run
 * @property {string} target  its name of the system that is compiled for
 * @property {string} folder  where it works: names of files without a folder are in it
 */

/**
 * @param {Place} there
 * @param {Compiler} compiler
 * @param {string} include
 * @param {readonly string[]} runPathFolders
 */
async function buildForUnix(there, { run, target, folder }, include, runPathFolders) {
  const { libraries, linking } = platformOf(there)
  const names = [libraries.api[0], libraries.framework].filter((name) => typeof name === 'string')
  // Empty libraries of the right names: the linker notes the names, and the system finds the real ones at load time.
  writeFileSync(path.join(folder, 'empty.c'), 'int conv_lab_stands_for_tensorflow;\n')
  for (const name of names)
    await run(['cc', '-target', target, '-shared', 'empty.c', ...(linking?.named(name) ?? []), '-o', name])
  const here = linking?.here ?? ''
  await run([
    'c++',
    '-target',
    target,
    ...(linking?.parameters ?? []),
    ...sourceParameters(there, include),
    ...withoutPaths(there),
    ...(linking?.withEmptyLibraries ?? []),
    ...names,
    ...runPaths(runPathFolders.map((each) => (path.isAbsolute(each) ? each : runPathFrom(here, each)))),
    '-s',
    '-o',
    'out.node',
  ])
}

/**
 * Messages of the binding name their source file. No path of the computer that compiled it gets into it so.
 * @param {Place} place
 */
function withoutPaths({ root }) {
  return [`-ffile-prefix-map=${root}=.`]
}

/**
 * @param {string} here  how the system calls the folder of the file itself
 * @param {string} folder
 */
function runPathFrom(here, folder) {
  return folder === '.' ? here : `${here}/${folder}`
}

/**
 * @param {Place} place
 * @param {Place} there
 * @param {Compiler} compiler
 * @param {string} python  the file with Python's library
 */
async function buildForWindows(place, there, { run, target, folder }, python) {
  const library = await fetchLibrary(place, there)
  const [api = ''] = library.files
  const nodeNames = ['node_api.def', 'js_native_api.def'].flatMap((name) =>
    namesInDefinition(readFileSync(inPackages(there, 'node-api-headers', 'def', name), 'utf8')),
  )
  writeFileSync(path.join(folder, 'program.cc'), programNames(nodeNames))
  const names = exportedNames(api).filter((name) => cInterface.test(name))
  writeFileSync(path.join(folder, 'tensorflow.def'), moduleDefinition(path.basename(api), names))
  await run(['dlltool', '-m', 'i386:x86-64', '-d', 'tensorflow.def', '-l', 'tensorflow.lib'])
  writeFileSync(path.join(folder, 'python.c'), pythonStub(importedNames(api).get(python) ?? []))
  await run(['cc', '-target', target, '-shared', '-O1', '-s', 'python.c', '-o', python])
  await run([
    'c++',
    '-target',
    target,
    '-shared',
    '-DNOMINMAX',
    ...sourceParameters(there, library.include),
    ...withoutPaths(there),
    'program.cc',
    'tensorflow.lib',
    '-s',
    '-o',
    'out.node',
  ])
}

/**
 * Puts a finished file into its place, whole.
 * @param {string} from
 * @param {string} to
 */
function publish(from, to) {
  // The temporary folder may be on another disk.
  const unfinished = `${to}.writing`
  copyFileSync(from, unfinished)
  renamePatiently(unfinished, to)
}

/**
 * The sentence for a compiler that failed.
 * @param {import('../run.mjs').Outcome} outcome
 */
export function compileProblem(outcome) {
  const reason = outcome.errors.split('\n').find((line) => line.includes('error:')) ?? lastWords(outcome)
  return `The part that connects Node.js to TensorFlow could not be compiled (${reason}).`
}
