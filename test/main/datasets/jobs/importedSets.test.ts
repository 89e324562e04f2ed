// @module-tag slow
import { createHash } from 'node:crypto'
import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, test } from 'vitest'
import { phrase } from '../../../../core/words/phrases.ts'
import { ownForm, type DatasetForm } from '../../../../core/data/dataChoice.ts'
import type { DatasetEntry } from '../../../../core/data/dataset.ts'
import { usualChoice, viewOf } from '../../../../core/data/datasetView.ts'
import { cityscapes } from '../../../../main/datasets/sets/cityscapes.ts'
import { DatasetStore } from '../../../../main/datasets/datasetStore.ts'
import { genuineFolder } from '../sets/genuine.ts'
import {
  madePicture,
  makeCaltech256,
  makeCityscapes,
  makeHasy,
  makeLinnaeus,
  makeOwn,
  zipOf,
} from '../sets/madePieces.ts'
import { withFolder } from '../tinySets.ts'

/** Imports what lies at a path and hands the store with the set's entry on. */
async function imported(
  id: string,
  place: (folder: string) => Promise<string> | string,
  use: (entry: DatasetEntry, store: DatasetStore) => Promise<void> | void,
): Promise<void> {
  await withFolder(async (folder) => {
    const store = new DatasetStore({ folder: path.join(folder, 'home/datasets'), onChange: () => undefined })
    try {
      const { id: made } = await store.import(id, await place(folder))
      await use(await store.whenSettled(made), store)
    } finally {
      await store.close()
    }
  })
}

/** Images of each class that has any, in the usual form, by the class's name. */
function counts({ classes, forms }: DatasetEntry): Record<string, number> {
  const sums = classes.map((_, label) => (forms[0]?.parts ?? []).reduce((sum, part) => sum + part.counts[label], 0))
  return Object.fromEntries(classes.flatMap((name, label) => (sums[label] > 0 ? [[name, sums[label]]] : [])))
}

/** What a run takes of a set as it usually does. */
function usual(entry: DatasetEntry): {
  classes: readonly string[]
  sizes: { train: number; test: number }
  split: string
} {
  const choice = usualChoice(entry)
  const { classes, sizes } = viewOf(entry, choice)
  return { classes, sizes, split: choice.split.kind }
}

async function madeIn(folder: string, make: (folder: string) => Promise<void>): Promise<string> {
  const made = path.join(folder, 'given')
  await mkdir(made)
  await make(made)
  return made
}

test('CIFAR-100: the genuine piece, as published', () =>
  imported(
    'cifar-100',
    () => path.join(genuineFolder, 'cifar-100'),
    (entry) => {
      expect(entry).toMatchObject({
        state: 'ready',
        problem: null,
        contents: { published: false, missing: ['train 20/50000', 'test 10/10000'] },
      })
      expect(Object.values(counts(entry))).toEqual(Array(10).fill(3))
      expect(usual(entry)).toMatchObject({ sizes: { train: 20, test: 10 }, split: 'official' })
      const superclasses = { ...usualChoice(entry), labels: 'superclasses' }
      expect(viewOf(entry, superclasses).classes).toEqual([
        'aquatic_mammals',
        'food_containers',
        'fruit_and_vegetables',
        'large_carnivores',
        'large_man-made_outdoor_things',
        'people',
        'trees',
        'vehicles_1',
        'vehicles_2',
      ])
    },
  ))

test('Caltech-101: the genuine piece whole, and its objects', () =>
  imported(
    'caltech-101',
    () => path.join(genuineFolder, 'caltech-101'),
    async (entry, store) => {
      expect(entry).toMatchObject({ state: 'ready', problem: null, contents: { broken: { count: 0 } } })
      expect(counts(entry)).toEqual({
        brain: 3,
        cannon: 2,
        crocodile: 3,
        dolphin: 3,
        garfield: 1,
        BACKGROUND_Google: 2,
      })
      expect(usual(entry)).toEqual({
        classes: ['brain', 'cannon', 'crocodile', 'dolphin', 'garfield'],
        sizes: { train: 8, test: 4 },
        split: 'drawn',
      })
      const objects: DatasetForm = { side: 64, fit: 'fit', cut: { kind: 'object', margin: 0.1, least: 16 } }
      const prepared = await store.prepare('caltech-101', objects)
      expect(prepared.forms.map(({ image }) => image.height)).toEqual([32, 64])
    },
  ))

test('Caltech-256: a made piece without its strays, the background only where it is asked for', () =>
  imported(
    'caltech-256',
    (folder) => madeIn(folder, makeCaltech256),
    (entry) => {
      expect(entry).toMatchObject({ state: 'ready', problem: null })
      expect(counts(entry)).toEqual({ ak47: 8, dog: 8, spider: 8, clutter: 8 })
      expect(usual(entry)).toEqual({
        classes: ['ak47', 'dog', 'spider'],
        sizes: { train: 18, test: 6 },
        split: 'drawn',
      })
    },
  ))

test('Linnaeus 5: a made piece with its edition', () =>
  imported(
    'linnaeus-5',
    (folder) => madeIn(folder, makeLinnaeus),
    (entry) => {
      expect(entry).toMatchObject({ state: 'ready', problem: null, contents: { edition: '64x64' } })
      expect(usual(entry)).toMatchObject({ sizes: { train: 30, test: 10 }, split: 'official' })
    },
  ))

test('CORe50: the genuine frames, of which the sessions that are here test', () =>
  imported(
    'core50',
    () => path.join(genuineFolder, 'core50'),
    (entry) => {
      expect(entry).toMatchObject({ state: 'ready', problem: null, contents: { edition: '128x128' } })
      expect(usualChoice(entry).split).toEqual({ kind: 'groups', test: [3, 7] })
      const categories = viewOf(entry, { ...usualChoice(entry), labels: 'categories' })
      expect(categories).toMatchObject({ classes: ['scissor', 'ball'], sizes: { train: 2, test: 4 } })
    },
  ))

