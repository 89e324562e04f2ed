import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { withNumber } from '../../renderer/state/dataForm.ts'
import type { LabConnection } from '../../renderer/state/lab.svelte.ts'
import { NextRun } from '../../renderer/state/nextRun.svelte.ts'
import { animals, things } from './dataSets.ts'
import { connected, LabEnd, until } from './labEnd.ts'
import { sampleEntry, sampleRun, sampleView } from './sampleRuns.ts'

const end = new LabEnd()
const known = { ...sampleView([]), datasets: [sampleEntry, animals, things] }
let lab: LabConnection
let sequence = 10

/** Reads the lab again, as after missed events. */
async function reread(): Promise<void> {
  const before = lab.view
  sequence += 1
  end.view = { ...end.view, status: { ...end.view.status, sequence } }
  end.send({ kind: 'reset', sequence })
  await until(() => lab.view !== before)
}

beforeEach(async () => {
  end.view = known
  lab = await connected(end)
})
afterAll(() => end.end())

describe('what is chosen for the next run', () => {
  it('is a set that is here, and its usual choice', async () => {
    const next = new NextRun(lab)
    expect(next.dataset?.id).toBe('shapes')
    await reread()
    expect(next.dataset?.id).toBe('animals')
    expect(next.request).toMatchObject({ preset: 'seed', config: { data: { dataset: 'animals' } } })
    expect(next.dataChanged).toBe(false)
  })

  it('is the set of the newest run, until a person chooses', async () => {
    end.view = { ...known, runs: [sampleRun(1)] }
    const next = new NextRun(lab)
    await reread()
    expect(next.dataset?.id).toBe('shapes')
    expect([next.prepared.ok, next.request]).toEqual([true, null])
    next.chooseDataset('things')
    await reread()
    expect(next.dataset?.id).toBe('things')
  })

  it('stays when other sets and runs arrive', async () => {
    const next = new NextRun(lab)
    await reread()
    end.view = { ...known, datasets: [things, ...known.datasets], runs: [sampleRun(2)] }
    await reread()
    expect(next.dataset?.id).toBe('animals')
  })

  it('is changed for each set by itself, and can be as usual again', async () => {
    const next = new NextRun(lab)
    await reread()
    if (next.dataForm === null) throw new Error('no set is chosen')
    next.changeData(withNumber(next.dataForm, 'perClass', 50))
    expect([next.dataChanged, next.choice?.perClass]).toEqual([true, 50])
    next.chooseDataset('things')
    expect([next.dataChanged, next.choice?.perClass]).toEqual([false, null])
    next.chooseDataset('animals')
    expect(next.choice?.perClass).toBe(50)
    next.takeUsual()
    expect([next.dataChanged, next.choice?.perClass]).toEqual([false, null])
  })

  it('is no request while something does not fit', async () => {
    const next = new NextRun(lab)
    await reread()
    next.enter('learningRate', NaN)
    expect([next.prepared, next.request]).toEqual([{ ok: false, problem: null }, null])
    next.enter('learningRate', 0.01)
    expect(next.request?.config.schedule.learningRate).toBe(0.01)
    if (next.dataForm === null) throw new Error('no set is chosen')
    next.changeData(withNumber(next.dataForm, 'perClass', 0))
    expect([next.unfitData, next.choice, next.request]).toEqual([['perClass'], null, null])
  })

  it('shows the settings that are seldom changed where one of them keeps a run from starting', () => {
    const next = new NextRun(lab)
    next.enter('warmUpSteps', 100)
    expect(next.showsMore).toBe(false)
    next.enter('goal', 50)
    expect([next.seldomUnfit, next.showsMore]).toEqual([true, true])
  })

  it('keeps a preset that a person chose when another set is chosen', () => {
    const next = new NextRun(lab)
    next.choosePreset('quick')
    next.chooseDataset('mnist')
    expect(next.preset).toBe('quick')
    const other = new NextRun(lab)
    other.chooseDataset('mnist')
    expect(other.preset).toBe('digits')
  })

  it('is as fast as was measured, else as the newest comparable run', async () => {
    const next = new NextRun(lab)
    const slow = sampleRun(1, {}, { imagesPerSecond: 100 })
    const other = sampleRun(2, { batch: 10 }, { imagesPerSecond: 900 })
    end.view = { ...known, runs: [other, slow] }
    await reread()
    next.chooseDataset('shapes')
    expect(next.rate).toBe(100)
    next.enter('batch', 25)
    expect(next.rate).toBe(900)
    next.chooseDataset('animals')
    if (next.request === null) throw new Error('nothing can be sent')
    next.keepMeasured(next.request, 0.5)
    expect(next.rate).toBe(50)
    next.enter('batch', 50)
    expect(next.rate).toBe(900)
  })
})
