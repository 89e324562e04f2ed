import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { appendFileSync, existsSync, mkdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { isHeld, withLock } from '../../setup/lock.mjs'
import { posixOnly } from '../platforms.ts'
import { emptyPlace } from './place.ts'

/** A module of set-up, as a program imports it. */
const moduleOf = (name: string): string => JSON.stringify(new URL(`../../setup/${name}`, import.meta.url))

/** Another process that takes the lock, writes `in` to the file, carries out `work`, and writes `out`. */
function otherProcess(lock: string, file: string, work: string) {
  const program = `
    import { appendFileSync } from 'node:fs'
    import { withLock } from ${moduleOf('lock.mjs')}
    import { run } from ${moduleOf('run.mjs')}
    const report = { say: () => undefined, progress: () => undefined }
    await withLock({ report }, ${JSON.stringify(lock)}, 'a test', async () => {
      appendFileSync(${JSON.stringify(file)}, 'in ')
      ${work}
      appendFileSync(${JSON.stringify(file)}, 'out ')
    })`
  return spawn(process.execPath, ['--input-type=module', '-e', program], { stdio: ['pipe', 'inherit', 'inherit'] })
}

/** Waits until a condition holds; the test's own time limit ends a wait in vain. */
async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await pause(20)
}

function places() {
  const place = emptyPlace()
  const file = path.join(place.root, 'log')
  writeFileSync(file, '')
  return { place, file, lock: path.join(place.root, 'lock'), log: () => readFileSync(file, 'utf8') }
}

const waitForInput = 'for await (const part of process.stdin) break'

describe('the lock of set-up', () => {
  it('lets processes in one at a time', async () => {
    const { file, lock, log } = places()
    const processes = [1, 2, 3, 4].map(() =>
      otherProcess(lock, file, 'await new Promise((resolve) => setTimeout(resolve, 30))'),
    )
    const codes = await Promise.all(processes.map(async (child) => (await once(child, 'exit'))[0]))
    expect(codes).toEqual([0, 0, 0, 0])
    expect(log()).toBe('in out in out in out in out ')
  })

  it('makes a second one wait for the first, and says so', async () => {
    const { place, file, lock, log } = places()
    const holder = otherProcess(lock, file, waitForInput)
    await until(() => log() === 'in ')
    const waiting = withLock(place, lock, 'this folder', async () => appendFileSync(file, 'mine '))
    await until(() => place.said.length > 0)
    expect(place.said.join()).toContain('waiting')
    expect(log()).toBe('in ')
    holder.stdin.end('go on')
    await waiting
    expect(log()).toBe('in out mine ')
  })

  it('is free after the holder was killed', async () => {
    const { place, file, lock, log } = places()
    const holder = otherProcess(lock, file, waitForInput)
    await until(() => log() === 'in ')
    holder.kill('SIGKILL')
    await once(holder, 'exit')
    await withLock(place, lock, 'this folder', async () => appendFileSync(file, 'mine '))
    expect(log()).toBe('in mine ')
  })

  posixOnly('programs of Windows end with the one that started them')(
    'is held on by a program that the killed holder had started',
    async () => {
      const { place, file, lock, log } = places()
      const goOn = path.join(place.root, 'go-on')
      const program = `const fs = require('fs'); fs.appendFileSync(${JSON.stringify(file)}, 'program ')
      setInterval(() => { if (fs.existsSync(${JSON.stringify(goOn)})) { fs.appendFileSync(${JSON.stringify(file)}, 'ends '); process.exit() } }, 10)`
      const holder = otherProcess(lock, file, `await run(process.execPath, ['-e', ${JSON.stringify(program)}])`)
      await until(() => log() === 'in program ')
      holder.kill('SIGKILL')
      await once(holder, 'exit')
      const waiting = withLock(place, lock, 'this folder', async () => appendFileSync(file, 'mine '))
      await until(() => place.said.length > 0)
      writeFileSync(goOn, '')
      await waiting
      expect(log()).toBe('in program ends mine ')
    },
  )

  it('is free after the work has failed', async () => {
    const { place, lock } = places()
    await expect(withLock(place, lock, 'this folder', async () => Promise.reject(new Error('failed')))).rejects.toThrow(
      'failed',
    )
    expect(await withLock(place, lock, 'this folder', async () => 'done')).toBe('done')
    expect(existsSync(lock)).toBe(true)
  })

  it('is free where a later process has the number of a killed holder, if the system cannot tell them apart', () => {
    const { lock } = places()
    mkdirSync(lock)
    const claim = path.join(lock, '1')
    writeFileSync(claim, `${process.pid} \n`)
    const statesNoStart = () => ''
    expect(isHeld(lock, 1, statesNoStart)).toBe(true)
    const longAgo = new Date(Date.now() - 600_000)
    utimesSync(claim, longAgo, longAgo)
    expect(isHeld(lock, 1, statesNoStart)).toBe(false)
  })
})
