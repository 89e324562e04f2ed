// @module-tag slow
import { cp, mkdir, readdir, readFile, stat, truncate, writeFile } from 'node:fs/promises'
import path from 'node:path'
import sharp from 'sharp'
import { describe, expect, test } from 'vitest'
import type { DatasetForm } from '../../../../core/data/dataChoice.ts'
import { DatasetEntry, isFailedImport } from '../../../../core/data/dataset.ts'
import { usualChoice } from '../../../../core/data/datasetView.ts'
import { phrase } from '../../../../core/words/phrases.ts'
import { sentenceOf } from '../../../../core/words/problems.ts'
import { catalogue } from '../../../../main/datasets/sets/catalogue.ts'
import type { DatasetDefinition } from '../../../../main/datasets/definition.ts'
import { DatasetStore } from '../../../../main/datasets/datasetStore.ts'
import { writePreparedForm } from '../../../../main/files/preparedForm.ts'
import { posixOnly } from '../../../platforms.ts'
import { genuineFolder } from '../sets/genuine.ts'
import {
  md5,
  planarFiles,
  planarFormat,
  tarGz,
  tinyCard,
  tinyDefinition,
  tinyTest,
  tinyTrain,
  withFolder,
} from '../tinySets.ts'

interface Bench {
  readonly store: DatasetStore
  readonly home: string
  readonly told: DatasetEntry[]
}

async function withStore(
  use: (bench: Bench) => Promise<void>,
  {
    definitions = catalogue,
    usedBy = () => null,
  }: { definitions?: readonly DatasetDefinition[]; usedBy?: (id: string) => number | null } = {},
): Promise<void> {
  await withFolder(async (home) => {
    const told: DatasetEntry[] = []
    const store = new DatasetStore({
      folder: path.join(home, 'datasets'),
      onChange: (entry) => void told.push(DatasetEntry.parse(entry)),
      definitions,
      usedBy,
    })
    try {
      await use({ store, home, told })
    } finally {
      await store.close()
    }
  })
}

async function imported({ store }: Bench, id: string, file: string, name?: string): Promise<DatasetEntry> {
  return store.whenSettled((await store.import(id, file, { name })).id)
}

/** A folder of class folders with pictures of one colour each, so many a class; equal in one class. */
async function picturesIn(folder: string, classes: Readonly<Record<string, number>>): Promise<string> {
  for (const [name, count] of Object.entries(classes)) {
    await mkdir(path.join(folder, name), { recursive: true })
    for (let index = 0; index < count; index += 1) {
      const value = 40 * Object.keys(classes).indexOf(name) + index
      await sharp({ create: { width: 40, height: 30, channels: 3, background: { r: value, g: value, b: value } } })
        .png()
        .toFile(path.join(folder, name, `снимок ${index}.png`))
    }
  }
  return folder
}

const small: DatasetForm = { side: 24, fit: 'fit', cut: { kind: 'whole' } }

