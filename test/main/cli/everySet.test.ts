// @module-tag slow
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { catalogue } from '../../../main/datasets/sets/catalogue.ts'
import { homePlaces, type Home } from '../../../main/files/places.ts'
import { genuineFolder } from '../datasets/sets/genuine.ts'
import { makeCaltech256, makeCityscapes, makeHasy, makeLinnaeus, makeOwn } from '../datasets/sets/madePieces.ts'
import { idxFile } from '../datasets/tinySets.ts'
import { lab } from './lab.ts'

const range = (count: number) => Array.from({ length: count }, (_, index) => index)

/** MNIST in its layout: so many images of a bar whose height tells the class. */
async function makeIdx(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true })
  for (const [part, count] of [
    ['train', 40],
    ['t10k', 20],
  ] as const) {
    const pixels = range(count * 784).map((place) =>
      Math.floor((place % 784) / 28) < 2 * (Math.floor(place / 784) % 10) + 4 ? 230 : (place * 7) % 23,
    )
    await writeFile(path.join(folder, `${part}-images-idx3-ubyte`), idxFile([count, 28, 28], pixels))
    await writeFile(
      path.join(folder, `${part}-labels-idx1-ubyte`),
      idxFile(
        [count],
        range(count).map((image) => image % 10),
      ),
    )
  }
}

/** CIFAR-10 in its binary layout: of one training batch and the test batch some images of a brightness a class. */
async function makeCifar10(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true })
  const record = (image: number): number[] => [
    image % 10,
    ...range(3072).map((place) => 20 * (image % 10) + ((place * 7) % 50)),
  ]
  await writeFile(path.join(folder, 'data_batch_1.bin'), Buffer.from(range(40).flatMap(record)))
  await writeFile(path.join(folder, 'test_batch.bin'), Buffer.from(range(20).flatMap(record)))
}

/** Puts a piece of a set into a folder, and tells where it is. */
type Piece = (folder: string) => Promise<string>
const genuine =
  (name: string): Piece =>
  () =>
    Promise.resolve(path.join(genuineFolder, name))
const made =
  (make: (folder: string) => Promise<void>): Piece =>
  async (folder) => {
    await make(folder)
    return folder
  }

/**
 * For each set of the catalogue where a piece of it comes from, what its run takes of it, and how many classes it then
 * shall tell apart.
 */
const pieces: Readonly<
  Record<string, { readonly piece: Piece | null; readonly choice?: string; readonly classes: number }>
> = {
  'cifar-10': { piece: made(makeCifar10), classes: 10 },
  'cifar-100': { piece: genuine('cifar-100'), classes: 10 },
  mnist: { piece: made(makeIdx), classes: 10 },
  'fashion-mnist': { piece: made(makeIdx), classes: 10 },
  'linnaeus-5': { piece: made(makeLinnaeus), choice: '--side 64', classes: 5 },
  'caltech-101': { piece: genuine('caltech-101'), classes: 5 },
  'caltech-256': { piece: made(makeCaltech256), choice: '--classes ak47,clutter', classes: 2 },
  core50: { piece: genuine('core50'), classes: 3 },
  cityscapes: { piece: made(makeCityscapes), choice: '--margin 0.2', classes: 2 },
  hasyv2: { piece: made(makeHasy), classes: 5 },
  // Conv Lab draws it.
  shapes: { piece: null, classes: 6 },
  own: { piece: made((folder) => makeOwn(folder, false)), classes: 3 },
}

