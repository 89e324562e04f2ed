import { describe, expect, it } from 'vitest'
import { ownForm, ownLabels, type DataChoice, type SplitRule } from '../../../core/data/dataChoice.ts'
import { plainSet, type DatasetCard } from '../../../core/data/dataset.ts'
import { chosenCounts, choiceOf, type ViewedEntry } from '../../../core/data/datasetView.ts'
import { LabError } from '../../../core/words/problems.ts'
import { RandomNumbers } from '../../../core/numbers/random.ts'
import { countedParts, selectImages, type FormLabels, type SelectedImages } from '../../../core/data/selection.ts'

const everything = choiceOf({})
const range = (count: number) => Array.from({ length: count }, (_, index) => index)

function cardOf(classes: number, more: Partial<DatasetCard> = {}): DatasetCard {
  const names = range(classes).map((index) => `class ${index}`)
  return {
    ...plainSet,
    id: 'tiny',
    name: 'Tiny',
    image: { height: 8, width: 8, channels: 1 },
    classes: names,
    classesRu: names,
    sizes: { train: 1, test: 0 },
    mirrors: false,
    downloadBytes: 0,
    authors: '',
    page: '',
    licence: '',
    ...more,
  }
}

function formOf(
  train: readonly number[],
  test: readonly number[],
  groups?: { train: readonly number[]; test: readonly number[] },
): FormLabels {
  const part = (labels: readonly number[], of: readonly number[] | undefined) => ({
    labels: Uint16Array.from(labels),
    groups: of === undefined ? null : Uint16Array.from(of),
  })
  return { train: part(train, groups?.train), test: part(test, groups?.test) }
}

function entryOf(card: DatasetCard, form: FormLabels): ViewedEntry {
  const parts = countedParts(form, card.classes.length)
  return {
    ...card,
    contents: null,
    forms: [
      {
        form: ownForm,
        prepared: { sha256: '0'.repeat(64), bytes: 1, source: 'import', preparedAt: '2026-11-01T00:00:00Z' },
        image: card.image,
        parts,
        twins: 0,
      },
    ],
  }
}

/** How many images of each of so many labels are taken. */
function countsIn({ labels }: SelectedImages, places: number): number[] {
  return range(places).map((place) => labels.filter((label) => label === place).length)
}

/** A form, a card and a choice, drawn from a number. */
function drawnCase(number: number): { card: DatasetCard; form: FormLabels; choice: DataChoice } {
  const random = new RandomNumbers(number)
  let drawn = 0
  const below = (count: number): number => random.below(count, 'shift', 0, drawn++)
  const classes = 2 + below(6)
  const size = (): number => (below(4) === 0 ? 0 : below(60))
  const train = range(1 + size()).map(() => below(classes))
  const test = range(size()).map(() => below(classes))
  const groups = below(2) === 0 ? undefined : { train: train.map(() => below(5)), test: test.map(() => below(5)) }
  const of = range(classes).map(() => below(3))
  const grouping = { id: 'kinds', classes: ['one', 'two', 'three'], classesRu: ['one', 'two', 'three'], of }
  const labels = below(3) === 0 ? 'kinds' : ownLabels
  const names = labels === 'kinds' ? 3 : classes
  const some = range(names).filter(() => below(3) > 0)
  const amount = (): number | null => (below(3) === 0 ? null : 1 + below(12))
  const splits: SplitRule[] = [
    { kind: 'official' },
    { kind: 'drawn', seed: below(1000), train: amount(), test: amount() },
    { kind: 'groups', test: range(5).filter((group) => group === 2 || below(3) === 0) },
  ]
  return {
    card: cardOf(classes, { groupings: [grouping], background: below(2) === 0 ? null : below(classes) }),
    form: formOf(train, test, groups),
    choice: {
      form: ownForm,
      labels,
      classes: some.length < 2 || below(2) === 0 ? null : some,
      perClass: amount(),
      split: splits[below(3)],
    },
  }
}

