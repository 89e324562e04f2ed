import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import path from 'node:path'
import { refuse } from '../../core/words/problems.ts'
import { codeOf } from '../files/errorCode.ts'
import { zipOf, type ZipEntry } from '../files/zip.ts'
import { runsOnNodes, systemHere } from '../platform/clusterNodes.ts'

/** The bundles that a node runs, in dist/main. */
const programs = ['remoteEngine.js', 'engine.js', 'imageReader.js', 'checkpointScribe.js']

/** What a node runs besides, in dist/cluster. */
const scripts = ['driver.py', 'trainer.py']

const tfjsNode = 'node_modules/@tensorflow/tfjs-node'

/** Files that make the bundle of tfjs-node look like the package, by their path in it. */
const lookAlikes: Readonly<Record<string, string>> = {
  'package.json': '{ "name": "@tensorflow/tfjs-node", "main": "dist/index.js" }\n',
  'dist/index.js': "module.exports = require('../tensorflow.cjs').index\n",
  'dist/nodejs_kernel_backend.js': "module.exports = require('../tensorflow.cjs').backend\n",
  'dist/proto/api_pb.js': "module.exports = require('../../tensorflow.cjs').protocol\n",
}

/** The folder of what was built. */
function builtFolder(): string {
  return path.resolve(import.meta.dirname, import.meta.filename.endsWith('.ts') ? '../../dist' : '..')
}

function bindingFile(): string {
  const packed = createRequire(import.meta.filename).resolve('@tensorflow/tfjs-node/package.json')
  return path.join(path.dirname(packed), 'lib', 'napi-v8', 'tfjs_binding.node')
}

async function entry(name: string, file: string): Promise<ZipEntry> {
  try {
    return { name, content: await readFile(file) }
  } catch (thrown) {
    return refuse('cluster-program-missing', { file, detail: codeOf(thrown) || String(thrown) }, { cause: thrown })
  }
}

/**
 * The program that a sweep takes to the nodes of a cluster, as a zip.
 * @throws LabError as `programFiles`.
 */
export async function programZip(): Promise<Buffer> {
  return zipOf(await programFiles(), { compress: true })
}

/**
 * The files of the program that a sweep takes to the nodes of a cluster: the driver, the engine, and the binding to
 * TensorFlow of this computer.
 * @throws LabError `cluster-from-here` on another system than the nodes have, `cluster-program-missing`.
 */
export async function programFiles(): Promise<ZipEntry[]> {
  if (!runsOnNodes) refuse('cluster-from-here', { system: systemHere })
  const built = builtFolder()
  const inMain = programs.map((name) => entry(name, path.join(built, 'main', name)))
  const inCluster = scripts.map((name) => entry(name, path.join(built, 'cluster', name)))
  const alike = Object.entries(lookAlikes).map(([name, text]) => ({
    name: `${tfjsNode}/${name}`,
    content: Buffer.from(text),
  }))
  return [
    { name: 'package.json', content: Buffer.from('{ "type": "module" }\n') },
    ...alike,
    ...(await Promise.all([
      ...inMain,
      ...inCluster,
      entry(`${tfjsNode}/tensorflow.cjs`, path.join(built, 'cluster', 'tensorflow.cjs')),
      entry(`${tfjsNode}/tfjs_binding.node`, bindingFile()),
    ])),
  ]
}
