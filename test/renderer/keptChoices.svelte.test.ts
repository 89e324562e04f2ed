import { flushSync } from 'svelte'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type KeptChoices, noChoices } from '../../core/contract/choicesContract.ts'
import { ChartChoices } from '../../renderer/state/chartChoices.svelte.ts'
import { ClusterForm } from '../../renderer/state/clusterForm.svelte.ts'
import { withNumber } from '../../renderer/state/dataForm.ts'
import { ChoiceKeeper } from '../../renderer/state/keptChoices.svelte.ts'
import { LabConnection } from '../../renderer/state/lab.svelte.ts'
import { NextRun } from '../../renderer/state/nextRun.svelte.ts'
import { Ticks } from '../../renderer/state/ticks.svelte.ts'
import { animals, things } from './dataSets.ts'
import { calls, LabEnd, refusal, until } from './labEnd.ts'
import { sampleRun, sampleView } from './sampleRuns.ts'

let kept: KeptChoices & { unreadable: (keyof KeptChoices)[] }
let written: Partial<KeptChoices>[]
let refuses: boolean
let end: LabEnd

/** A window of the lab that has just been opened. */
async function opened() {
  const lab = new LabConnection(end.open)
  const nextRun = new NextRun(lab)
  const charts = new ChartChoices()
  const ticks = new Ticks(lab)
  const cluster = new ClusterForm()
  const keeper = new ChoiceKeeper(lab, { nextRun, charts, ticks, cluster })
  const stop = keeper.follow()
  void lab.stayConnected()
  await until(() => lab.state === 'open')
  flushSync()
  return { lab, nextRun, charts, ticks, cluster, keeper, stop }
}

async function keptTimes(count: number): Promise<void> {
  flushSync()
  await until(() => written.length === count)
}

beforeEach(() => {
  kept = noChoices
  written = []
  refuses = false
  end = new LabEnd({
    choices: {
      read: calls.choices.read.handler(() => kept),
      write: calls.choices.write.handler(({ input }) => {
        written.push(input)
        if (refuses) throw refusal
        kept = { ...kept, ...input }
      }),
    },
    runs: {
      some: calls.runs.some.handler(({ input }) => input.runs.filter((id) => id < 9).map((id) => sampleRun(id))),
    },
  })
  end.view = { ...sampleView([sampleRun(3)]), datasets: [animals, things] }
})
afterEach(() => end.end())

describe('what a person chose', () => {
  it('is there again in a window that is opened later', async () => {
    const first = await opened()
    expect(written).toEqual([])
    first.nextRun.chooseDataset('things')
    first.nextRun.choosePreset('quick')
    first.nextRun.chooseOptimizer('adam')
    first.nextRun.enter('learningRate', 0.02)
    first.nextRun.enter('batch', NaN)
    if (first.nextRun.dataForm === null) throw new Error('no set is chosen')
    first.nextRun.changeData(withNumber(first.nextRun.dataForm, 'perClass', 7))
    first.charts.trainAxis = 'epoch'
    first.charts.smoothing = 0.6
    first.charts.compareMetrics = ['loss', 'testLoss']
    first.charts.compareHeight = 500
    first.ticks.setAll([3, 2, 9])
    first.cluster.change({ on: 'ray', address: 'http://head:8265', processors: NaN })
    await keptTimes(1)
    expect(Object.keys(written[0] ?? {}).sort()).toEqual(['charts', 'cluster', 'nextRun', 'ticks'])
    first.stop()

    const second = await opened()
    expect(second.nextRun.dataset?.id).toBe('things')
    expect(second.cluster.fields).toMatchObject({ on: 'ray', address: 'http://head:8265', processors: NaN })
    expect(second.cluster.wrong).toEqual(['processors'])
    expect(second.cluster.place).toBeNull()
    second.cluster.change({ processors: 4, tokenFile: ' ' })
    expect(second.cluster.place).toMatchObject({ processors: 4, tokenFile: null })
    expect(second.nextRun.form).toEqual(first.nextRun.form)
    expect(second.nextRun.numbers.batch).toBeNaN()
    expect([second.nextRun.dataChanged, second.nextRun.dataForm?.numbers.perClass]).toEqual([true, 7])
    expect(second.charts.kept()).toEqual(first.charts.kept())
    expect(second.ticks.runs, 'run 9 is no more').toEqual([3, 2])
    expect(second.nextRun.unfitKept).toEqual([])
    second.stop()
  })

  it('is written by what was changed alone, so that windows do not undo one another', async () => {
    const { charts, nextRun, stop } = await opened()
    charts.repeatsAsOne = false
    await keptTimes(1)
    expect(Object.keys(written[0] ?? {})).toEqual(['charts'])
    nextRun.enter('goal', 50)
    await keptTimes(2)
    expect(Object.keys(written[1] ?? {})).toEqual(['nextRun'])
    stop()
  })

  it('says where it does not fit any more, and is as usual there', async () => {
    const first = await opened()
    first.nextRun.chooseDataset('animals')
    if (first.nextRun.dataForm === null) throw new Error('no set is chosen')
    first.nextRun.changeData({ ...first.nextRun.dataForm, classes: [1, 3] })
    first.nextRun.enter('goal', 70)
    await keptTimes(1)
    first.stop()

    end.view = { ...end.view, datasets: [{ ...animals, classes: ['cat', 'dog'] }, things] }
    const changed = await opened()
    expect(changed.nextRun.unfitKept).toEqual([{ kind: 'classes-changed', dataset: 'Animals' }])
    expect([changed.nextRun.dataForm?.classes, changed.nextRun.numbers.goal]).toEqual([null, 70])
    changed.stop()

    end.view = { ...end.view, datasets: [things] }
    const gone = await opened()
    expect(gone.nextRun.unfitKept).toEqual([{ kind: 'dataset-gone', dataset: 'Animals' }])
    expect([gone.nextRun.dataset?.id, gone.nextRun.numbers.goal]).toEqual(['things', 70])
    gone.stop()

    kept = { ...noChoices, unreadable: ['nextRun'] }
    const unreadable = await opened()
    expect(unreadable.nextRun.unfitKept).toEqual([{ kind: 'unreadable' }])
    unreadable.stop()
  })

  it('is written again once it can be, if it could not be kept', async () => {
    const { charts, keeper, stop } = await opened()
    refuses = true
    charts.compareAxis = 'time'
    await keptTimes(1)
    await until(() => keeper.problem !== null)
    refuses = false
    end.view = { ...end.view, status: { ...end.view.status, sequence: 11 } }
    end.send({ kind: 'reset', sequence: 11 })
    await until(() => keeper.problem === null)
    expect(kept.charts?.compareAxis).toBe('time')
    stop()
  })
})
