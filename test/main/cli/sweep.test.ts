// @module-tag slow
import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { parseArguments } from '../../../main/cli/arguments.ts'
import { axisIn } from '../../../main/cli/sweepAxes.ts'
import { openLab } from '../openLab.ts'
import { smallHome } from '../smallHome.ts'
import { lab, startLab } from './lab.ts'

const small = '--dataset cifar-10 --batch 20 --offline'

/** What was trained, by its values, without times and numbers that differ between two homes. */
function results(shown: Record<string, unknown>): unknown {
  const { trials } = shown as {
    trials: { trial: number; standing: string; step: number; last: unknown; place: unknown }[]
  }
  return trials.map(({ trial, standing, step, last, place }) => ({ trial, standing, step, last, place }))
}

test(
  'a sweep of 12 short runs with halving is killed in the middle, goes on after the next start, and ends as without',
  { timeout: 300_000 },
  async () => {
    const words = `sweep ${small} --preset digits --steps 9 --grid rate=1e-4,1e-3,3e-3,1e-2 --grid momentum=0.5,0.9,0.95 --halving --first-steps 1 --json`
    const [whole, home] = [await smallHome(), await smallHome()]
    const unbroken = await lab(whole, words)
    expect(unbroken.code).toBe(0)

    const owner = startLab(home, words)
    await owner.line((value) => value.event === 'started' && Number(value.run) === 6)
    owner.process.kill('SIGKILL')
    await owner.finished

    const [left] = (await lab(home, 'sweep list --json')).values
    expect(left).toMatchObject({ sweeps: [{ id: 1, state: 'paused', reason: 'opened', runs: 12 }] })
    const resumed = await lab(home, 'sweep resume 1 --json')
    expect(resumed.code).toBe(0)
    const [shown] = (await lab(home, 'sweep show 1 --json')).values
    expect(shown).toMatchObject({ state: 'done', reason: 'complete', begun: 12, rested: 12 })
    expect(results(shown)).toEqual(results(unbroken.values.at(-1) ?? {}))

    // Every command opens the folder anew, so what it did was stored.
    expect((await lab(home, 'sweep delete 1 --with-runs')).output).toContain('in the bin')
    expect((await lab(home, 'sweep list')).output).toContain('no sweeps')
    expect((await lab(home, 'sweep list --deleted --json')).values).toMatchObject([{ sweeps: [{ id: 1 }] }])
    expect(await lab(home, 'sweep show 1')).toMatchObject({ code: 1, error: expect.stringContaining('restore 1') })
    expect((await lab(home, 'sweep restore 1')).code).toBe(0)
    expect((await lab(home, 'sweep show 1 --json')).values).toEqual([shown])
  },
)

describe('beside an open window', () => {
  test('a sweep is begun there, listed, paused, continued and cancelled; every command returns at once', async () => {
    const home = await smallHome()
    const { lab: window } = await openLab(home, 'browser')
    const long = `sweep ${small} --steps 1000000 --random rate=log:1e-4..1e-1 --runs 20 --seeds 2 --json`
    expect((await lab(home, long)).values).toEqual([{ event: 'sweep', sweep: 1, runs: 20, points: 10 }])
    expect((await lab(home, 'sweep pause 1 --json')).values).toMatchObject([{ state: 'paused', reason: 'person' }])
    expect(window.history.run(1)).toMatchObject({ state: 'paused', sweep: 1 })
    expect((await lab(home, 'sweep list')).output).toContain('random')
    expect((await lab(home, 'sweep resume 1')).output).toContain('Sweep 1')
    expect((await lab(home, 'sweep cancel 1 --json')).values).toMatchObject([{ state: 'cancelled' }])
    expect(await lab(home, 'sweep resume 1')).toMatchObject({ code: 1, error: expect.stringContaining('has ended') })
    expect(await lab(home, 'sweep show 2')).toMatchObject({ code: 1, error: expect.stringContaining('no sweep 2') })
  })

  test('a file says the same as options, which go before it', async () => {
    const home = await smallHome()
    await openLab(home, 'browser')
    const file = path.join(home.folder, 'sweep.json')
    const described = {
      dataset: 'cifar-10',
      batch: 20,
      offline: true,
      steps: 2,
      grid: { rate: [1e-3, 1e-2] },
      seeds: 2,
    }
    await writeFile(file, JSON.stringify(described))
    expect((await lab(home, `sweep ${file} --seeds 3 --json`)).values).toMatchObject([{ event: 'sweep', runs: 6 }])
    await writeFile(file, JSON.stringify({ ...described, rates: 3 }))
    expect(await lab(home, `sweep ${file}`)).toMatchObject({ code: 1, error: expect.stringContaining('rates') })
    await writeFile(file, '{')
    expect(await lab(home, `sweep ${file}`)).toMatchObject({
      code: 1,
      error: expect.stringContaining('does not describe'),
    })
  })
})