describe('the images of a choice', () => {
  const cases = range(2000).map(drawnCase)

  it('are as many of each label as the choice was said to take, whatever the set and the choice', () => {
    for (const { card, form, choice } of cases) {
      const said = chosenCounts(entryOf(card, form), choice)
      const { train, test } = selectImages(card, form, choice)
      const places = said?.length ?? 0
      expect({ train: countsIn(train, places), test: countsIn(test, places) }).toEqual({
        train: said?.map((one) => one.train),
        test: said?.map((one) => one.test),
      })
      expect(train.images.length + test.images.length).toBe(said?.reduce((sum, one) => sum + one.train + one.test, 0))
    }
  })

  it('come in the order of their indices, each once and on one side', () => {
    for (const { card, form, choice } of cases) {
      const { train, test } = selectImages(card, form, choice)
      for (const { images } of [train, test])
        expect(images.every((image, place) => place === 0 || image > images[place - 1])).toBe(true)
      expect(new Set([...train.images, ...test.images]).size).toBe(train.images.length + test.images.length)
    }
  })

  it('carry the place of their class in the choice as their label', () => {
    const card = cardOf(4)
    const { train, test } = selectImages(card, formOf([3, 1, 0, 2, 1], [1, 0, 3]), { ...everything, classes: [1, 3] })
    expect(train).toEqual({ images: Uint32Array.of(0, 1, 4), labels: Uint16Array.of(1, 0, 0) })
    expect(test).toEqual({ images: Uint32Array.of(5, 7), labels: Uint16Array.of(0, 1) })
  })

  it('carry the place of their group of classes where the choice asks for a grouping', () => {
    const grouping = { id: 'kinds', classes: ['even', 'odd'], classesRu: ['even', 'odd'], of: [0, 1, 0, 1] }
    const { train } = selectImages(cardOf(4, { groupings: [grouping] }), formOf([3, 1, 0, 2], [1]), {
      ...everything,
      labels: 'kinds',
    })
    expect(train.labels).toEqual(Uint16Array.of(1, 1, 0, 0))
  })

  it('are all of them, with the labels of the files, where nothing is chosen', () => {
    const form = formOf([3, 1, 0, 2, 1], [1, 0, 3])
    const { train, test } = selectImages(cardOf(4), form, everything)
    expect(train).toEqual({ images: Uint32Array.of(0, 1, 2, 3, 4), labels: form.train.labels })
    expect(test).toEqual({ images: Uint32Array.of(5, 6, 7), labels: form.test.labels })
  })

  it('leave out a class of which nothing is here, and a class of things that belong to none', () => {
    const { train } = selectImages(cardOf(5, { background: 1 }), formOf([4, 1, 0, 2, 1], []), {
      ...everything,
      split: { kind: 'drawn', seed: 0, train: null, test: null },
    })
    expect(train).toEqual({ images: Uint32Array.of(0, 2, 3), labels: Uint16Array.of(2, 0, 1) })
  })

  it('never lie on both sides with images of one group', () => {
    for (const { card, form, choice } of cases) {
      const { split } = choice
      if (split.kind !== 'groups') continue
      const groups = [...(form.train.groups ?? []), ...(form.test.groups ?? [])]
      const { train, test } = selectImages(card, form, choice)
      expect([...train.images].filter((image) => split.test.includes(groups[image]))).toEqual([])
      expect([...test.images].filter((image) => !split.test.includes(groups[image]))).toEqual([])
    }
  })

  const drawn = (seed: number): DataChoice => ({ ...everything, split: { kind: 'drawn', seed, train: 10, test: 5 } })
  const form = formOf(
    range(120).map((image) => image % 3),
    [],
  )

  it('are divided anew by another seed, and not by another set of classes', () => {
    const card = cardOf(3)
    const first = selectImages(card, form, drawn(1))
    expect(selectImages(card, form, drawn(1))).toEqual(first)
    expect(selectImages(card, form, drawn(2))).not.toEqual(first)
    const without = selectImages(card, form, { ...drawn(1), classes: [0, 2] })
    expect([...without.test.images]).toEqual([...first.test.images].filter((image) => image % 3 !== 1))
    expect([...without.train.images]).toEqual([...first.train.images].filter((image) => image % 3 !== 1))
  })

  it('are some of those that a larger number a class takes, and test on the same', () => {
    const card = cardOf(3)
    const all = selectImages(card, form, drawn(1))
    const seven = selectImages(card, form, { ...drawn(1), perClass: 7 })
    const three = selectImages(card, form, { ...drawn(1), perClass: 3 })
    expect([...seven.train.images].every((image) => all.train.images.includes(image))).toBe(true)
    expect([...three.train.images].every((image) => seven.train.images.includes(image))).toBe(true)
    expect(three.test).toEqual(all.test)
  })

  it('are drawn evenly: each image tests about as often as any other, as a chi-squared test at 0.1 % has it', () => {
    const card = cardOf(2)
    const small = formOf(
      range(20).map((image) => image % 2),
      [],
    )
    const tested = new Array<number>(20).fill(0)
    for (let seed = 0; seed < 2000; seed += 1) {
      const { test } = selectImages(card, small, {
        ...everything,
        split: { kind: 'drawn', seed, train: null, test: 3 },
      })
      test.images.forEach((image) => (tested[image] += 1))
    }
    // 18 degrees of freedom: a class of ten gives three each time. Draws without replacement vary by less.
    expect(tested.reduce((sum, count) => sum + (count - 600) ** 2 / 600, 0)).toBeLessThan(42.31)
  })

  it('are refused for labels and classes that the set has not', () => {
    expect(() => selectImages(cardOf(2), form, { ...everything, labels: 'kinds' })).toThrow(LabError)
    expect(() => selectImages(cardOf(3), form, { ...everything, classes: [1, 3] })).toThrow(LabError)
  })
})

describe('the parts of a form', () => {
  it('are its training images by group, then its test images by group', () => {
    expect(countedParts(formOf([0, 1, 1, 0], [1], { train: [4, 2, 4, 4], test: [9] }), 2)).toEqual([
      { split: 'train', group: 2, counts: [0, 1] },
      { split: 'train', group: 4, counts: [2, 1] },
      { split: 'test', group: 9, counts: [0, 1] },
    ])
  })

  it('have no group in a set without groups', () => {
    expect(countedParts(formOf([0, 1, 1], []), 3)).toEqual([{ split: 'train', group: null, counts: [1, 2, 0] }])
  })
})
