// @module-tag slow
import { existsSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { checkpointFolder } from '../../../main/files/places.ts'
import { temporaryHome } from '../history/temporaryHome.ts'
import { addCheckpoint, addSteps, config, problemIn, request } from '../history/testRun.ts'
import { History } from '../../../main/history/history.ts'
import type { Home } from '../../../main/files/places.ts'
import { openLab } from '../openLab.ts'
import { lab, startLab } from './lab.ts'

const everything = { where: '', sort: [], from: 0, count: 10, settings: [] }

/** Three runs that are done, with test accuracies of 50, 70 and 90 %, and three checkpoints each. */
function homeWithRuns(): Home {
  const home = temporaryHome()
  const history = History.open(home)
  for (const [seed, accuracy] of [0.5, 0.7, 0.9].entries()) {
    const { id } = history.createRun({ ...request, config: { ...config, seed } }, 50_000)
    addSteps(history, id, 1, 30)
    history.addEvaluation(id, { step: 20, loss: 1, accuracy, validation: null }, 1)
    for (const step of [10, 20, 30]) addCheckpoint(home, history, id, step)
    history.endRun(id, 'done', null)
  }
  history.close()
  return home
}

test('runs are named, tagged, found, deleted and restored on the command line', async () => {
  const home = homeWithRuns()
  expect((await lab(home, 'name 2 Второй --json')).values).toEqual([{ event: 'done', run: 2, name: 'Второй' }])
  expect((await lab(home, 'tag 1 3 --add Tuned --json')).values).toMatchObject([{ runs: [1, 3], spelled: [] }])
  expect((await lab(home, 'tag 1 --add tuned')).output).toContain('“tuned” is the tag “Tuned”, which is there already')
  await lab(home, 'star 3')
  const found = await lab(home, 'runs --where tag=tuned --sort -best --columns id,best,tag,star,optimizer.kind --json')
  expect(found.values).toEqual([
    [
      { id: 3, best: 0.9, tag: 'Tuned', star: true, 'optimizer.kind': 'adam' },
      { id: 1, best: 0.5, tag: 'Tuned', star: false, 'optimizer.kind': 'adam' },
    ],
  ])
  expect((await lab(home, 'runs --sort best --columns id,name,best')).output.split('\n').slice(0, 3)).toEqual([
    'ID  NAME      BEST',
    ' 1  —       50.0 %',
    ' 2  Второй  70.0 %',
  ])

  expect((await lab(home, 'delete 1 2 --json')).values).toEqual([{ event: 'done', runs: [1, 2] }])
  expect((await lab(home, 'restore 1 --json')).values).toEqual([{ event: 'done', runs: [1] }])
  expect((await lab(home, 'bin --json')).values).toMatchObject([[{ id: 2, name: 'Второй' }]])
  expect((await lab(home, 'bin --empty --json')).values).toEqual([
    { event: 'done', runs: 1, bytes: expect.any(Number), left: [] },
  ])

  expect((await lab(home, 'space 1 --give-back --json')).values).toMatchObject([{ event: 'done', checkpoints: 1 }])
})

test.each([1, 2])(
  'a bin whose emptying is killed hard, with the files of %i runs gone, holds whole runs alone; the next start goes on',
  async (gone) => {
    const [count, steps] = [6, 6000]
    const ids = Array.from({ length: count }, (_, index) => index + 1)
    const home = temporaryHome()
    const before = History.open(home)
    for (const id of ids) {
      before.createRun(request, 50_000)
      addSteps(before, id, 1, steps)
      for (const step of [3000, steps]) addCheckpoint(home, before, id, step)
      before.endRun(id, 'done', null)
    }
    before.bin.put(ids, new Date().toISOString())
    before.close()

    const emptying = startLab(home, 'bin --empty')
    while (existsSync(checkpointFolder(home, gone))) await new Promise((resolve) => setImmediate(resolve))
    emptying.process.kill('SIGKILL')
    expect((await emptying.finished).code).toBe('SIGKILL')

    const after = History.open(home)
    const whole = after.bin.since(new Date().toISOString()).map(({ id }) => id)
    for (const id of ids) {
      if (whole.includes(id)) {
        expect(after.curve({ run: id, metric: 'loss', points: 10_000 }).step.at(-1)).toBe(steps)
        for (const { file } of after.writtenCheckpoints(id))
          expect(existsSync(path.join(checkpointFolder(home, id), file))).toBe(true)
      } else expect(problemIn(() => after.run(id))).toBe('run-unknown')
    }
    expect(whole).not.toContain(gone)
    after.close()

    const { lab: next, client } = await openLab(home)
    await expect.poll(() => next.history.bin.halfErased()).toEqual([])
    expect((await client.runs.page({ ...everything, shelf: 'bin' })).rows.map(({ facts }) => facts.id)).toEqual(
      whole.toSorted((one, other) => other - one),
    )
    for await (const event of await client.runs.emptyBin({}))
      if (event.kind === 'emptied') expect(event).toMatchObject({ runs: whole.length, left: [] })
    expect((await client.runs.page({ ...everything, shelf: 'bin' })).total).toBe(0)
    expect(readdirSync(home.checkpoints)).toEqual([])
  },
)

test.each([
  ['runs --where best>', 1, /search/i],
  ['runs --sort colour', 1, /no column “colour”/],
  [`name 1 ${'n'.repeat(500)}`, 1, /A name of 500 characters is too long/],
  ['delete 9', 1, /There is no run 9/],
  ['restore 1', 1, /does not lie in the bin/],
])('lab %s is refused in one sentence', async (words, code, sentence) => {
  const refused = await lab(homeWithRuns(), words)
  expect(refused).toMatchObject({ code, output: '' })
  expect(refused.error).toMatch(sentence)
  expect(refused.error.trim().split('\n')).toHaveLength(1)
})