describe("a person's own images", () => {
  test('become a set of their own, under a name in any letters, that is there after the next opening', async () => {
    await withStore(async (bench) => {
      const { home, told } = bench
      const folder = await picturesIn(path.join(home, 'Мои звери 2'), { кошки: 5, 'собаки и щенки': 4 })
      await writeFile(path.join(folder, 'кошки', 'битая.jpg'), 'not a picture')
      const entry = await imported(bench, 'own', folder)
      expect(entry).toMatchObject({
        id: 'own-moi-zveri-2',
        name: 'Мои звери 2',
        state: 'ready',
        problem: null,
        progress: null,
        classes: ['кошки', 'собаки и щенки'],
        obtained: 'own',
      })
      expect(entry.contents).toMatchObject({
        published: false,
        missing: [],
        broken: {
          count: 1,
          first: [{ picture: expect.stringContaining('битая.jpg'), reason: phrase('no-known-picture', {}) }],
        },
      })
      expect(entry.forms[0]).toMatchObject({
        parts: [{ split: 'train', group: null, counts: [5, 4] }],
        image: { height: 32, width: 32, channels: 3 },
      })
      // A quarter of each class tests, at least one.
      expect(entry.sizes).toEqual({ train: 7, test: 2 })
      expect([...new Set(told.map(({ progress }) => progress?.stage))]).toEqual(['reading', 'preparing', undefined])
      expect(told.every(({ id }) => id === entry.id)).toBe(true)

      const reopened = new DatasetStore({ folder: path.join(home, 'datasets'), onChange: () => undefined })
      expect(reopened.entry(entry.id)).toEqual(entry)
      expect(reopened.list().at(-1)?.id).toBe(entry.id)
      await reopened.close()
    })
  })

  test('of one name do not replace those that are here', async () => {
    await withStore(async (bench) => {
      const folder = await picturesIn(path.join(bench.home, 'zoo'), { a: 2, b: 2 })
      expect((await imported(bench, 'own', folder, 'Zoo!')).id).toBe('own-zoo')
      expect((await imported(bench, 'own', folder, 'ZOO')).id).toBe('own-zoo-2')
    })
  })

  const areRefused = async (classes: Readonly<Record<string, number>>, code: string): Promise<void> =>
    withStore(async (bench) => {
      const folder = path.join(bench.home, 'bad')
      await mkdir(folder)
      const entry = await imported(bench, 'own', await picturesIn(folder, classes))
      expect(entry).toMatchObject({ state: 'absent', contents: null, problem: { code } })
      expect(await readdir(path.join(bench.home, 'datasets'))).toEqual([])
      // Another attempt under this name is the same set.
      expect((await imported(bench, 'own', await picturesIn(folder, { c: 2, d: 2 }))).id).toBe(entry.id)
    })

  test.each([
    ['no images', {}, 'images-missing'],
    ['one class only', { a: 2 }, 'one-class-only'],
  ])('with %s are refused, and nothing is kept', (_what, classes, code) => areRefused(classes, code))

  posixOnly('folders of Windows do not differ in capitals alone')(
    'with two classes that differ in capitals are refused, and nothing is kept',
    () => areRefused({ a: 2, A: 2 }, 'classes-alike'),
  )

  test('that were refused tell why until the next import begins, and are no set', async () => {
    await withStore(async (bench) => {
      const bad = await picturesIn(path.join(bench.home, 'bad'), { a: 2 })
      const failed = await imported(bench, 'own', bad)
      expect(isFailedImport(failed)).toBe(true)
      expect(bench.store.list().filter(isFailedImport)).toEqual([failed])
      bench.told.length = 0
      const good = await imported(bench, 'own', await picturesIn(path.join(bench.home, 'good'), { a: 2, b: 2 }))
      expect(isFailedImport(good)).toBe(false)
      expect(bench.store.list().filter(({ obtained, id }) => obtained === 'own' && id !== 'own')).toEqual([good])
      // A window that showed the refusal hears that it is gone.
      expect(bench.told[0]).toMatchObject({ id: failed.id, state: 'absent', problem: null })
    })
  })

  test.each([
    ['spaces', '   '],
    ['nothing', ''],
    ['blanks that have a code of their own', '\u00a0\u3000\u200b'],
  ])('under a name of %s are refused', async (_what, name) => {
    await withStore(async (bench) => {
      const folder = await picturesIn(path.join(bench.home, 'zoo'), { a: 2, b: 2 })
      await expect(bench.store.import('own', folder, { name })).rejects.toMatchObject({
        problem: { code: 'name-blank', parameters: { name } },
      })
      expect((await imported(bench, 'own', folder, ' zoo ')).name).toBe('zoo')
    })
  })

  test('in a folder whose name is a space are refused without another name', async () => {
    await withStore(async (bench) => {
      const folder = await picturesIn(path.join(bench.home, ' '), { a: 2, b: 2 })
      await expect(bench.store.import('own', folder)).rejects.toMatchObject({ problem: { code: 'name-blank' } })
      expect((await imported(bench, 'own', folder, '2')).name).toBe('2')
    })
  })

  test('are not downloaded', async () => {
    await withStore(async ({ store }) => expect(() => store.get('own')).toThrow('Your own images cannot be downloaded'))
  })
})

