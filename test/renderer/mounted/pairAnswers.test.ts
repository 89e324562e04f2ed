// @module-tag slow
import { describe, expect, test } from 'vitest'
import type { DatasetCard } from '../../../core/data/dataset.ts'
import { choiceOf } from '../../../core/data/datasetView.ts'
import { mnist } from '../../../main/datasets/sets/mnist.ts'
import type { Lab } from '../../../main/lab.ts'
import PairAnswers from '../../../renderer/pages/Compare/PairAnswers.svelte'
import { centred, homeWith } from '../../main/errors/errorsHome.ts'
import { storedRun } from '../../main/inspect/storedRun.ts'
import { openLab } from '../../main/openLab.ts'
import { until } from '../labEnd.ts'
import { connectTo, element, pageText, press, says, show } from './mountedWindow.ts'

const card: DatasetCard = { ...mnist.card, sizes: { train: 60, test: 260 } }
/** A network that answers quickly. */
const quick = { preset: 'quick', card, weights: centred } as const

async function answersOf(lab: Lab, first: number, second: number): Promise<void> {
  await connectTo(lab)
  show(PairAnswers, { first: lab.history.run(first), second: lab.history.run(second) })
}

describe('the answers of two runs on Compare', () => {
  test('are told apart: who is right where the other is wrong, the matrices subtracted, and the images', async () => {
    const { lab } = await openLab(await homeWith(card))
    const { run: first } = await storedRun(lab, quick)
    const { run: second } = await storedRun(lab, {
      ...quick,
      // One class is answered for every image.
      weights: (weights) => new Map([...weights].map(([name, one]) => [name, { ...one, data: one.data.map(() => 0) }])),
    })
    await answersOf(lab, first, second)
    await says("McNemar's test")
    await says('Both wrong')
    expect(element('[role=grid]', `Run ${second}, step 0, less Run ${first}, step 0`)).toBeDefined()
    const only = /Only 1 right · (\d+)/.exec(pageText())?.[1]
    press('input[value=first]')
    await until(() => document.querySelector('[role=listbox]') !== null)
    expect(element('[role=listbox]', `Only Run ${first}, step 0 right`)).toBeDefined()
    expect(Number(only)).toBeGreaterThan(0)
  })

  test('are refused in words where the runs were tested on other classes', async () => {
    const { lab } = await openLab(await homeWith(card))
    const { run: first } = await storedRun(lab, quick)
    const choice = { ...choiceOf({}), classes: [1, 4] }
    const { run: second } = await storedRun(lab, { ...quick, choices: { batch: 6 }, choice })
    await answersOf(lab, first, second)
    await says(`Runs ${first} and ${second} tell other classes apart`)
  })
})
