import { beforeEach, describe, expect, it } from 'vitest'
import { withNumber } from '../../renderer/state/dataForm.ts'
import { NextRun } from '../../renderer/state/nextRun.svelte.ts'
import { animals } from './dataSets.ts'
import { sampleEntry, sampleView } from './sampleRuns.ts'

let next: NextRun

beforeEach(() => {
  const view = { ...sampleView([]), datasets: [sampleEntry, animals] }
  next = new NextRun({ view, listen: () => () => undefined, ask: () => Promise.reject(new Error('nothing is asked')) })
})

describe('a choice that replaces edited settings', () => {
  it('says which, and undo brings all of them back', () => {
    next.chooseOptimizer('sgd')
    next.enter('batch', 50)
    next.enter('seed', 7)
    next.enter('evaluateEvery', 500)
    next.distort(false)
    const { form } = next
    next.choosePreset('quick')
    expect(next.replaced?.settings).toEqual([
      { setting: 'batch', before: 50, after: 250 },
      { setting: 'distort', before: false, after: true },
    ])
    next.undoReplaced()
    expect([next.form, next.replaced]).toEqual([form, null])
  })

  it('says a batch as it is for the chosen images', () => {
    next.chooseDataset('animals')
    if (next.dataForm === null) throw new Error('no set is chosen')
    next.changeData(withNumber(next.dataForm, 'perClass', 30))
    next.enter('batch', 50)
    next.choosePreset('quick')
    expect(next.replaced?.settings).toEqual([{ setting: 'batch', before: 50, after: 120 }])
  })

  it('names optimizer and schedule where they are other ones now', () => {
    next.choosePreset('quick')
    next.chooseOptimizer('adam')
    next.chooseSchedule('constant')
    next.choosePreset('digits')
    expect(next.replaced?.settings).toEqual([
      { setting: 'optimizer', before: 'adam', after: 'sgd' },
      { setting: 'schedule', before: 'constant', after: 'one-cycle' },
    ])
  })

  it('says the numbers that an optimizer or schedule drops', () => {
    next.enter('momentum', 0.8)
    next.chooseOptimizer('adamw')
    expect(next.replaced?.settings).toEqual([{ setting: 'momentum', before: 0.8, after: 0.9 }])
    next.enter('weightDecay', 0.1)
    expect(next.replaced, 'undoing would undo that too').toBeNull()
    next.chooseOptimizer('adam')
    expect(next.replaced?.settings).toEqual([{ setting: 'weightDecay', before: 0.1, after: null }])
  })

  it('says the network that follows a data set, and nothing where nothing was replaced', () => {
    next.chooseDataset('animals')
    next.choosePreset('quick')
    expect(next.replaced).toBeNull()
    const other = new NextRun({
      view: sampleView([]),
      listen: () => () => undefined,
      ask: () => Promise.reject(new Error('nothing is asked')),
    })
    other.chooseDataset('mnist')
    expect(other.replaced?.settings).toEqual([{ setting: 'network', before: 'seed', after: 'digits' }])
  })
})
