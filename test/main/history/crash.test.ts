import { existsSync, readdirSync, readFileSync, renameSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { problem } from '../../../core/words/problems.ts'
import { checkpointFolder } from '../../../main/files/places.ts'
import { heard, killHard, startChild } from './children/child.ts'
import { healthAt } from './sampleHealth.ts'
import { openHistory, temporaryHome } from './temporaryHome.ts'
import { addCheckpoint, addSteps, engine, request, writeCheckpoint } from './testRun.ts'

describe('a process killed while it writes metrics', () => {
  test.each([1, 40, 150])(
    'leaves whole batches, all that it told of, and a run that can be continued (after %i batches)',
    async (batches) => {
      const home = temporaryHome()
      const writer = startChild('writer', home)
      let told = 0
      for (let batch = 0; batch < batches; batch += 1) told = Number(await heard(writer))
      await killHard(writer)

      const history = openHistory(home)
      const run = history.run(1)
      expect(run.step).toBeGreaterThanOrEqual(told)
      expect(run.step % 7).toBe(0)
      expect(run).toMatchObject({
        state: 'interrupted',
        problem: problem('lab-interrupted', {}),
        trainingSeconds: run.step,
      })
      const { step, mean } = history.curve({ run: 1, metric: 'loss', points: Math.max(10_000, run.step) })
      expect(step).toEqual(Array.from({ length: run.step }, (_, index) => index + 1))
      expect(mean).toEqual(step)
      expect(history.detail(1).stretches).toMatchObject([
        { fromStep: 0, toStep: run.step, ended: 'interrupted', endedAt: run.endedAt },
      ])

      const rows = history.healthRows({ run: 1, after: null, count: 100 })
      expect(rows).toEqual(rows.map((_, index) => healthAt(7 * (index + 1))))
      expect(history.health({ run: 1, points: 1 }).newest).toBeGreaterThanOrEqual(told)

      const from = history.newestCheckpoint(1)?.step ?? -1
      expect(from).toBeGreaterThan(0)
      expect(history.continueRun(1, from, 5000)).toMatchObject({ state: 'training', step: from })
    },
  )
})

describe('opening puts in order what a crash left', () => {
  test('a run that was training is interrupted; runs at rest stay as they are', () => {
    const home = temporaryHome()
    const first = openHistory(home)
    first.createRun(request, 50_000)
    first.endRun(1, 'paused', null)
    first.createRun(request, 50_000)
    first.beginStretch(2, 0, engine)
    addSteps(first, 2, 1, 9)
    const paused = first.run(1)
    first.close()
    const again = openHistory(home)
    expect(again.run(1)).toEqual(paused)
    expect(again.run(2)).toMatchObject({ state: 'interrupted', problem: problem('lab-interrupted', {}), step: 9 })
    expect(again.detail(2).stretches).toMatchObject([{ toStep: 9, ended: 'interrupted' }])
  })

  test('checkpoint files without a row are deleted, half-written ones too; those with a row and other files stay', () => {
    const home = temporaryHome()
    const history = openHistory(home)
    history.createRun(request, 50_000)
    addSteps(history, 1, 1, 20)
    addCheckpoint(home, history, 1, 10)
    writeCheckpoint(home, 1, 20)
    const folder = checkpointFolder(home, 1)
    writeFileSync(path.join(folder, '.writing-0123456789ab-20.safetensors'), 'half')
    writeFileSync(path.join(folder, 'notes.txt'), 'mine')
    writeCheckpoint(home, 2, 5)
    history.close()

    expect(
      openHistory(home)
        .detail(1)
        .checkpoints.map((checkpoint) => checkpoint.step),
    ).toEqual([10])
    const left = ['10.safetensors', '20.safetensors', '.writing-0123456789ab-20.safetensors', 'notes.txt'].filter(
      (name) => existsSync(path.join(folder, name)),
    )
    expect(left).toEqual(['10.safetensors', 'notes.txt'])
    expect(existsSync(checkpointFolder(home, 2))).toBe(false)
  })

  test.each(['gone', 'cut short'])(
    'a row whose file is %s does not count, and counts again when the file is back',
    (how) => {
      const home = temporaryHome()
      const history = openHistory(home)
      history.createRun(request, 50_000)
      addSteps(history, 1, 1, 20)
      addCheckpoint(home, history, 1, 10)
      const twenty = addCheckpoint(home, history, 1, 20)
      history.close()
      const file = path.join(checkpointFolder(home, 1), '20.safetensors')
      const bytes = readFileSync(file)
      if (how === 'gone') rmSync(file)
      else truncateSync(file, 4)

      const without = openHistory(home)
      expect(without.newestCheckpoint(1)?.step).toBe(10)
      expect(without.run(1).checkpointStep).toBe(10)
      without.close()
      writeFileSync(file, bytes)
      expect(openHistory(home).newestCheckpoint(1)).toEqual(twenty)
    },
  )

  test('a new history takes no checkpoint for its own and deletes none of an old one', () => {
    const home = temporaryHome()
    const old = openHistory(home)
    old.createRun(request, 50_000)
    addCheckpoint(home, old, 1, 0)
    old.close()
    const away = `${home.history}.away`
    renameSync(home.history, away)

    const fresh = openHistory(home)
    expect(fresh.runs()).toEqual([])
    expect(existsSync(checkpointFolder(home, 1))).toBe(false)
    fresh.close()
    const aside = readdirSync(home.folder).filter((name) => name.startsWith('checkpoints-without-history-'))
    expect(aside).toHaveLength(1)
    renameSync(path.join(home.folder, aside[0]), home.checkpoints)
    renameSync(away, home.history)
    expect(openHistory(home).newestCheckpoint(1)?.step).toBe(0)
  })
})

describe('a home folder that cannot be one', () => {
  test('is a file: a sentence says so', () => {
    const home = temporaryHome()
    writeFileSync(home.folder, 'a file')
    expect(() => openHistory(home)).toThrow(/could not be written/)
    expect(readFileSync(home.folder, 'utf8')).toBe('a file')
  })
})
