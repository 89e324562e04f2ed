import { createRequire } from 'node:module'
import os from 'node:os'
import type * as tfjsNode from '@tensorflow/tfjs-node'
import type * as tfjsNodeBackend from '@tensorflow/tfjs-node/dist/nodejs_kernel_backend.js'
import { refuse } from '../../../core/words/problems.ts'
import type { EngineIdentity } from '../../../core/run/run.ts'
import { graphVersion } from '../../../core/graph/graphVersion.ts'

export type Tensorflow = typeof tfjsNode

interface Loaded {
  readonly tf: Tensorflow
  readonly backend: tfjsNodeBackend.NodeJSKernelBackend
  readonly threads: number
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

/** Sets environment variables that TensorFlow reads once, when its library is loaded and its first session opened. */
function setEnvironment(threads: number): void {
  // Anyone who sets the log level wants to see the log.
  process.env.TF_CPP_MIN_LOG_LEVEL ??= '2'
  // One operation at a time, each on all threads. This is fastest for these networks, and it fixes the order of
  // operations.
  process.env.TF_NUM_INTEROP_THREADS = '1'
  process.env.TF_NUM_INTRAOP_THREADS = String(threads)
  // By default, TensorFlow uses oneDNN's operations only on processors with AVX-512 VNNI or the like. With AVX2, too,
  // they are much faster than its other operations.
  process.env.TF_ENABLE_ONEDNN_OPTS = '1'
}

function load(threads: number): Loaded {
  if (loaded !== null) return loaded
  setEnvironment(threads)
  restoreUtilFunctions()
  try {
    const tf: Tensorflow = require('@tensorflow/tfjs-node')
    const { nodeBackend }: typeof tfjsNodeBackend = require('@tensorflow/tfjs-node/dist/nodejs_kernel_backend.js')
    loaded = { tf, backend: nodeBackend(), threads }
    return loaded
  } catch (thrown) {
    const message = thrown instanceof Error ? thrown.message : String(thrown)
    return refuse('engine-unavailable', { detail: message.split('\n')[0].trim() }, { cause: thrown })
  }
}

/**
 * Loads TensorFlow into this process, once: a process has one library and one number of threads. Later calls return
 * what the first one loaded.
 * @param threads Number of threads to compute one operation on; by default as many as the computer has.
 * @throws LabError `engine-unavailable` when the binding or the library is missing or does not load.
 */
export function loadTensorflow(threads: number = os.availableParallelism()): Tensorflow {
  return load(threads).tf
}

/** The native backend behind tfjs, which runs whole graphs. Loads TensorFlow if needed. */
export function tensorflowBackend(): tfjsNodeBackend.NodeJSKernelBackend {
  return load(os.availableParallelism()).backend
}

/**
 * Identifies what computes here; loads TensorFlow if needed. Runs on engines with different identities may differ in
 * their bits.
 * @param wanted Number of threads, if TensorFlow is not loaded yet.
 */
export function engineIdentity(wanted: number = os.availableParallelism()): EngineIdentity {
  const { tf, backend, threads } = load(wanted)
  return {
    tensorflow: backend.binding.TF_Version,
    binding: tf.version['tfjs-node'],
    node: process.versions.node,
    processor: os.cpus()[0]?.model.trim() || os.arch(),
    threads,
    graphVersion,
  }
}
