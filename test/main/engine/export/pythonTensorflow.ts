import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'
import { cacheFolder } from '../../../../main/files/places.ts'

const run = promisify(execFile)
const version = '2.21.0'

/** A Python that imports TensorFlow, or why there is none. */
export type PythonTensorflow =
  { readonly python: string; readonly missing: null } | { readonly python: null; readonly missing: string }

/** What a program said last before it failed. */
function lastWords(thrown: unknown): string {
  const said =
    thrown instanceof Error && 'stderr' in thrown && typeof thrown.stderr === 'string' ? thrown.stderr : String(thrown)
  return said.trim().split('\n').at(-1) ?? ''
}

/**
 * TensorFlow's Python in an environment of its own in the cache folder, made by pip the first time (about 300 MB, half
 * a minute).
 */
export async function pythonTensorflow(): Promise<PythonTensorflow> {
  const folder = path.join(cacheFolder(), `python-tensorflow-${version}`)
  const python = path.join(folder, 'bin', 'python')
  const complete = path.join(folder, 'complete')
  if (existsSync(complete)) return { python, missing: null }
  try {
    await rm(folder, { recursive: true, force: true })
    await mkdir(path.dirname(folder), { recursive: true })
    await run('python3', ['-m', 'venv', folder])
    await run(python, ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', `tensorflow-cpu==${version}`])
    await run(python, ['-c', 'import tensorflow'])
    await writeFile(complete, version)
    return { python, missing: null }
  } catch (thrown) {
    return { python: null, missing: `TensorFlow ${version} for Python could not be had: ${lastWords(thrown)}` }
  }
}
