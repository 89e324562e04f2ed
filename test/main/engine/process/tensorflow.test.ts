import { execFile } from 'node:child_process'
import path from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'
import { EngineIdentity } from '../../../../core/run/run.ts'
import { engineIdentity, loadTensorflow } from '../../../../main/engine/process/tensorflow.ts'

const source = path.resolve(import.meta.dirname, '../../../../main/engine/process/tensorflow.ts')

/** Runs a module in a Node of its own, where TensorFlow has not been loaded; returns what it printed. */
async function inNewProcess(code: string, hooks = ''): Promise<string> {
  const preload = hooks === '' ? [] : ['--import', `data:text/javascript,${encodeURIComponent(hooks)}`]
  const { stdout } = await promisify(execFile)(process.execPath, [
    ...preload,
    '--input-type=module',
    '--eval',
    `import * as engine from ${JSON.stringify(source)}\n${code}`,
  ])
  return stdout.trim()
}

describe('TensorFlow', () => {
  it('is loaded once: a second call gives the same', () => {
    expect(loadTensorflow(1)).toBe(loadTensorflow(2))
  })

  it('computes one operation at a time on the threads that are asked for, and says on what', async () => {
    const printed = await inNewProcess(`
      engine.loadTensorflow(1)
      const { TF_NUM_INTEROP_THREADS, TF_NUM_INTRAOP_THREADS } = process.env
      console.log(JSON.stringify([engine.engineIdentity(), TF_NUM_INTEROP_THREADS, TF_NUM_INTRAOP_THREADS]))`)
    const [identity, together, threads]: unknown[] = JSON.parse(printed)
    expect([together, threads]).toEqual(['1', '1'])
    expect(EngineIdentity.parse(identity)).toMatchObject({ threads: 1, node: process.versions.node })
  })

  it('names its versions', () => {
    const identity = EngineIdentity.parse(engineIdentity())
    expect(identity.tensorflow).toMatch(/^2\.\d+\.\d+$/)
    expect(identity.binding).toBe('4.22.0')
    expect(identity.processor).not.toBe('')
  })

  it('says in a sentence why it could not be loaded', async () => {
    const hooks = `
      import { registerHooks } from 'node:module'
      registerHooks({ resolve(name, context, next) {
        if (name === '@tensorflow/tfjs-node') throw new Error('libtensorflow_cc.so.2: cannot open shared object file\\nand more')
        return next(name, context)
      } })`
    const printed = await inNewProcess(
      `try { engine.loadTensorflow(2) } catch (thrown) { console.log(JSON.stringify(thrown.problem)) }`,
      hooks,
    )
    expect(JSON.parse(printed)).toEqual({
      code: 'engine-unavailable',
      parameters: { detail: 'libtensorflow_cc.so.2: cannot open shared object file' },
    })
  })
})