describe('a copy of a published set', () => {
  test('of pictures may be a part of it: what is missing is named, and its usual form is ready', async () => {
    await withStore(async (bench) => {
      const entry = await imported(bench, 'caltech-101', path.join(genuineFolder, 'caltech-101'))
      expect(entry).toMatchObject({ state: 'ready', problem: null })
      expect(entry.contents).toMatchObject({ published: false })
      expect(entry.contents?.missing.length).toBeGreaterThan(5)
    })
  })

  test('with sessions keeps frames of one on one side', async () => {
    await withStore(async (bench) => {
      const entry = await imported(bench, 'core50', path.join(genuineFolder, 'core50'))
      expect(entry).toMatchObject({ state: 'ready', contents: { edition: '128x128' } })
      const choice = usualChoice(entry)
      expect(choice.split.kind).toBe('groups')
      const train = await bench.store.images.page('core50', choice, {
        split: 'train',
        label: null,
        from: 0,
        count: 1000,
      })
      const test = await bench.store.images.page('core50', choice, {
        split: 'test',
        label: null,
        from: 0,
        count: 1000,
      })
      expect({ train: train.total, test: test.total }).toEqual(entry.sizes)
    })
  })

  test('of arrays may be a part of it: its counts are those of its files', async () => {
    await withStore(
      async (bench) => {
        const folder = path.join(bench.home, 'partial', 'around')
        await mkdir(folder, { recursive: true })
        await writeFile(path.join(folder, 'batch_2.bin'), planarFiles['batch_2.bin'])
        await writeFile(path.join(folder, 'test.bin'), planarFiles['test.bin'].subarray(0, 74))
        const entry = await imported(bench, 'tiny', path.join(bench.home, 'partial'))
        expect(entry).toMatchObject({
          state: 'ready',
          sizes: { train: 5, test: 2 },
          prepared: { source: 'import' },
          contents: { published: false, missing: ['batch_1.bin', 'train 5/10', 'test 2/4'] },
        })
      },
      { definitions: [await tinyDefinition([])].map((definition) => ({ ...definition, alsoRead: [planarFormat] })) },
    )
  })

  test('is the published one where it gives the published images, or has the published sum', async () => {
    const archive = await tarGz(planarFiles)
    const whole = { ...(await tinyDefinition([])), alsoRead: [planarFormat] }
    const sources = [
      {
        kind: 'publisher' as const,
        files: [{ url: 'https://example.org/tiny.tar.gz', bytes: archive.byteLength, md5: md5(archive) }],
        format: planarFormat,
      },
    ]
    for (const definition of [whole, { ...whole, sha256: null, sources }]) {
      await withStore(
        async (bench) => {
          const file = path.join(bench.home, 'called otherwise')
          await writeFile(file, archive)
          expect(await imported(bench, 'tiny', file)).toMatchObject({
            state: 'ready',
            contents: { published: true, missing: [] },
          })
        },
        { definitions: [definition] },
      )
    }
  })

  test('that is none of it is refused with what was looked for, and what was here before stays', async () => {
    await withStore(async (bench) => {
      await imported(bench, 'caltech-101', path.join(genuineFolder, 'caltech-101'))
      const before = bench.store.entry('caltech-101')
      const entry = await imported(bench, 'caltech-101', path.join(genuineFolder, 'core50'))
      expect(entry).toMatchObject({ ...before, problem: { code: 'import-failed' } })
      expect(entry.problem && sentenceOf(entry.problem, 'en')).toContain('could not be imported as Caltech-101')
      await expect(bench.store.import('caltech-101', path.join(bench.home, 'nothing'))).rejects.toThrow(
        'there is nothing of this name',
      )
      // The next try began, so that the last one's failure is no longer told.
      expect(bench.store.entry('caltech-101')).toEqual(before)
    })
  })

  test('that comes only by hand says where it is to be had', async () => {
    await withStore(async ({ store }) =>
      expect(() => store.get('cityscapes')).toThrow('lab dataset import cityscapes PATH'),
    )
  })
})