let folder: string
let home: Home
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'conv-lab-sets-'))
  home = homePlaces(path.join(folder, 'home'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

async function importOf(id: string): Promise<string> {
  const { piece } = pieces[id]
  const words =
    piece === null
      ? `dataset get ${id} --json`
      : `dataset import ${id} ${await piece(path.join(folder, id))}${id === 'own' ? ' --name Animals' : ''} --json`
  const { code, error, values } = await lab(home, words)
  expect({ code, error }).toEqual({ code: 0, error: '' })
  const last = values.at(-1)
  expect(last).toMatchObject({ event: 'done', state: 'ready' })
  return String(last?.['dataset'])
}

const imports = new Map<string, Promise<string>>()

/** Imports a piece of a set, once; tells the id under which it then is. */
function imported(id: string): Promise<string> {
  const known = imports.get(id) ?? importOf(id)
  imports.set(id, known)
  return known
}

test('a piece of every set is at hand', () => {
  expect(Object.keys(pieces)).toEqual(catalogue.map(({ card }) => card.id))
})

describe.each(Object.entries(pieces))('%s', (id, { choice, classes }) => {
  test('is imported and trains 100 steps, with a batch that fits', async () => {
    const dataset = await imported(id)
    const { code, error, values } = await lab(
      home,
      `train --dataset ${dataset}${choice === undefined ? '' : ` ${choice}`} --steps 100 --json`,
    )
    expect({ code, error }).toEqual({ code: 0, error: '' })
    expect(values.at(-1)).toMatchObject({ event: 'done', step: 100 })
    const run = String(values.at(-1)?.['run'])
    const [detail] = (await lab(home, `run ${run} --json`)).values
    expect(detail).toMatchObject({ state: 'done', config: { data: { dataset } } })
    expect(detail['classes']).toHaveLength(classes)
  })
})

describe('what a run takes of a set', () => {
  test('is chosen by the names of classes, and told by them', async () => {
    await imported('cifar-100')
    await lab(home, 'train --dataset cifar-100 --classes tiger,apple --batch 4 --steps 1')
    const { values } = await lab(
      home,
      'train --dataset cifar-100 --classes bottle,apple,bicycle --per-class 2 --batch 6 --steps 3 --json',
    )
    expect(values.at(-1)).toMatchObject({ event: 'done', step: 3 })
    const run = Number(values.at(-1)?.['run'])
    const [detail] = (await lab(home, `run ${run} --json`)).values
    expect(detail).toMatchObject({ classes: ['apple', 'bicycle', 'bottle'], trainImages: 6 })
    const compared = await lab(home, `compare ${run} ${run - 1} --json`)
    expect(compared.values[0]['classes']).toEqual([
      ['apple', 'bicycle', 'bottle'],
      ['apple', 'tiger'],
    ])
    expect((await lab(home, `run ${run}`)).output).toContain('It tells apart: apple, bicycle, bottle.')
  })

  test('can be a grouping, other groups for the test and another size, whose form is prepared first', async () => {
    await imported('core50')
    const { code, values } = await lab(
      home,
      'train --dataset core50 --labels categories --side 48 --test-groups 3 --steps 3 --json',
    )
    expect(code).toBe(0)
    expect(values.map(({ event }) => event)).toContain('batch')
    const [detail] = (await lab(home, `run ${String(values.at(-1)?.['run'])} --json`)).values
    expect(detail).toMatchObject({
      classes: ['scissor', 'ball'],
      config: {
        model: { input: { height: 36 } },
        data: { choice: { labels: 'categories', split: { kind: 'groups', test: [3] } } },
      },
    })
  })

  test('can be the annotated objects alone, each in the middle of black', async () => {
    await imported('caltech-101')
    const { code, error, values } = await lab(
      home,
      'train --dataset caltech-101 --cut object --least 16 --fit fit --steps 3 --json',
    )
    expect({ code, error }).toEqual({ code: 0, error: '' })
    const [detail] = (await lab(home, `run ${String(values.at(-1)?.['run'])} --json`)).values
    expect(detail).toMatchObject({
      config: { data: { choice: { form: { side: 32, fit: 'fit', cut: { kind: 'object', margin: 0.1, least: 16 } } } } },
    })
  })

  test('that cannot be is refused in one sentence, and nothing is begun', async () => {
    await imported('cifar-100')
    const before = (await lab(home, 'runs --json')).values
    const refusals = [
      ['--classes aple,bicycle', 'no class “aple”. Names like it: apple'],
      ['--classes apple', 'two or more'],
      ['--classes apple,bear', 'no image of “bear” is here'],
      ['--labels kinds', 'has no labels “kinds”'],
      ['--per-class 1 --batch 11', 'Choose a batch of at most 10'],
      ['--cut object', 'offers only whole'],
    ]
    for (const [words, part] of refusals) {
      const { code, error } = await lab(home, `train --dataset cifar-100 ${words} --steps 3`)
      expect({ words, code, error }).toEqual({ words, code: 1, error: expect.stringContaining(part) })
      expect(error.trim().split('\n')).toHaveLength(1)
    }
    expect((await lab(home, 'runs --json')).values).toEqual(before)
  })
})

describe('a set', () => {
  test('is shown with its classes, and prepared in another size', async () => {
    await imported('caltech-101')
    const prepared = await lab(home, 'dataset prepare caltech-101 --side 64 --fit fit --json')
    expect(prepared.values.at(-1)).toMatchObject({
      event: 'done',
      dataset: 'caltech-101',
      form: { side: 64, fit: 'fit' },
    })
    const { output } = await lab(home, 'dataset show caltech-101')
    expect(output).toMatch(/Licence +CC BY 4\.0/)
    expect(output).toMatch(/^ *64-fit +64 x 64/m)
    expect(output).toMatch(/^dolphin +2 +1$/m)
  })

  test('is packed into a file, removed, and had again from it', async () => {
    await imported('core50')
    const file = path.join(folder, 'core50.pack')
    expect((await lab(home, `dataset pack core50 --out ${file} --json`)).values.at(-1)).toMatchObject({
      event: 'done',
      file,
    })
    const shown = (await lab(home, 'dataset show core50 --json')).values[0]
    expect((await lab(home, 'dataset remove core50 --json')).values.at(-1)).toMatchObject({
      event: 'done',
      state: 'absent',
    })
    expect((await lab(home, 'train --dataset core50 --offline --steps 3')).error).toContain(
      'CORe50 is not on this computer yet',
    )
    expect((await lab(home, `dataset import core50 ${file} --json`)).values.at(-1)).toMatchObject({ state: 'ready' })
    expect((await lab(home, 'dataset show core50 --json')).values[0]).toMatchObject({
      prepared: { sha256: Reflect.get(Object(shown['prepared']), 'sha256') },
    })
  })
})