test('Cityscapes: objects of a made piece that are large enough', () =>
  imported(
    'cityscapes',
    (folder) => madeIn(folder, makeCityscapes),
    (entry) => {
      expect(entry).toMatchObject({ state: 'ready', problem: null })
      expect(usual(entry)).toEqual({ classes: ['person', 'car'], sizes: { train: 9, test: 3 }, split: 'official' })
    },
  ))

test('Cityscapes: a copy with the sums of what its publisher hands out counts as published, its name or size alone does not', async () => {
  await withFolder(async (folder) => {
    const given = await madeIn(folder, makeCityscapes)
    const zips = path.join(folder, 'zips')
    await mkdir(zips)
    const files = await Promise.all(
      ['leftImg8bit', 'gtFine'].map(async (name) => {
        const bytes = await zipOf(given, name)
        await writeFile(path.join(zips, `${name}_trainvaltest.zip`), bytes)
        return {
          name: `${name}_trainvaltest.zip`,
          url: `https://example.org/${name}`,
          bytes: bytes.length,
          md5: createHash('md5').update(bytes).digest('hex'),
        }
      }),
    )
    for (const [handedOut, published] of [
      [files, true],
      [[files[0], { ...files[1], md5: files[0].md5.replace(/^./, 'x') }], false],
    ] as const) {
      const store = new DatasetStore({
        folder: path.join(folder, `home-${published}`),
        onChange: () => undefined,
        definitions: [{ ...cityscapes, handedOut }],
      })
      await store.import('cityscapes', zips)
      expect((await store.whenSettled('cityscapes')).contents?.published).toBe(published)
      await store.close()
    }
  })
})

test('HASYv2: the genuine images with made tables, in their own size, tested by fold', () =>
  imported(
    'hasyv2',
    (folder) => madeIn(folder, makeHasy),
    async (entry, store) => {
      expect(entry).toMatchObject({
        state: 'ready',
        problem: null,
        forms: [{ form: ownForm, image: { height: 32, width: 32, channels: 1 } }],
      })
      expect(usualChoice(entry).split).toEqual({ kind: 'groups', test: [1] })
      expect(usual(entry)).toMatchObject({
        classes: ['O', '\\sigma', '\\Omega', '\\mathds{N}', '\\mathds{Q}'],
        sizes: { train: 7, test: 3 },
      })
      // Ink is black on white.
      const first = await store.images.pixels('hasyv2', ownForm, 0)
      expect(new Set(first?.bytes)).toEqual(new Set([0, 255]))
    },
  ))

test('one’s own images: folders become a set with its own classes, and a second import another set', () =>
  imported(
    'own',
    (folder) => madeIn(folder, (made) => makeOwn(made, true)),
    async (entry, store) => {
      expect(entry).toMatchObject({
        state: 'ready',
        problem: null,
        classes: ['my birds', 'кошки', 'собаки'],
        sizes: { train: 9, test: 6 },
      })
      expect(usual(entry).split).toBe('official')
      expect(store.list().filter(({ obtained }) => obtained === 'own').length).toBe(2)
    },
  ))

test('a set that is ready is replaced by what is imported anew, and stays where that is of another set', () =>
  imported(
    'caltech-101',
    () => path.join(genuineFolder, 'caltech-101'),
    async (_, store) => {
      const begun = await store.import(
        'caltech-101',
        path.join(genuineFolder, 'caltech-101/101_ObjectCategories/brain'),
      )
      expect(begun).toMatchObject({ state: 'ready', progress: expect.anything() })
      expect(counts(await store.whenSettled('caltech-101'))).toEqual({ brain: 3 })
      await store.import('caltech-101', path.join(genuineFolder, 'core50'))
      const refused = await store.whenSettled('caltech-101')
      expect(refused).toMatchObject({
        state: 'ready',
        problem: {
          code: 'import-failed',
          parameters: { detail: phrase('no-images-of', { name: 'Caltech-101', example: 'accordion/image_0001.jpg' }) },
        },
      })
      expect(counts(refused)).toEqual({ brain: 3 })
    },
  ))

test('one’s own images: naming the table takes the images beside it', () =>
  imported(
    'own',
    async (folder) => {
      for (const [salt, name] of ['a', 'b', 'c', 'd'].entries())
        await writeFile(
          path.join(folder, `${name}.png`),
          await madePicture({ width: 40, height: 40 }, salt).png().toBuffer(),
        )
      await writeFile(path.join(folder, 'метки.csv'), 'файл;метка\na.png;кот\nb.png;кот\nc.png;пёс\nd.png;пёс\n')
      return path.join(folder, 'метки.csv')
    },
    (entry) => {
      expect(entry).toMatchObject({ state: 'ready', problem: null, classes: ['кот', 'пёс'] })
      expect(usual(entry)).toMatchObject({ sizes: { train: 2, test: 2 }, split: 'drawn' })
    },
  ))

test.each([
  ['no images', async (folder: string) => writeFile(path.join(folder, 'readme.txt'), 'nothing'), 'images-missing'],
  [
    'one class only',
    async (folder: string) =>
      writeFile(path.join(folder, 'cat.png'), await madePicture({ width: 40, height: 40 }, 1).png().toBuffer()),
    'one-class-only',
  ],
])('a folder with %s becomes no set', (_, make, code) =>
  imported(
    'own',
    (folder) => madeIn(folder, make),
    (entry, store) => {
      expect(entry).toMatchObject({ state: 'absent', problem: { code } })
      expect(store.list().flatMap(({ forms }) => forms)).toEqual([])
    },
  ),
)