describe('a form', () => {
  test('is prepared of the pictures that are here, once however often it is asked for, and stays beside the others', async () => {
    await withStore(async (bench) => {
      const { store, home, told } = bench
      const { id } = await imported(bench, 'own', await picturesIn(path.join(home, 'zoo'), { a: 3, b: 3 }))
      told.length = 0
      const [one, other] = await Promise.all([store.prepare(id, small), store.prepare(id, small)])
      expect(one.forms.map(({ form }) => form.side)).toEqual([32, 24])
      expect(other.forms).toEqual(one.forms)
      expect(told.some(({ state, progress }) => state === 'ready' && progress?.stage === 'preparing')).toBe(true)
      expect((await stat(path.join(store.folderOf(id, small), 'train.images'))).size).toBe(6 * 24 * 24 * 3)
      expect((await readdir(path.join(home, 'datasets', id, 'forms'))).sort()).toEqual(['24-fit', '32-crop'])
    })
  })

  test('of arrays is made of their own', async () => {
    await withFolder(async (home) => {
      await writePreparedForm(path.join(home, 'tiny', 'forms', 'own'), {
        card: tinyCard,
        source: 'publisher',
        train: tinyTrain,
        test: tinyTest,
      })
      const store = new DatasetStore({
        folder: home,
        onChange: () => undefined,
        definitions: [await tinyDefinition([])],
      })
      const entry = await store.prepare('tiny', small)
      expect(entry.forms[1]).toMatchObject({
        form: small,
        image: { height: 24, width: 24 },
        parts: entry.forms[0].parts,
      })
      await store.close()
    })
  })

  test('that the set cannot have is refused, and so is one of a set that is not here', async () => {
    await withStore(async (bench) => {
      const { store, home } = bench
      const { id } = await imported(bench, 'own', await picturesIn(path.join(home, 'zoo'), { a: 2, b: 2 }))
      await expect(store.prepare(id, { ...small, side: null })).rejects.toMatchObject({
        problem: { code: 'form-unfit' },
      })
      await expect(store.prepare(id, { ...small, cut: { kind: 'object', margin: 0, least: 5 } })).rejects.toMatchObject(
        { problem: { code: 'form-unfit' } },
      )
      await expect(store.prepare('caltech-256', small)).rejects.toMatchObject({
        problem: { code: 'dataset-missing' },
      })
      expect(() => store.folderOf(id, small)).toThrow('not prepared as “24-fit”')
    })
  })

  test('is cancelled amid its preparing, and nothing half-written stays', async () => {
    await withStore(async (bench) => {
      const { store, home, told } = bench
      const { id } = await imported(bench, 'own', await picturesIn(path.join(home, 'zoo'), { a: 60, b: 60 }))
      const preparing = store.prepare(id, { ...small, side: 128 })
      await expect.poll(() => told.at(-1)?.progress?.stage, { interval: 1, timeout: 10_000 }).toBe('preparing')
      store.cancel(id)
      await expect(preparing).rejects.toMatchObject({ problem: { code: 'work-cancelled' } })
      expect(await store.whenSettled(id)).toMatchObject({ state: 'ready', problem: null, progress: null })
      expect(await readdir(path.join(home, 'datasets'))).toEqual([id])
      expect(await readdir(path.join(home, 'datasets', id, 'forms'))).toEqual(['32-crop'])
    })
  })

  test('whose file was cut is prepared anew, without the network', async () => {
    await withStore(async (bench) => {
      const { store, home } = bench
      const { id, prepared } = await imported(bench, 'own', await picturesIn(path.join(home, 'zoo'), { a: 2, b: 2 }))
      await truncate(path.join(store.folderOf(id), 'train.images'), 3)
      expect(() => store.folderOf(id)).toThrow('are damaged')
      expect(store.entry(id).state).toBe('absent')
      store.get(id)
      expect(await store.whenSettled(id)).toMatchObject({
        state: 'ready',
        problem: null,
        prepared: { sha256: prepared?.sha256 },
      })
    })
  })

  test('tells of equal images on both sides of a choice', async () => {
    await withStore(async (bench) => {
      const { store, home } = bench
      const folder = await picturesIn(path.join(home, 'zoo'), { 'train/a': 2, 'train/b': 1, 'test/a': 1, 'test/b': 1 })
      // The test image of b is the first training image of a.
      await cp(path.join(folder, 'train/a', 'снимок 0.png'), path.join(folder, 'test/b', 'снимок 0.png'))
      const entry = await imported(bench, 'own', folder)
      expect(entry.forms[0].twins).toBe(2)
      const twins = await store.images.twins(entry.id, usualChoice(entry), 10)
      expect(twins).toEqual({ total: 1, pairs: [{ train: { index: 0, label: 0 }, test: { index: 4, label: 1 } }] })
      const ofB = await store.images.page(entry.id, usualChoice(entry), {
        split: 'train',
        label: 1,
        from: 0,
        count: 5,
      })
      expect(ofB).toEqual({ total: 1, images: [{ index: 2, label: 1 }] })
    })
  })
})

