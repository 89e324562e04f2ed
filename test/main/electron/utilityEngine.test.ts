import { fork } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest'
import { forkUtilityEngine } from '../../../main/electron/utilityEngine.ts'
import { EngineHost } from '../../../main/engine/host/engineHost.ts'
import { double, resetDouble, type UtilityProcessDouble } from './double.ts'

vi.mock('electron', async () => (await import('./double.ts')).electron)

beforeEach(resetDouble)

function started(): { engine: ReturnType<typeof forkUtilityEngine>; child: UtilityProcessDouble } {
  const engine = forkUtilityEngine()
  const child = double.utilities.at(-1)
  if (child === undefined) throw new Error('no process was started')
  return { engine, child }
}

describe('the engine as a utility process', () => {
  test('is the same program as elsewhere and has a number once it runs', () => {
    const { engine, child } = started()
    expect(child.entry).toMatch(/process.entry\.ts$/)
    expect(engine.pid).toBeUndefined()
    child.pid = 77
    expect(engine.pid).toBe(77)
  })

  test('speaks over its port in the form that oRPC takes', () => {
    const { engine, child } = started()
    const heard: unknown[] = []
    if (!('on' in engine.port)) throw new Error('the port has no listeners')
    engine.port.on('message', (event) => heard.push(event?.data))
    child.emit('message', 'from the engine')
    engine.port.postMessage('to the engine')
    expect(heard).toEqual(['from the engine'])
    expect(child.messages).toEqual(['to the engine'])
  })

  test('tells its end with the error that it printed, to early and late listeners alike, and is not killed again', () => {
    const { engine, child } = started()
    const told: string[] = []
    engine.onExit((detail) => told.push(`early: ${detail}`))
    child.stderr.emit('data', Buffer.from('noise\nError: no memory left\n'))
    child.emit('exit', 134)
    engine.onExit((detail) => told.push(`late: ${detail}`))
    expect(told).toEqual(['early: exit code 134, Error: no memory left', 'late: exit code 134, Error: no memory left'])
    engine.kill('SIGKILL')
    expect(child.kills).toBe(0)
  })

  test('of which V8 cannot go on ends with that, and takes nothing with it', () => {
    const engine = forkUtilityEngine()
    const child = double.utilities.at(-1)
    const told: string[] = []
    engine.onExit((detail) => told.push(detail))
    child?.emit('error', 'FatalError', 'v8::ToLocalChecked', '{}')
    child?.emit('exit', 133)
    expect(told).toEqual(['exit code 133, FatalError: V8 ended at v8::ToLocalChecked'])
  })

  test('is killed with the signal itself, since Electron only asks', async () => {
    const victim = fork('-e', ['setInterval(() => undefined, 1000)'], { execArgv: [], stdio: 'ignore' })
    onTestFinished(() => void victim.kill('SIGKILL'))
    const { engine, child } = started()
    engine.kill()
    expect(child.kills).toBe(1)
    child.pid = victim.pid
    engine.kill('SIGKILL')
    const [code, signal]: unknown[] = await once(victim, 'exit')
    // Windows has no signals: whoever ends a program there gives it this code.
    expect(signal ?? code).toBe(process.platform === 'win32' ? 1 : 'SIGKILL')
  })

  test('answers the host with the TensorFlow it has', async () => {
    const host = new EngineHost({ launch: forkUtilityEngine, onStatus: () => undefined })
    const ready = host.ready()
    const child = double.utilities.at(-1)
    const program = fork(path.join(import.meta.dirname, 'asUtilityProcess.ts'), {
      execArgv: [],
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    })
    onTestFinished(() => void program.kill('SIGKILL'))
    if (child === undefined) throw new Error('no process was started')
    child.carry(program)
    expect(await ready).toMatchObject({ tensorflow: expect.stringMatching(/^2\./) })
    await host.close()
    expect(program.exitCode).toBe(0)
  })

  test('that ends before it answers leaves the host with a sentence', async () => {
    const host = new EngineHost({ launch: forkUtilityEngine, onStatus: () => undefined })
    const ready = host.ready()
    double.utilities.at(-1)?.emit('exit', 1)
    await expect(ready).rejects.toThrow('The training process ended unexpectedly (exit code 1)')
  })
})
