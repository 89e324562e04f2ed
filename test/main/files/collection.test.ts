import { mkdtemp, readdir, rm, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { checkCollection, CollectionReader, type CollectionImage } from '../../../main/files/collection.ts'
import { CollectionWriter } from '../../../main/files/collectionWriter.ts'

let parent: string
let folder: string

beforeEach(async () => {
  parent = await mkdtemp(path.join(tmpdir(), 'conv-lab-'))
  folder = path.join(parent, 'collection')
})
afterEach(() => rm(parent, { recursive: true }))

const box = { top: 1, left: 2, bottom: 3.5, right: 4 }
const images: CollectionImage[] = [
  { picture: 'Кошки/вторая кошка.jpg', label: 1, split: 'test', group: 7, box },
  { picture: 'a.png', label: 0, split: 'train', group: null, box: null },
  { picture: 'a.png', label: 2, split: 'train', group: 7, box },
]
/** More than is gathered before it is written, and less. */
const pictures = new Map([
  ['a.png', Buffer.alloc(3_000_000, 'large')],
  ['Кошки/вторая кошка.jpg', Buffer.from('small')],
  ['empty.png', Buffer.alloc(0)],
])

async function write(): Promise<void> {
  const writer = await CollectionWriter.create(folder)
  for (const [name, bytes] of pictures) await writer.add(name, bytes)
  await writer.finish(images)
}

test('pictures and rows are read back as they came', async () => {
  await write()
  expect(checkCollection(folder)).toMatchObject({ pictures: { count: 3, bytes: 3_000_005 }, rows: { images: 3 } })
  const reader = await CollectionReader.open(folder)
  expect(reader.images).toEqual(images)
  for (const [name, bytes] of [...pictures].reverse()) expect((await reader.read(name)).equals(bytes)).toBe(true)
  await expect(reader.read('b.png')).rejects.toThrow('no picture b.png')
  await reader.close()
})

test('of two pictures of one path the first counts', async () => {
  const writer = await CollectionWriter.create(folder)
  await writer.add('a.png', Buffer.from('first'))
  await writer.add('a.png', Buffer.from('second'))
  expect(writer.paths).toEqual(['a.png'])
  await writer.finish([images[1]])
  const reader = await CollectionReader.open(folder)
  expect((await reader.read('a.png')).toString()).toBe('first')
  await reader.close()
})

test('an image of a picture that has not come is a mistake', async () => {
  const writer = await CollectionWriter.create(folder)
  await expect(writer.finish(images)).rejects.toThrow('has not come')
  await writer.abandon()
})

test('a collection counts only once it is finished, and not when it is cut or its rows are altered', async () => {
  const writer = await CollectionWriter.create(folder)
  await writer.add('a.png', Buffer.from('first'))
  expect(checkCollection(folder)).toBeNull()
  await writer.abandon()
  await rm(folder, { recursive: true })

  await write()
  expect(await readdir(folder)).toHaveLength(3)
  await truncate(path.join(folder, 'pictures'), 5)
  expect(checkCollection(folder)).toBeNull()
  await rm(folder, { recursive: true })

  await write()
  const { rows } = checkCollection(folder) ?? { rows: { bytes: 0 } }
  await writeFile(path.join(folder, 'rows.json'), ' '.repeat(rows.bytes))
  await expect(CollectionReader.open(folder)).rejects.toThrow('has been altered')
})
