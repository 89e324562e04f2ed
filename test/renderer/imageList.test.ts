import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { usualChoice } from '../../core/data/datasetView.ts'
import type { ImagePage } from '../../core/data/dataset.ts'
import type { DataChoice } from '../../core/data/dataChoice.ts'
import { Examples } from '../../renderer/state/examples.svelte.ts'
import { ImageList, type ListedQuery } from '../../renderer/state/imageList.svelte.ts'
import { imageListOf } from '../../renderer/state/imageLists.ts'
import { animals } from './dataSets.ts'
import { Answers, calls, connected, LabEnd, refusal, settled, until } from './labEnd.ts'

interface Asked {
  readonly dataset: string
  readonly choice: DataChoice
  readonly split: 'train' | 'test'
  readonly label: number | null
  readonly from: number
  readonly count: number
}

const pages = new Answers<Asked, ImagePage>()
const end = new LabEnd({ datasets: { images: calls.datasets.images.handler(pages.take) } })
const lab = await connected(end)
const choice = usualChoice(animals)
const query: ListedQuery = { dataset: 'animals', sha256: 'a', choice, split: 'train', label: null }

/** A page of images from a list of 450: this many, starting at this index. */
function page(first: number, count = 200): ImagePage {
  return { total: 450, images: Array.from({ length: count }, (_, place) => ({ index: first + place, label: 1 })) }
}

beforeEach(() => pages.forget())
afterAll(() => end.end())

describe('a long list of images', () => {
  it('asks for the pages in view, each once', async () => {
    const list = new ImageList(query, lab)
    expect([list.total, list.at(0)]).toEqual([null, null])
    list.want(0, 1)
    list.want(150, 250)
    await until(() => pages.asked.length === 2)
    expect(pages.asked.map(({ from, count }) => [from, count])).toEqual([
      [0, 200],
      [200, 200],
    ])
    pages.give(1, page(1200))
    await until(() => list.total !== null)
    expect([list.total, list.at(0), list.at(203)]).toEqual([450, null, { index: 1203, label: 1 }])
    pages.give(0, page(1000))
    await until(() => list.at(0) !== null)
    list.want(0, 400)
    await settled()
    expect(pages.asked).toHaveLength(2)
  })

  it('keeps the refusal of a page when another page comes, and asks for it again', async () => {
    const list = new ImageList(query, lab)
    list.want(0, 400)
    await until(() => pages.asked.length === 2)
    pages.refuse(0)
    await until(() => list.problem !== null)
    pages.give(1, page(1200))
    await until(() => list.at(200) !== null)
    expect(list.problem).toEqual(refusal.problem)
    list.retry()
    expect(list.problem).toBeNull()
    await until(() => pages.asked.length === 3)
    expect(pages.asked[2]?.from).toBe(0)
    pages.give(2, page(1000))
    await until(() => list.at(0) !== null)
    list.retry()
    await settled()
    expect(pages.asked).toHaveLength(3)
  })

  it('asks for a refused page when it comes into view again', async () => {
    const list = new ImageList(query, lab)
    list.want(0, 1)
    await until(() => pages.asked.length === 1)
    pages.refuse(0)
    await until(() => list.problem !== null)
    list.want(0, 1)
    await until(() => pages.asked.length === 2)
    pages.give(1, page(0))
    await until(() => list.at(0) !== null)
    expect(list.problem).toBeNull()
  })
})

describe('the lists of the window', () => {
  it('are the same for the same images, and another for others', () => {
    const list = imageListOf(query)
    expect(imageListOf({ ...query })).toBe(list)
    expect(imageListOf({ ...query, label: 1 })).not.toBe(list)
    expect(imageListOf({ ...query, sha256: 'b' })).not.toBe(list)
  })

  it('are kept while they are among the last 40 that were used', () => {
    const kept = imageListOf({ ...query, dataset: 'kept' })
    const old = imageListOf({ ...query, dataset: 'old' })
    for (let label = 0; label < 39; label += 1) {
      imageListOf({ ...query, dataset: 'others', label })
      imageListOf({ ...query, dataset: 'kept' })
    }
    expect(imageListOf({ ...query, dataset: 'kept' })).toBe(kept)
    expect(imageListOf({ ...query, dataset: 'old' })).not.toBe(old)
  })
})

describe('examples of labels', () => {
  const example = { dataset: 'animals', sha256: 'a', choice, label: 2 }

  it('are the first training image of the label, asked for once', async () => {
    const examples = new Examples(lab)
    examples.want(example)
    examples.want(example)
    await until(() => pages.asked.length === 1)
    expect(pages.asked[0]).toMatchObject({ split: 'train', label: 1, from: 0, count: 1, choice: { classes: [1, 2] } })
    expect(examples.of(example)).toBeNull()
    pages.give(0, page(31, 1))
    await until(() => examples.of(example) !== null)
    expect(examples.of(example)).toBe(31)
    expect(examples.of({ ...example, label: 1 })).toBeNull()
    examples.want(example)
    await settled()
    expect(pages.asked).toHaveLength(1)
  })

  it('are asked for with a neighbour, which for the first label is the second', async () => {
    const examples = new Examples(lab)
    examples.want({ ...example, label: 0 })
    await until(() => pages.asked.length === 1)
    expect(pages.asked[0]).toMatchObject({ label: 0, choice: { classes: [0, 1] } })
  })

  it('are known to be missing where the label has no image, and asked for again where they were refused', async () => {
    const examples = new Examples(lab)
    examples.want(example)
    await until(() => pages.asked.length === 1)
    pages.refuse(0)
    await settled()
    examples.want(example)
    await until(() => pages.asked.length === 2)
    pages.give(1, { total: 0, images: [] })
    await settled()
    examples.want(example)
    await settled()
    expect(pages.asked).toHaveLength(2)
    expect(examples.of(example)).toBeNull()
  })
})
