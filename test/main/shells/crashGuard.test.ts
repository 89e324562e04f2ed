import { readFile } from 'node:fs/promises'
import { describe, expect, onTestFinished, test } from 'vitest'
import { sentenceOf } from '../../../core/words/problems.ts'
import { openLog } from '../../../main/files/log.ts'
import { guardAgainstCrashes } from '../../../main/shells/crashGuard.ts'
import { temporaryFolder } from './fixtures.ts'

async function guarded() {
  const log = openLog(await temporaryFolder())
  const said: string[] = []
  let ends = 0
  const release = guardAgainstCrashes({
    log,
    say: (problem) => said.push(sentenceOf(problem, 'en')),
    end: () => (ends += 1),
  })
  onTestFinished(release)
  return { log, said, ends: () => ends }
}

/** Calls the newest listener as Node would; the runner listens to the same events and would fail the test. */
function deliver(listeners: readonly unknown[], thrown: unknown): void {
  const newest = listeners.at(-1)
  if (typeof newest !== 'function') throw new Error('nobody listens')
  Reflect.apply(newest, process, [thrown])
}

describe('what no code has caught', () => {
  test('as a lost promise is logged with its stack and said, and the shell goes on', async () => {
    const { log, said, ends } = await guarded()
    deliver(process.listeners('unhandledRejection'), new Error('the sky fell'))
    expect(said).toEqual([expect.stringContaining('the sky fell')])
    expect(await readFile(log.file, 'utf8')).toMatch(
      /unhandled rejection Error: the sky fell\n\s+at .*crashGuard\.test/,
    )
    expect(ends()).toBe(0)
  })

  test('as a lost exception also ends the shell in order', async () => {
    const { log, said, ends } = await guarded()
    deliver(process.listeners('uncaughtException'), new Error('the ground broke'))
    expect(said).toEqual([expect.stringContaining('the ground broke')])
    expect(await readFile(log.file, 'utf8')).toContain('uncaught exception Error: the ground broke')
    expect(ends()).toBe(1)
  })
})
