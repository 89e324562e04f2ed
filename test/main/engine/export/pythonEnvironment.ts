import { execFile } from 'node:child_process'
import path from 'node:path'
import { promisify } from 'node:util'
import { cachedEnvironment, type Wanted } from './cachedEnvironment.ts'

const run = promisify(execFile)

/** A Python with some packages, or why there is none. */
export type PythonEnvironment =
  { readonly python: string; readonly missing: null } | { readonly python: null; readonly missing: string }

interface WantedPython extends Wanted {
  /** What must be importable then. */
  readonly modules: string
}

const numpy = 'numpy==2.4.6'

/** TensorFlow with Keras (about 300 MB to fetch, half a minute). */
export const tensorflowPython: WantedPython = {
  name: 'TensorFlow 2.21.0 for Python',
  folder: 'python-tensorflow-2.21.0',
  requirements: ['tensorflow-cpu==2.21.0'],
  modules: 'tensorflow',
}

/** ONNX's checker and Microsoft's runtime (about 60 MB to fetch). */
export const onnxPython: WantedPython = {
  name: 'ONNX 1.23.0 with ONNX Runtime 1.32.0',
  folder: 'python-onnx-1.23.0-1.32.0',
  requirements: ['onnx==1.23.0', 'onnxruntime==1.32.0', numpy],
  modules: 'onnx, onnxruntime',
}

/** PyTorch; where the index has no build for processors alone it is more than 2 GB. */
export const torchPython: WantedPython = {
  name: 'PyTorch 2.13.0',
  folder: 'python-torch-2.13.0',
  requirements: ['torch==2.13.0', 'safetensors==0.8.0', 'pillow==13.0.0', numpy],
  modules: 'torch, safetensors',
  large: true,
}

/** TensorBoard's own reader. */
export const tensorboardPython: WantedPython = {
  name: 'TensorBoard 2.21.0',
  folder: 'python-tensorboard-2.21.0',
  requirements: ['tensorboard==2.21.0', numpy],
  modules: 'tensorboard',
}

/** The environment, made by pip the first time. */
export async function pythonEnvironment(wanted: WantedPython): Promise<PythonEnvironment> {
  const pythonIn = (folder: string): string => path.join(folder, 'bin', 'python')
  const { folder, missing } = await cachedEnvironment(wanted, async (made) => {
    const python = pythonIn(made)
    await run('python3', ['-m', 'venv', made])
    await run(python, ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', ...wanted.requirements])
    await run(python, ['-c', `import ${wanted.modules}`])
  })
  return folder === null ? { python: null, missing } : { python: pythonIn(folder), missing }
}
