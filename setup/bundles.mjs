// Bundles each program into one file, so that it starts faster: main process, command line, engine, the process that
// prepares data sets, the threads that read images and files ahead, write checkpoints, count errors and compute
// planes, and what travels to the nodes of a cluster.
import { copyFileSync, existsSync } from 'node:fs'
import path from 'node:path'
import { fingerprint } from './fingerprint.mjs'
import { bundledInputs } from './licences.mjs'
import { node24 } from './node24.mjs'
import { inPackages } from './place.mjs'
import { SetupProblem } from './problem.mjs'
import { lastWords, run } from './run.mjs'
import { stampedStep } from './steps.mjs'

/** @typedef {import('./place.mjs').Place} Place */

/** The programs that run in Node or in Electron's main process, by the name of their bundle in dist/main. */
const programs = {
  cli: 'main/cli.ts',
  browser: 'main/browser.ts',
  portable: 'main/portable.ts',
  electron: 'main/electron.ts',
  engine: 'main/engine/process/entry.ts',
  remoteEngine: 'main/cluster/process/entry.ts',
  imageReader: 'main/engine/feed/imageReader.thread.ts',
  checkpointScribe: 'main/engine/checkpoint/checkpointScribe.thread.ts',
  errorsFigures: 'main/inspect/errors/errorsFigures.thread.ts',
  plane: 'main/inspect/embedding/plane.thread.ts',
  readAhead: 'main/datasets/planning/readAhead.thread.ts',
  datasetWorker: 'main/datasets/worker/process/entry.ts',
}

/** What the nodes of a cluster run in Python; it is copied as it is. */
const clusterScripts = ['driver.py', 'trainer.py']

/** Packages with compiled parts are not bundled. Electron provides its own module. */
const notBundled = ['@tensorflow/tfjs-node', 'better-sqlite3', 'sharp', 'node-unrar-js', 'electron']

// Bundled CommonJS packages call `require`, which an ES module does not have.
const requireForBundledPackages =
  "import { createRequire as createRequireOfBundle } from 'node:module'; const require = createRequireOfBundle(import.meta.url);"

const common = ['--bundle', '--platform=node', '--target=node24', '--log-level=warning']

const withoutCompiledParts = ['--sourcemap', ...notBundled.map((name) => `--external:${name}`)]

/**
 * @param {Place} place
 * @param {readonly string[]} parameters
 */
async function esbuild(place, parameters) {
  const outcome = await run(node24(place), [inPackages(place, 'esbuild', 'bin', 'esbuild'), ...parameters, ...common], {
    cwd: place.root,
    environment: place.environment,
  })
  if (outcome.code !== 0)
    throw new SetupProblem(
      `The programs could not be bundled (${outcome.errors.split('\n').find((line) => line.includes('ERROR')) ?? lastWords(outcome)}).`,
    )
}

export const bundles = stampedStep({
  id: 'bundles',
  name: 'Programs',
  key: (place) =>
    // The programs import from set-up too.
    fingerprint(
      ['core', 'main', 'preload', 'cluster', 'setup', 'package.json', 'package-lock.json'].map((name) =>
        path.join(place.root, name),
      ),
    ),
  results: (place) => [
    ...Object.keys(programs).map((name) => path.join(place.root, 'dist', 'main', `${name}.js`)),
    path.join(place.root, 'dist', 'preload', 'index.cjs'),
    ...[...clusterScripts, 'tensorflow.cjs'].map((name) => path.join(place.root, 'dist', 'cluster', name)),
    path.join(place.root, 'dist', 'main', bundledInputs),
  ],
  async make(place) {
    const entries = Object.entries(programs).map(([name, source]) => `${name}=${source}`)
    await esbuild(place, [
      ...entries,
      '--format=esm',
      '--outdir=dist/main',
      `--metafile=dist/main/${bundledInputs}`,
      `--banner:js=${requireForBundledPackages}`,
      ...withoutCompiledParts,
    ])
    // A sandboxed preload script must be CommonJS.
    await esbuild(place, [
      'preload/index.ts',
      '--format=cjs',
      '--outfile=dist/preload/index.cjs',
      ...withoutCompiledParts,
    ])
    // One file instead of the packages' thousands, because it travels to each node. Its binding lies beside it there.
    await esbuild(place, [
      'cluster/tensorflow.cjs',
      '--format=cjs',
      '--outfile=dist/cluster/tensorflow.cjs',
      '--alias:@mapbox/node-pre-gyp=./cluster/bindingPlace.cjs',
    ])
    for (const name of clusterScripts)
      copyFileSync(path.join(place.root, 'cluster', name), path.join(place.root, 'dist', 'cluster', name))
  },
})

/**
 * The bundle of a program.
 * @param {Place} place
 * @param {keyof typeof programs} name
 */
export function bundleOf(place, name) {
  const file = path.join(place.root, 'dist', 'main', `${name}.js`)
  if (!existsSync(file)) throw new SetupProblem(`${file} is missing. Run the command again.`)
  return file
}
