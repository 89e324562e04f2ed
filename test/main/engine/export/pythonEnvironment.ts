import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'
import { cacheFolder } from '../../../../main/files/places.ts'

const run = promisify(execFile)

/** A Python with some packages, or why there is none. */
export type PythonEnvironment =
  { readonly python: string; readonly missing: null } | { readonly python: null; readonly missing: string }

/** An environment of its own in the cache folder. */
interface Wanted {
  /** What its packages are for people. */
  readonly name: string
  readonly folder: string
  /** For pip. */
  readonly requirements: readonly string[]
  /** What must be importable then. */
  readonly modules: string
  /** Whether it is too large to be fetched by every `npm test`: only `npm run test:exports` fetches it. */
  readonly large?: boolean
}

const numpy = 'numpy==2.4.6'

/** TensorFlow with Keras (about 300 MB to fetch, half a minute). */
export const tensorflowPython: Wanted = {
  name: 'TensorFlow 2.21.0 for Python',
  folder: 'python-tensorflow-2.21.0',
  requirements: ['tensorflow-cpu==2.21.0'],
  modules: 'tensorflow',
}

/** ONNX's checker and Microsoft's runtime (about 60 MB to fetch). */
export const onnxPython: Wanted = {
  name: 'ONNX 1.23.0 with ONNX Runtime 1.32.0',
  folder: 'python-onnx-1.23.0-1.32.0',
  requirements: ['onnx==1.23.0', 'onnxruntime==1.32.0', numpy],
  modules: 'onnx, onnxruntime',
}

/** PyTorch; where the index has no build for processors alone it is more than 2 GB. */
export const torchPython: Wanted = {
  name: 'PyTorch 2.13.0',
  folder: 'python-torch-2.13.0',
  requirements: ['torch==2.13.0', 'safetensors==0.8.0', 'pillow==13.0.0', numpy],
  modules: 'torch, safetensors',
  large: true,
}

/** TensorBoard's own reader. */
export const tensorboardPython: Wanted = {
  name: 'TensorBoard 2.21.0',
  folder: 'python-tensorboard-2.21.0',
  requirements: ['tensorboard==2.21.0', numpy],
  modules: 'tensorboard',
}

/** What a program said last before it failed. */
function lastWords(thrown: unknown): string {
  const said =
    thrown instanceof Error && 'stderr' in thrown && typeof thrown.stderr === 'string' ? thrown.stderr : String(thrown)
  return said.trim().split('\n').at(-1) ?? ''
}

/** The environment, made by pip the first time. */
export async function pythonEnvironment({
  name,
  folder: called,
  requirements,
  modules,
  large = false,
}: Wanted): Promise<PythonEnvironment> {
  const folder = path.join(cacheFolder(), called)
  const python = path.join(folder, 'bin', 'python')
  const complete = path.join(folder, 'complete')
  if (existsSync(complete)) return { python, missing: null }
  if (large && process.env['npm_lifecycle_event'] !== 'test:exports')
    return { python: null, missing: `${name} is not here. “npm run test:exports” fetches it.` }
  try {
    await rm(folder, { recursive: true, force: true })
    await mkdir(path.dirname(folder), { recursive: true })
    await run('python3', ['-m', 'venv', folder])
    await run(python, ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', ...requirements])
    await run(python, ['-c', `import ${modules}`])
    await writeFile(complete, requirements.join('\n'))
    return { python, missing: null }
  } catch (thrown) {
    return { python: null, missing: `${name} could not be had: ${lastWords(thrown)}` }
  }
}
