// @module-tag slow
import { readdir, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import type { DatasetCard } from '../../../core/data/dataset.ts'
import { choiceOf } from '../../../core/data/datasetView.ts'
import { type ComparisonQuestion, receivedComparison } from '../../../core/errors/errorsComparison.ts'
import { type ErrorsReport, receivedReport } from '../../../core/errors/errorsReport.ts'
import type { LookSubject } from '../../../core/inspect/looking.ts'
import { phraseText } from '../../../core/words/phrases.ts'
import { fashionMnist } from '../../../main/datasets/sets/fashionMnist.ts'
import { mnist } from '../../../main/datasets/sets/mnist.ts'
import { storedRun } from '../inspect/storedRun.ts'
import { openLab, type OpenLab } from '../openLab.ts'
import { centred, changed, homeWith, lastOf, placeSet, refusalOf } from './errorsHome.ts'

const card: DatasetCard = { ...mnist.card, sizes: { train: 60, test: 260 } }
/** A network that answers quickly. */
const quick = { preset: 'quick', card, weights: centred } as const

async function reportOf({ client }: Pick<OpenLab, 'client'>, subject: LookSubject): Promise<ErrorsReport> {
  const done = await lastOf(client.errors.compute(subject))
  if (done?.kind !== 'done') throw new Error('there is no report')
  return receivedReport(done.report)
}

describe('a pass over the test set', () => {
  test('is told image by image, and its lists belong to its matrix', async () => {
    const open = await openLab(await homeWith(card))
    const { run } = await storedRun(open.lab, quick)
    const subject: LookSubject = { run, checkpoint: 'last' }
    const report = await reportOf(open, subject)
    expect(report).toMatchObject({ run, checkpoint: 0, images: 260, onlyAnswer: null, classes: card.classes })

    const { client } = open
    const all = await client.errors.images({ ...subject, list: { kind: 'all' }, from: 0, count: 1000 })
    expect(all.total).toBe(260)
    for (const { number, label, predicted, confidence } of all.images.slice(0, 5)) {
      const image = { kind: 'stored', split: 'test', number } as const
      const prediction = await client.look.predict({ ...subject, image })
      expect(prediction).toMatchObject({ label, predicted })
      expect(prediction.probabilities[predicted]).toBeCloseTo(confidence, 5)
    }
    const [label, predicted] = [all.images[0].label, all.images[0].predicted]
    const list = { kind: 'cell', label, predicted } as const
    const cell = await client.errors.images({ ...subject, list, from: 0, count: 10 })
    expect(cell.total).toBe(report.confusion[label][predicted])
    const mistakes = { kind: 'confident-mistakes' } as const
    const wrong = await client.errors.images({ ...subject, list: mistakes, from: 0, count: 10 })
    expect(wrong.total).toBe(report.images - report.correct)
    const suspects = { kind: 'suspect-labels' } as const
    expect(await client.errors.images({ ...subject, list: suspects, from: 0, count: 1 })).toMatchObject({
      total: report.suspectLabels,
    })
    const beyond = { kind: 'cell', label: 10, predicted: null } as const
    expect(await refusalOf(client.errors.images({ ...subject, list: beyond, from: 0, count: 1 }))).toMatch(
      /^There is no class number 10/,
    )
    const { text } = await client.errors.csv({ ...subject, table: 'predictions' })
    expect(text.split('\n')).toHaveLength(262)
  })

  test('is answered from its file at once, without engine and checkpoint file', async () => {
    const home = await homeWith(card)
    const first = await openLab(home)
    const { run, folder, checkpoint } = await storedRun(first.lab, quick)
    const report = await reportOf(first, { run, checkpoint: 'last' })
    await first.lab.close()

    const second = await openLab(home)
    await rm(path.join(folder, checkpoint.file))
    expect(await reportOf(second, { run, checkpoint: 'last' })).toEqual(report)
    expect(second.engines).toHaveLength(0)
  })

  test('is computed again when its file is damaged, with the same figures', async () => {
    const home = await homeWith(card)
    const first = await openLab(home)
    const { run } = await storedRun(first.lab, quick)
    const report = await reportOf(first, { run, checkpoint: 'last' })
    await first.lab.close()
    const [file] = await readdir(home.testPasses)
    await writeFile(path.join(home.testPasses, file), 'damaged')

    const second = await openLab(home)
    expect(await reportOf(second, { run, checkpoint: 'last' })).toEqual(report)
    expect(second.engines).toHaveLength(1)
  })

  test('can be cancelled in the middle, and asked for again', async () => {
    const large: DatasetCard = { ...card, sizes: { train: 60, test: 2600 } }
    const home = await homeWith(large)
    const open = await openLab(home)
    const { run } = await storedRun(open.lab, { ...quick, card: large })
    for await (const event of await open.client.errors.compute({ run, checkpoint: 'last' })) {
      expect(event.kind).toBe('progress')
      break
    }
    expect(await readdir(home.testPasses).catch(() => [])).toEqual([])
    expect(await reportOf(open, { run, checkpoint: 'last' })).toMatchObject({ images: 2600 })
  })

  test('lets other questions pass', async () => {
    const large: DatasetCard = { ...card, sizes: { train: 60, test: 5200 } }
    const open = await openLab(await homeWith(large))
    const { run } = await storedRun(open.lab, { ...quick, card: large })
    const image = { kind: 'stored', split: 'test', number: 3 } as const
    const told: string[] = []
    let predicted: Promise<unknown> = Promise.resolve()
    for await (const event of await open.client.errors.compute({ run, checkpoint: 'last' })) {
      if (told.length === 0)
        predicted = open.client.look.predict({ run, checkpoint: 'last', image }).then(() => told.push('prediction'))
      told.push(event.kind)
    }
    await predicted
    expect(told.indexOf('prediction')).toBeLessThan(told.indexOf('done'))
  })
})

describe('what is odd is counted as it is', () => {
  test('classes without test images, of which none is a mistake', async () => {
    const few: DatasetCard = { ...card, sizes: { train: 60, test: 8 } }
    const open = await openLab(await homeWith(few))
    const { run } = await storedRun(open.lab, { ...quick, card: few })
    const { perClass, images } = await reportOf(open, { run, checkpoint: 'last' })
    expect(images).toBe(8)
    expect(perClass[9]).toMatchObject({ images: 0, recall: 0 })
    expect(perClass[9].undefined).toContain('recall')
  })

  test('answers that are all one class', async () => {
    const open = await openLab(await homeWith(card))
    const { run } = await storedRun(open.lab, {
      ...quick,
      weights: changed(['classes/kernel', 'classes/bias'], () => 0),
    })
    const report = await reportOf(open, { run, checkpoint: 'last' })
    expect(report).toMatchObject({ onlyAnswer: 0, correct: report.perClass[0].images })
    expect(report.perClass[3]).toMatchObject({ predicted: 0, precision: 0 })
    expect(report.perClass[3].undefined).toEqual(['precision'])
  })

  test('two classes', async () => {
    const open = await openLab(await homeWith(card))
    const { run } = await storedRun(open.lab, {
      ...quick,
      choices: { batch: 6 },
      choice: { ...choiceOf({}), classes: [1, 4] },
    })
    const report = await reportOf(open, { run, checkpoint: 'last' })
    expect(report).toMatchObject({ images: 52, topK: [{ k: 1 }], order: [0, 1] })
  })
})

describe('what cannot be counted says why', () => {
  test('weights that are not finite', async () => {
    const open = await openLab(await homeWith(card))
    const { run } = await storedRun(open.lab, { ...quick, weights: changed(['classes/bias'], () => NaN) })
    const { run: whole } = await storedRun(open.lab, quick)
    expect(await refusalOf(lastOf(open.client.errors.compute({ run, checkpoint: 'last' })))).toBe(
      `The network of run ${run} at step 0 gives no finite numbers, so its errors cannot be counted. Choose an earlier checkpoint or train with a lower learning rate.`,
    )
    expect(await reportOf(open, { run: whole, checkpoint: 'last' })).toMatchObject({ run: whole })
  })

  test('a checkpoint that was pruned, and one that is damaged', async () => {
    const open = await openLab(await homeWith(card))
    const { run, folder, checkpoint } = await storedRun(open.lab, quick)
    const { errors } = open.client
    expect(await refusalOf(lastOf(errors.compute({ run, checkpoint: 7 })))).toMatch(
      /^Run 1 has no checkpoint at step 7\./,
    )
    await writeFile(path.join(folder, checkpoint.file), 'damaged')
    expect(await refusalOf(lastOf(errors.compute({ run, checkpoint: 'last' })))).toMatch(
      /^The checkpoint file .* is damaged/,
    )
  })

  test('a set that was removed or replaced; what was counted before is still there', async () => {
    const home = await homeWith(card)
    const first = await openLab(home)
    const { run: counted } = await storedRun(first.lab, quick)
    const { run } = await storedRun(first.lab, {
      ...quick,
      choices: { seed: 9 },
      weights: changed(['bias'], () => 0.1),
    })
    const report = await reportOf(first, { run: counted, checkpoint: 'last' })
    await first.client.datasets.remove({ dataset: card.id })
    const compute = ({ client }: OpenLab): Promise<string> =>
      refusalOf(lastOf(client.errors.compute({ run, checkpoint: 'last' })))
    expect(await compute(first)).toMatch(/^MNIST is not on this computer yet/)
    expect(await reportOf(first, { run: counted, checkpoint: 'last' })).toEqual(report)
    await first.lab.close()

    // Other images, and other names of the classes.
    await placeSet(home, { ...card, classes: card.classes.map((name) => `other ${name}`) }, 5)
    const second = await openLab(home)
    expect(await compute(second)).toMatch(/^The files of MNIST are not the ones this run was trained on/)
    expect(await reportOf(second, { run: counted, checkpoint: 'last' })).toEqual(report)
  })
})

describe('two runs', () => {
  const compared = ({ client }: OpenLab, first: number, second: number) => {
    const question: ComparisonQuestion = {
      first: { run: first, checkpoint: 'last' },
      second: { run: second, checkpoint: 'last' },
    }
    return { question, done: lastOf(client.errors.compare(question)) }
  }

  test('are compared over the same images, with a verdict in words', async () => {
    const open = await openLab(await homeWith(card))
    const { run: first } = await storedRun(open.lab, quick)
    const { run: second } = await storedRun(open.lab, {
      ...quick,
      choices: { seed: 2 },
      weights: changed(['classes/kernel'], (value) => -value),
    })
    const { question, done } = compared(open, first, second)
    const event = await done
    if (event?.kind !== 'done') throw new Error('there is no comparison')
    const comparison = receivedComparison(event.comparison)
    const [one, other] = [await reportOf(open, question.first), await reportOf(open, question.second)]
    expect(comparison.difference).toEqual(
      other.confusion.map((row, label) => row.map((count, answer) => count - one.confusion[label][answer])),
    )
    const { both, onlyFirst, onlySecond, neither } = comparison
    expect(both + onlyFirst).toBe(one.correct)
    expect(both + onlySecond).toBe(other.correct)
    expect(both + onlyFirst + onlySecond + neither).toBe(260)
    expect(phraseText(comparison.verdict, 'en')).toMatch(/chance/)
    for (const [right, count] of [
      ['first', onlyFirst],
      ['second', onlySecond],
    ] as const) {
      const page = await open.client.errors.compared({ ...question, right, from: 0, count: 1000 })
      expect(page.total).toBe(count)
      for (const image of page.images)
        expect([image.first.predicted === image.label, image.second.predicted === image.label]).toEqual([
          right === 'first',
          right === 'second',
        ])
    }
    const { done: same } = compared(open, first, first)
    expect(await same).toMatchObject({ comparison: { onlyFirst: 0, verdict: { phrase: 'difference-none' } } })
  })

  test('of other sets, classes or images are refused in a sentence that says why', async () => {
    const clothes: DatasetCard = { ...fashionMnist.card, sizes: { train: 60, test: 260 } }
    const open = await openLab(await homeWith(card, clothes))
    const { run } = await storedRun(open.lab, quick)
    const { run: otherSet } = await storedRun(open.lab, { ...quick, card: clothes })
    const { run: otherClasses } = await storedRun(open.lab, {
      ...quick,
      choices: { batch: 6 },
      choice: { ...choiceOf({}), classes: [1, 4] },
    })
    const split = { kind: 'drawn', seed: 3, train: null, test: null } as const
    const { run: otherImages } = await storedRun(open.lab, { ...quick, choice: { ...choiceOf({}), split } })
    const { run: otherTraining } = await storedRun(open.lab, {
      ...quick,
      choice: { ...choiceOf({}), perClass: 4 },
    })
    const refusal = (second: number): Promise<string> => refusalOf(compared(open, run, second).done)
    expect(await refusal(otherSet)).toBe(
      `Run ${run} was tested on MNIST, run ${otherSet} on Fashion-MNIST: image by image they cannot be compared. Choose two runs that were tested on the same images.`,
    )
    expect(await refusal(otherClasses)).toMatch(/tell other classes apart/)
    expect(await refusal(otherImages)).toMatch(/were tested on different images of MNIST/)
    // Trained on fewer images, tested on the same.
    expect(await refusal(otherTraining)).toBe('answered')
  })
})
