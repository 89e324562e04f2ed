import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

/** Runs a program over the modules that travel to a cluster and the stand-in of Ray. @returns its output */
export function pythonOfNodes(program: string, parameters: readonly string[]): string {
  const folders = ['cluster', 'test/main/cluster/python'].map((name) =>
    fileURLToPath(new URL(`../../../${name}`, import.meta.url)),
  )
  const env = { ...process.env, PYTHONPATH: folders.join(':'), PYTHONDONTWRITEBYTECODE: '1', STAND_IN_CPUS: '1' }
  return execFileSync('python3', ['-c', program, ...parameters], { env, encoding: 'utf8' })
}
