// @module-tag slow
import { mkdir, readFile, symlink, writeFile } from 'node:fs/promises'
import path from 'node:path'
import sharp, { type Sharp } from 'sharp'
import { expect, test } from 'vitest'
import type { DatasetEntry } from '../../../../core/data/dataset.ts'
import { phrase } from '../../../../core/words/phrases.ts'
import { sentenceOf } from '../../../../core/words/problems.ts'
import { DatasetStore } from '../../../../main/datasets/datasetStore.ts'
import { homePlaces } from '../../../../main/files/places.ts'
import { lab } from '../../cli/lab.ts'
import { madeZip } from '../archives/madeArchives.ts'
import { withLinks } from '../../../platforms.ts'
import { withFolder } from '../tinySets.ts'

/** A file of a phone, whose content nobody reads. */
const heic = Buffer.from('\0\0\0\x18ftypheic\0\0\0\0mif1heic and so on', 'latin1')
const bmp = Buffer.from(`BM\x36\x10\0\0\0\0\0\0\x36\0\0\0\x28\0\0\0 and so on`, 'latin1')

function plain(value: number): Sharp {
  return sharp({ create: { width: 40, height: 30, channels: 3, background: { r: value, g: 90, b: 90 } } })
}

async function write(folder: string, files: Readonly<Record<string, Uint8Array | Sharp>>): Promise<string> {
  for (const [name, content] of Object.entries(files)) {
    await mkdir(path.dirname(path.join(folder, name)), { recursive: true })
    await writeFile(path.join(folder, name), content instanceof Uint8Array ? content : await content.toBuffer())
  }
  return folder
}

/** Imports a person's own images into a home of their own. */
async function imported(home: string, given: string): Promise<DatasetEntry> {
  const store = new DatasetStore({ folder: path.join(home, 'datasets'), onChange: () => undefined })
  try {
    const entry = await store.whenSettled((await store.import('own', given, { name: 'x' })).id)
    // What is stored says the same at the next opening.
    const again = new DatasetStore({ folder: path.join(home, 'datasets'), onChange: () => undefined })
    if (entry.state === 'ready') expect(again.entry(entry.id)).toEqual(entry)
    await again.close()
    return entry
  } finally {
    await store.close()
  }
}

const mixed = {
  'cat/1.jfif': plain(1).jpeg(),
  'cat/2.JPE': plain(2).jpeg(),
  'cat/3': plain(3).png(),
  'cat/4.txt': plain(4).webp(),
  'dog/5.jpg': plain(5).gif(),
  'dog/6.tif': plain(6).tiff(),
  'dog/7.png': plain(7).avif(),
  'dog/IMG_1.HEIC': heic,
  'dog/IMG_2.HEIC': heic,
  'dog/8.jpg': bmp,
  'dog/clip.mov': Buffer.from('\0\0\0\x14ftypqt  \0\0\0\0qt  ', 'latin1'),
  'dog/notes.txt': Buffer.from('no picture'),
}
const counted = [
  { why: phrase('kind-not-read', { kind: 'HEIC' }), count: 2 },
  { why: phrase('kind-not-read', { kind: 'BMP' }), count: 1 },
]

test('pictures are taken by their first bytes under any name, and others are named by kind', async () => {
  await withFolder(async (folder) => {
    const set = await write(path.join(folder, 'set'), mixed)
    const { contents, state, problem } = await imported(folder, set)
    expect({ state, problem }).toEqual({ state: 'ready', problem: null })
    expect(contents?.parts).toEqual([{ split: 'train', group: null, counts: [4, 3] }])
    expect(contents?.broken.count).toBe(0)
    expect(contents?.leftOut).toMatchObject([
      { ...counted[0], first: ['set/dog/IMG_1.HEIC', 'set/dog/IMG_2.HEIC'] },
      counted[1],
    ])
  })
})

withLinks('a link that leads out of the folder is named among them', async () => {
  await withFolder(async (folder) => {
    const set = await write(path.join(folder, 'set'), mixed)
    await symlink(folder, path.join(set, 'dog', 'elsewhere'))
    const { contents } = await imported(folder, set)
    expect(contents?.leftOut).toMatchObject([
      counted[0],
      { why: phrase('links-leading-out', {}), count: 1, first: ['set/dog/elsewhere'] },
      counted[1],
    ])
  })
})

test('so they are in a zip', async () => {
  await withFolder(async (folder) => {
    const set = await write(path.join(folder, 'set'), mixed)
    const entries = await Promise.all(
      Object.keys(mixed).map(async (name) => ({ name, bytes: await readFile(path.join(set, name)) })),
    )
    await writeFile(path.join(folder, 'set.zip'), madeZip(entries))
    const { contents } = await imported(folder, path.join(folder, 'set.zip'))
    expect(contents?.parts).toEqual([{ split: 'train', group: null, counts: [4, 3] }])
    expect(contents?.leftOut).toMatchObject(counted)
  })
})

test('a folder whose pictures are all left out is refused with the reason, and so is one with a single class left', async () => {
  await withFolder(async (folder) => {
    const none = await imported(folder, await write(path.join(folder, 'none'), { 'a/1.heic': heic, 'b/2.heic': heic }))
    expect(none.state).toBe('absent')
    expect(none.problem === null ? '' : sentenceOf(none.problem, 'en')).toBe(
      'No image in it could be taken. Left out: HEIC pictures, which must be converted to JPEG or PNG first (2, the first is none/a/1.heic). Change that and import it again, or give another folder.',
    )
    const one = await imported(
      folder,
      await write(path.join(folder, 'one'), { 'a/1.png': plain(1).png(), 'b/2.bmp': bmp }),
    )
    expect(one.problem).toMatchObject({ code: 'classes-left-out', parameters: { name: 'a', path: 'one/b/2.bmp' } })
    const empty = await imported(folder, await write(path.join(folder, 'empty'), { 'a/1.txt': Buffer.from('text') }))
    expect(empty.problem?.code).toBe('images-missing')
  })
})

test('a published set takes JPEG and PNG alone, told by name', async () => {
  await withFolder(async (folder) => {
    const set = await write(path.join(folder, '256_ObjectCategories'), {
      '001.ak47/001_0001.jpg': plain(1).jpeg(),
      '001.ak47/001_0002.jpg': plain(2).webp(),
      '001.ak47/001_0003.webp': plain(3).webp(),
      '002.american-flag/002_0001.jpg': plain(4).jpeg(),
    })
    const store = new DatasetStore({ folder: path.join(folder, 'datasets'), onChange: () => undefined })
    const { contents } = await store.whenSettled((await store.import('caltech-256', set)).id)
    await store.close()
    expect(contents?.leftOut).toEqual([])
    expect(contents?.broken).toMatchObject({ count: 1, first: [{ reason: phrase('neither-jpeg-nor-png', {}) }] })
  })
})

test('the command line says what was left out, when it imports and later', async () => {
  await withFolder(async (folder) => {
    await write(path.join(folder, 'set'), mixed)
    const home = homePlaces(path.join(folder, 'home'))
    const line =
      'HEIC pictures, which must be converted to JPEG or PNG first: 2 (set/dog/IMG_1.HEIC, set/dog/IMG_2.HEIC)'
    const told = (await lab(home, `dataset import own ${path.join(folder, 'set')} --name x`)).output
    expect(told.split(line)).toHaveLength(2)
    expect(told).toContain(`Left out        ${line}`)
    expect((await lab(home, 'dataset show own-x')).output).toContain(`Left out        ${line}; BMP pictures`)
  })
})
