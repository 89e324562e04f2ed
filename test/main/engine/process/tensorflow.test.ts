import { execFile } from 'node:child_process'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'
import { EngineIdentity } from '../../../../core/run/run.ts'
import { engineIdentity, loadTensorflow } from '../../../../main/engine/process/tensorflow.ts'

const source = path.resolve(import.meta.dirname, '../../../../main/engine/process/tensorflow.ts')

/** Runs a module in a Node of its own, where TensorFlow has not been loaded; returns what it printed. */
async function inNewProcess(code: string, hooks = '', env: NodeJS.ProcessEnv = process.env): Promise<string> {
  const preload = hooks === '' ? [] : ['--import', `data:text/javascript,${encodeURIComponent(hooks)}`]
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [
      ...preload,
      '--input-type=module',
      '--eval',
      `import * as engine from ${JSON.stringify(pathToFileURL(source))}\n${code}`,
    ],
    { env },
  )
  return stdout.trim()
}

describe('TensorFlow', () => {
  it('is loaded once: a second call gives the same', () => {
    expect(loadTensorflow()).toBe(loadTensorflow())
  })

  it('is not loaded by a process that was started without its environment, which would compute other bits', async () => {
    const printed = await inNewProcess(
      `try { engine.loadTensorflow() } catch (thrown) { console.log(thrown.message) }`,
      '',
      { ...process.env, TF_ENABLE_ONEDNN_OPTS: undefined },
    )
    expect(printed).toBe('This process was started without TF_ENABLE_ONEDNN_OPTS=1')
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
      `try { engine.loadTensorflow() } catch (thrown) { console.log(JSON.stringify(thrown.problem)) }`,
      hooks,
    )
    expect(JSON.parse(printed)).toEqual({
      code: 'engine-unavailable',
      parameters: { detail: 'libtensorflow_cc.so.2: cannot open shared object file' },
    })
  })
})