describe('a packed set', () => {
  test('brings everything to another computer', async () => {
    await withStore(async (bench) => {
      const { store, home } = bench
      const made = await imported(bench, 'own', await picturesIn(path.join(home, 'Звери'), { a: 3, b: 3 }))
      const entry = await store.prepare(made.id, small)
      const { file, bytes } = await store.pack(made.id, path.join(home, 'packed.tar'))
      expect(bytes).toBe((await stat(file)).size)
      await withStore(async (other) => {
        const there = await imported(other, 'own', file)
        expect(there).toEqual(entry)
        // And its forms can be made there.
        expect((await other.store.prepare(there.id, { ...small, side: 25 })).forms).toHaveLength(3)
      })
    })
  })

  test('is not taken as another set, nor when it was altered', async () => {
    await withStore(async (bench) => {
      const { store, home } = bench
      const { id } = await imported(bench, 'own', await picturesIn(path.join(home, 'zoo'), { a: 3, b: 3 }))
      const { file } = await store.pack(id, path.join(home, 'packed.tar'))
      await expect(store.import('core50', file)).rejects.toThrow('holds zoo, not CORe50')
      const before = store.entry(id)
      const bytes = await readFile(file)
      bytes[bytes.indexOf('IHDR') + 4] ^= 1
      await writeFile(file, bytes)
      expect(await imported(bench, id, file)).toEqual({
        ...before,
        problem: {
          code: 'pack-damaged',
          parameters: { file, detail: phrase('sum-unlike', { name: 'collection/pictures' }) },
        },
      })
    })
  })
})

describe('removing', () => {
  test('takes a set off the disk; one that came from its publisher can be had again', async () => {
    await withStore(async (bench) => {
      const { store, home } = bench
      await imported(bench, 'core50', path.join(genuineFolder, 'core50'))
      const own = await imported(bench, 'own', await picturesIn(path.join(home, 'zoo'), { a: 2, b: 2 }))
      expect(await store.remove('core50')).toMatchObject({ id: 'core50', state: 'absent', contents: null, forms: [] })
      expect(await store.remove(own.id)).toMatchObject({ id: own.id, state: 'absent' })
      expect(await readdir(path.join(home, 'datasets'))).toEqual([])
      expect(store.list().map(({ id }) => id)).not.toContain(own.id)
      expect(store.list().map(({ id }) => id)).toContain('core50')
    })
  })

  test('and replacing are refused while a run trains on the set', async () => {
    let run: number | null = null
    await withStore(
      async (bench) => {
        const { store, home } = bench
        await imported(bench, 'core50', path.join(genuineFolder, 'core50'))
        run = 7
        await expect(store.remove('core50')).rejects.toThrow('Run 7 trains on CORe50 or is queued for it')
        await expect(store.import('core50', path.join(genuineFolder, 'core50'))).rejects.toThrow(
          'Run 7 trains on CORe50',
        )
        expect(store.entry('core50').state).toBe('ready')
        expect(await readdir(path.join(home, 'datasets'))).toEqual(['core50'])
      },
      { usedBy: () => run },
    )
  })
})

test('the same set imported twice at once is taken once after the other, and is whole', async () => {
  await withStore(async (bench) => {
    const folder = path.join(genuineFolder, 'core50')
    await Promise.all([bench.store.import('core50', folder), bench.store.import('core50', folder)])
    expect(bench.store.get('core50').state).toBe('getting')
    expect(await bench.store.whenSettled('core50')).toMatchObject({ state: 'ready', problem: null })
    expect(await readdir(path.join(bench.home, 'datasets'))).toEqual(['core50'])
  })
})
