// @module-tag slow
import { beforeEach, describe, expect, test } from 'vitest'
import type { DatasetCard } from '../../../core/data/dataset.ts'
import { choiceOf } from '../../../core/data/datasetView.ts'
import { mnist } from '../../../main/datasets/sets/mnist.ts'
import type { TensorValue } from '../../../main/engine/shared/tensorValue.ts'
import type { Lab } from '../../../main/lab.ts'
import ErrorsPage from '../../../renderer/pages/Errors/ErrorsPage.svelte'
import { errorsPage } from '../../../renderer/state/errorsPage.svelte.ts'
import { look } from '../../../renderer/state/look.svelte.ts'
import { route } from '../../../renderer/state/route.svelte.ts'
import { routeOf } from '../../../renderer/state/routes.ts'
import { centred, homeWith } from '../../main/errors/errorsHome.ts'
import { storedRun } from '../../main/inspect/storedRun.ts'
import { openLab, type OpenLab } from '../../main/openLab.ts'
import { connectTo, element, pageText, press, says, saysNoMore, show } from './mountedWindow.ts'

const card: DatasetCard = { ...mnist.card, sizes: { train: 60, test: 260 } }
/** A network that answers quickly. */
const quick = { preset: 'quick', card, weights: centred } as const

beforeEach(() => {
  Object.assign(errorsPage, { tab: 'confusion', values: 'counts', cell: null, label: null, list: 'confident-mistakes' })
  look.step = null
  look.beside = null
})

async function opened(...cards: readonly DatasetCard[]): Promise<OpenLab> {
  return openLab(await homeWith(...cards))
}

/** Shows the errors of a run. */
async function errorsOf(lab: Lab, run: number): Promise<void> {
  await connectTo(lab)
  route.current = routeOf(`#/errors/${run}`)
  show(ErrorsPage, {})
  await says(`Errors of Run ${run}`)
}

/** Weights with all values of some tensors set. */
function filled(names: readonly string[], value: number) {
  return (weights: Map<string, TensorValue>): Map<string, TensorValue> =>
    new Map(
      [...weights].map(([name, { shape, data }]) => [
        name,
        { shape, data: names.includes(name) ? data.map(() => value) : data },
      ]),
    )
}

/** The cell that has the cursor of the matrix, in words. */
const cell = (): string => (document.querySelector('[role=gridcell]')?.textContent ?? '').trim()

describe('the page Errors counts what is odd', () => {
  test('answers that are all one class', async () => {
    const { lab } = await opened(card)
    const { run } = await storedRun(lab, { ...quick, weights: filled(['classes/kernel', 'classes/bias'], 0) })
    await errorsOf(lab, run)
    await says('Every test image is answered with “0”. The network has not learned to tell the classes apart')
    press('input[value=classes]')
    await says('No image is answered with this class, so it has no precision; it counts as 0 in the mean')
  })

  test('labels that look wrong to a network that knows nothing, with what that means', async () => {
    const { lab } = await opened(card)
    const { run } = await storedRun(lab, quick)
    await errorsOf(lab, run)
    await says('test images are answered rightly')
    press('input[value=images]')
    press('input[value=suspect-labels]')
    await says('this list mostly says what the network does not know yet')
    press('input[value=least-certain]')
    await saysNoMore('this list mostly says')
  })

  test('a class without test images', async () => {
    const few: DatasetCard = { ...card, sizes: { train: 60, test: 8 } }
    const { lab } = await opened(few)
    const { run } = await storedRun(lab, { ...quick, card: few })
    await errorsOf(lab, run)
    await says('of 8 test images are answered rightly')
    errorsPage.cell = { label: 9, predicted: 9 }
    await says('“9” has no test image')
    press('input[value=classes]')
    await says(/9 ?no test images/)
    await says('The class has no test image, so it has no recall; it counts as 0 in the mean')
  })

  test('two classes', async () => {
    const { lab } = await opened(card)
    const choice = { ...choiceOf({}), classes: [1, 4] }
    const { run } = await storedRun(lab, { ...quick, choices: { batch: 6 }, choice })
    await errorsOf(lab, run)
    await says('of 52 test images are answered rightly')
    expect(element('[role=grid]', 'Confusion matrix').getAttribute('aria-rowcount')).toBe('2')
    expect(cell()).toMatch(/^“1” answered rightly/)
    // One of two is never among more than two.
    expect(pageText()).not.toContain('Top-')
  })
})

describe('the page Errors says why it cannot count', () => {
  test('a checkpoint whose numbers are not finite', async () => {
    const { lab } = await opened(card)
    const { run } = await storedRun(lab, { ...quick, weights: filled(['classes/bias'], NaN) })
    await errorsOf(lab, run)
    await says('gives no finite numbers, so its errors cannot be counted. Choose an earlier checkpoint')
    expect(element('button', 'Try again')).toBeDefined()
    expect(document.querySelector('[role=grid]')).toBeNull()
  })

  test('a set that was removed', async () => {
    const { lab, client } = await opened(card)
    // Weights of its own: the window keeps what it knows of a checkpoint.
    const { run } = await storedRun(lab, { ...quick, weights: filled(['classes/bias'], 0.25) })
    await client.datasets.remove({ dataset: card.id })
    await errorsOf(lab, run)
    await says('MNIST is not on this computer yet')
  })

  test('a checkpoint that is no longer kept: the nearest one is shown, and said to be', async () => {
    const { lab } = await opened(card)
    const { run } = await storedRun(lab, quick)
    await errorsOf(lab, run)
    look.step = 7
    await says('The checkpoint of step 7 is no longer kept. This is the nearest one, of step 0.')
    await says('of 260 test images are answered rightly')
  })

  test('a run of other classes beside it', async () => {
    const { lab } = await opened(card)
    const { run } = await storedRun(lab, quick)
    const choice = { ...choiceOf({}), classes: [1, 4] }
    const { run: other } = await storedRun(lab, { ...quick, choices: { batch: 6 }, choice })
    await errorsOf(lab, run)
    await says('test images are answered rightly')
    look.beside = { run: other, step: null }
    await says(`Runs ${run} and ${other} tell other classes apart`)
    // What is known of the first one stays.
    press('input[value=confusion]')
    await says('260 test images are answered rightly')
  })
})

test('a pass that is cancelled in the middle loses nothing, and begins anew', async () => {
  const large: DatasetCard = { ...card, sizes: { train: 60, test: 7800 } }
  const { lab } = await opened(large)
  const { run } = await storedRun(lab, { ...quick, card: large })
  await errorsOf(lab, run)
  await says(/Checking the whole test set.* of 7,800/)
  press('button', 'Cancel')
  await says('The check was cancelled. Nothing is lost: it can begin anew.')
  press('button', 'Check the test set')
  await saysNoMore('The check was cancelled')
  await says('of 7,800 test images are answered rightly')
})