test('without settings a sweep repeats one run with several seeds', async () => {
  const home = await smallHome()
  const words = `sweep ${small} --preset digits --steps 2 --seeds 2`
  const begun = await lab(home, words)
  expect(begun, begun.error).toMatchObject({ code: 0 })
  expect(begun.output).toContain('Sweep 1: 2 runs equal but for the seed.')
  const [shown] = (await lab(home, 'sweep show 1 --json')).values
  expect(shown).toMatchObject({
    state: 'done',
    reason: 'complete',
    trials: [
      { seed: 1, standing: 'finished', values: {} },
      { seed: 2, standing: 'finished', values: {} },
    ],
  })
  expect((await lab(home, 'sweep show 1')).output).not.toContain('setting')
  expect((await lab(home, 'sweep list')).output).toMatch(/cifar-10 +seed +grid/)
})

test('a sweep of 10^6 runs asks, and says how to mean it', async () => {
  const home = await smallHome()
  const words = `sweep ${small} --steps 2 --grid rate=0.001..0.9/1000 --grid momentum=0.001..0.9/1000`
  expect(await lab(home, words)).toMatchObject({ code: 1, error: expect.stringContaining('--confirm 1000000') })
  expect((await lab(home, 'sweep list')).output).toContain('There are no sweeps')
})

describe('words that make no sweep are refused before anything is opened', () => {
  const refusal = (words: string): string => {
    try {
      parseArguments(['sweep', '--dataset', 'mnist', ...words.split(' ')])
      return ''
    } catch (thrown) {
      return thrown instanceof Error ? thrown.message : ''
    }
  }

  test('with what is wrong', () => {
    expect(refusal('--seeds 1')).toContain('--grid or --random')
    expect(refusal('--runs 3')).toContain('--seeds how many repeats')
    expect(refusal('--seeds 3 --halving')).toContain('repeats are one point')
    expect(refusal('--grid rate=1 --random rate=1..2')).toContain('two answers')
    expect(refusal('--random rate=1..2')).toContain('--runs or --minutes')
    expect(refusal('--grid rate')).toContain('--grid')
    expect(refusal('--grid rate=1,2 --factor 3')).toContain('--halving')
  })

  test('while each way to write values is understood', () => {
    expect(axisIn('rate=1e-4,1e-3')).toEqual({ setting: 'rate', values: { kind: 'list', list: [1e-4, 1e-3] } })
    expect(axisIn('optimizer=adam,sgd')).toEqual({
      setting: 'optimizer',
      values: { kind: 'list', list: ['adam', 'sgd'] },
    })
    expect(axisIn('rate=log:1e-4..1e-1/4')).toEqual({
      setting: 'rate',
      values: { kind: 'range', scale: 'log', from: 1e-4, to: 0.1, count: 4 },
    })
    expect(axisIn('augmentation.flip=true,false')?.values).toEqual({ kind: 'list', list: [true, false] })
    expect(axisIn('rate=1,,2')).toBeNull()
  })
})
