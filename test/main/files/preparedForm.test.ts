import { mkdir, mkdtemp, readFile, readdir, rm, stat, truncate, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { phrase } from '../../../core/words/phrases.ts'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { ownForm } from '../../../core/data/dataChoice.ts'
import { plainSet, type DatasetCard } from '../../../core/data/dataset.ts'
import {
  checkPreparedSizes,
  readPreparedForm,
  verifyPreparedForm,
  writePreparedForm,
} from '../../../main/files/preparedForm.ts'

const card: DatasetCard = {
  ...plainSet,
  id: 'tiny',
  name: 'Tiny',
  image: { height: 2, width: 3, channels: 1 },
  classes: ['no', 'yes'],
  classesRu: ['нет', 'да'],
  sizes: { train: 3, test: 1 },
  mirrors: false,
  downloadBytes: 1,
  authors: 'Nobody',
  page: 'https://example.org/',
  licence: 'CC0',
}
const train = { images: Uint8Array.from({ length: 18 }, (_, index) => index), labels: Uint16Array.of(0, 1, 0) }
const tiny = {
  card,
  source: 'package' as const,
  train,
  test: { images: new Uint8Array(6).fill(7), labels: Uint16Array.of(1) },
}

let parent: string
let folder: string

beforeEach(async () => {
  parent = await mkdtemp(path.join(tmpdir(), 'conv-lab-'))
  folder = path.join(parent, 'tiny')
})
afterEach(() => rm(parent, { recursive: true }))

test('what was written is read back, and labels are little endian on disk', async () => {
  const written = await writePreparedForm(folder, tiny)
  const read = await readPreparedForm(folder)
  expect(read).toEqual({
    card,
    form: ownForm,
    parts: written.parts,
    prepared: written.prepared,
    train: { images: Buffer.from(train.images), labels: train.labels },
    test: { ...tiny.test, images: Buffer.from(tiny.test.images) },
  })
  expect(read.prepared.bytes).toBe(18 + 6 + 6 + 2)
  expect([...(await readFile(path.join(folder, 'train.labels')))]).toEqual([0, 0, 1, 0, 0, 0])
  expect(await readdir(parent)).toEqual(['tiny'])
})

test('the identity follows from the arrays alone', async () => {
  const first = await writePreparedForm(folder, { ...tiny, preparedAt: new Date(0) })
  const second = await writePreparedForm(path.join(parent, 'other'), { ...tiny, source: 'publisher' })
  expect(second.prepared.sha256).toBe(first.prepared.sha256)
})

test('a set that is there is replaced whole', async () => {
  await writePreparedForm(folder, tiny)
  await truncate(path.join(folder, 'test.images'), 1)
  await writeFile(path.join(folder, 'stray'), '')
  await writePreparedForm(folder, tiny)
  await expect(readPreparedForm(folder)).resolves.toMatchObject({ card: { id: 'tiny' } })
  expect(await readdir(folder)).not.toContain('stray')
  expect(await readdir(parent)).toEqual(['tiny'])
})

test('a cut file is noticed without reading it', async () => {
  await writePreparedForm(folder, tiny)
  await truncate(path.join(folder, 'train.images'), 17)
  expect(() => checkPreparedSizes(folder)).toThrow('train.images has 17 bytes instead of 18')
})

test('an altered byte is noticed when the set is read', async () => {
  await writePreparedForm(folder, tiny)
  await writeFile(path.join(folder, 'test.labels'), Buffer.of(0, 0))
  expect(checkPreparedSizes(folder).card).toEqual(card)
  await expect(readPreparedForm(folder)).rejects.toMatchObject({
    problem: { code: 'dataset-damaged', parameters: { detail: phrase('file-altered', { file: 'test.labels' }) } },
  })
})

test('an array that is newer than the card is read: an altered one is damage, one that was only copied is read once', async () => {
  await writePreparedForm(folder, tiny)
  const cardFile = path.join(folder, 'card.json')
  await utimes(cardFile, 0, 0)
  await verifyPreparedForm(folder)
  expect((await stat(cardFile)).mtimeMs).toBeGreaterThan(0)

  await writeFile(path.join(folder, 'test.labels'), Buffer.of(0, 0))
  await utimes(cardFile, 0, 0)
  await expect(verifyPreparedForm(folder)).rejects.toMatchObject({
    problem: {
      code: 'dataset-damaged',
      parameters: { dataset: 'Tiny', detail: phrase('file-altered', { file: 'test.labels' }) },
    },
  })
})

test.each(['', '{}', '{"format":3}'])('a card.json of %j is damage', async (text) => {
  await mkdir(folder)
  await writeFile(path.join(folder, 'card.json'), text)
  expect(() => checkPreparedSizes(folder)).toThrow('card.json is missing or unreadable')
})

test('arrays that do not fit the card are refused and leave nothing', async () => {
  await expect(writePreparedForm(folder, { ...tiny, train: { ...train, images: new Uint8Array(17) } })).rejects.toThrow(
    RangeError,
  )
  await expect(
    writePreparedForm(folder, { ...tiny, train: { ...train, labels: Uint16Array.of(0, 2, 0) } }),
  ).rejects.toThrow('label without a class')
  expect(await readdir(parent)).toEqual([])
})

test('groups belong to the identity and are read back', async () => {
  const without = await writePreparedForm(folder, tiny)
  const grouped = {
    ...tiny,
    train: { ...train, groups: Uint16Array.of(3, 700, 3) },
    test: { ...tiny.test, groups: Uint16Array.of(4) },
  }
  const written = await writePreparedForm(path.join(parent, 'grouped'), grouped)
  expect(written.prepared.sha256).not.toBe(without.prepared.sha256)
  expect(written.prepared.bytes).toBe(without.prepared.bytes + 8)
  expect(written.parts).toEqual([
    { split: 'train', group: 3, counts: [2, 0] },
    { split: 'train', group: 700, counts: [0, 1] },
    { split: 'test', group: 4, counts: [0, 1] },
  ])
  expect(await readPreparedForm(path.join(parent, 'grouped'))).toMatchObject({
    train: { groups: grouped.train.groups },
    test: { groups: grouped.test.groups },
  })
  await truncate(path.join(parent, 'grouped', 'test.groups'), 1)
  expect(() => checkPreparedSizes(path.join(parent, 'grouped'))).toThrow('test.groups has 1 bytes instead of 2')
})

test('a card of the first format is read as that of the own form, with the same identity', async () => {
  const written = await writePreparedForm(folder, tiny)
  const { card: first, prepared, files } = written
  await writeFile(path.join(folder, 'card.json'), JSON.stringify({ format: 1, card: first, prepared, files }))
  expect(checkPreparedSizes(folder)).toEqual(written)
})
