import { createRequire } from 'node:module'
import os from 'node:os'
import type * as tfjsNode from '@tensorflow/tfjs-node'
import type * as tfjsNodeBackend from '@tensorflow/tfjs-node/dist/nodejs_kernel_backend.js'
import { refuse } from '../../../core/words/problems.ts'
import { processorName } from '../../../core/run/processorName.ts'
import type { EngineIdentity } from '../../../core/run/run.ts'
import { graphVersion } from '../../../core/graph/graphVersion.ts'
import { tensorflowEnvironment, threadsIn } from '../shared/tensorflowEnvironment.ts'
import { instructions } from './processor.ts'

export type Tensorflow = typeof tfjsNode

interface Loaded {
  readonly tf: Tensorflow
  readonly backend: tfjsNodeBackend.NodeJSKernelBackend
}

const require = createRequire(import.meta.url)

let loaded: Loaded | null = null

/**
 * Restores functions of `util` that tfjs-node calls and Node 23 removed (tensorflow/tfjs#8609), as they were in Node
 * 22.
 */
function restoreUtilFunctions(): void {
  const util: Record<string, unknown> = require('node:util')
  util.isNullOrUndefined ??= (value: unknown) => value === null || value === undefined
  util.isArray ??= Array.isArray
}

/**
 * @throws Error in a process that was started without `tensorflowEnvironment`: it would compute slower, in another order
 *   of operations, and so to other bits.
 */
function checkEnvironment(): void {
  const wanted = tensorflowEnvironment({}, threadsIn(process.env))
  for (const name of ['TF_NUM_INTEROP_THREADS', 'TF_NUM_INTRAOP_THREADS', 'TF_ENABLE_ONEDNN_OPTS'])
    if (process.env[name] !== wanted[name]) throw new Error(`This process was started without ${name}=${wanted[name]}`)
}

function load(): Loaded {
  if (loaded !== null) return loaded
  checkEnvironment()
  // Otherwise the library would end this process in the middle of its loading.
  if (instructions.avx === false) refuse('processor-too-old', {})
  restoreUtilFunctions()
  try {
    const tf: Tensorflow = require('@tensorflow/tfjs-node')
    const { nodeBackend }: typeof tfjsNodeBackend = require('@tensorflow/tfjs-node/dist/nodejs_kernel_backend.js')
    loaded = { tf, backend: nodeBackend() }
    return loaded
  } catch (thrown) {
    const message = thrown instanceof Error ? thrown.message : String(thrown)
    return refuse('engine-unavailable', { detail: message.split('\n')[0].trim() }, { cause: thrown })
  }
}

/**
 * Loads TensorFlow into this process, once. Later calls return what the first one loaded.
 * @throws LabError `engine-unavailable` when the binding or the library is missing or does not load,
 *   `processor-too-old` when this processor is known to lack what the library is built for.
 */
export function loadTensorflow(): Tensorflow {
  return load().tf
}

/** The native backend behind tfjs, which runs whole graphs. Loads TensorFlow if needed. */
export function tensorflowBackend(): tfjsNodeBackend.NodeJSKernelBackend {
  return load().backend
}

/**
 * Identifies what computes here; loads TensorFlow if needed. Runs on engines with different identities may differ in
 * their bits.
 */
export function engineIdentity(): EngineIdentity {
  const { tf, backend } = load()
  return {
    tensorflow: backend.binding.TF_Version,
    binding: tf.version['tfjs-node'],
    node: process.versions.node,
    processor: processorName(os.cpus()[0]?.model.trim() || os.arch(), instructions),
    threads: threadsIn(process.env),
    graphVersion,
  }
}
