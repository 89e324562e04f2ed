import { execFile } from 'node:child_process'
import { mkdir } from 'node:fs/promises'
import { promisify } from 'node:util'
import { cachedEnvironment, type CachedEnvironment, type Wanted } from './cachedEnvironment.ts'

const run = promisify(execFile)

/** Microsoft's runtime for Node. The package has the libraries of all systems (about 100 MB to fetch, 290 MB on disk). */
const onnxNode: Wanted = {
  name: 'ONNX Runtime 1.30.0 for Node',
  folder: 'node-onnx-1.30.0',
  requirements: ['onnxruntime-node@1.30.0'],
  large: true,
}

/**
 * A folder whose `node_modules` has ONNX Runtime, made by npm the first time. Its installation script would fetch what
 * graphics cards need, and is not run.
 */
export function onnxNodeFolder(): Promise<CachedEnvironment> {
  return cachedEnvironment(onnxNode, async (folder) => {
    await mkdir(folder)
    const install = ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--prefix', folder]
    await run('npm', [...install, ...onnxNode.requirements])
    await run(process.execPath, ['-e', "require('onnxruntime-node')"], { cwd: folder })
  })
}
