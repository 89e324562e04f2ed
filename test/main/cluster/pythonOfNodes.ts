import { execFileSync } from 'node:child_process'
import path from 'node:path'

/** The folder of the stand-in of Ray's Python. */
export const stubs = path.join(import.meta.dirname, 'python')

/** Without a cache of compiled files, which would lie among the sources. */
export const quietPython = { PYTHONDONTWRITEBYTECODE: '1' }

/** Runs a program over the modules that travel to a cluster and the stand-in of Ray. @returns its output */
export function pythonOfNodes(program: string, parameters: readonly string[]): string {
  const modules = path.join(import.meta.dirname, '../../../cluster')
  const env = { ...process.env, ...quietPython, PYTHONPATH: [modules, stubs].join(':'), STAND_IN_CPUS: '1' }
  return execFileSync('python3', ['-c', program, ...parameters], { env, encoding: 'utf8' })
}
