// @module-tag slow
import { existsSync } from 'node:fs'
import { cp, mkdir, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import path from 'node:path'
import sharp from 'sharp'
import { describe, expect, test } from 'vitest'
import { DatasetEntry } from '../../../../core/data/dataset.ts'
import { PlanningEvent, type PlannedReadings } from '../../../../core/reading/planning.ts'
import type { ReadingWishes } from '../../../../core/reading/readingWishes.ts'
import { phrase } from '../../../../core/words/phrases.ts'
import { sentenceOf } from '../../../../core/words/problems.ts'
import { DatasetStore } from '../../../../main/datasets/datasetStore.ts'
import { madeTar, madeZip } from '../archives/madeArchives.ts'
import { withLinks } from '../../../platforms.ts'
import { withFolder } from '../tinySets.ts'

interface Bench {
  readonly store: DatasetStore
  readonly home: string
}

async function withStore(use: (bench: Bench) => Promise<void>): Promise<void> {
  await withFolder(async (home) => {
    const store = new DatasetStore({ folder: path.join(home, 'datasets'), onChange: () => undefined })
    try {
      await use({ store, home })
    } finally {
      await store.close()
    }
  })
}

const red = await sharp({ create: { width: 40, height: 30, channels: 3, background: 'red' } })
  .png()
  .toBuffer()

/** Files with one and the same picture, where they are not given other bytes. */
async function filesIn(
  folder: string,
  files: readonly (string | readonly [string, string | Buffer])[],
): Promise<string> {
  for (const file of files) {
    const [name, bytes] = typeof file === 'string' ? [file, red] : file
    await mkdir(path.dirname(path.join(folder, name)), { recursive: true })
    await writeFile(path.join(folder, name), bytes)
  }
  return folder
}

/** `cat/0.png`, `cat/1.png` ... */
function numbered(folder: string, count: number, ending = '.png'): string[] {
  return Array.from({ length: count }, (_, index) => `${folder}/${index}${ending}`)
}

async function eventsOf({ store }: Bench, given: string, wishes?: ReadingWishes): Promise<PlanningEvent[]> {
  const events: PlanningEvent[] = []
  for await (const event of store.plan(given, wishes)) events.push(PlanningEvent.parse(event))
  return events
}

async function planned(bench: Bench, given: string, wishes?: ReadingWishes): Promise<PlannedReadings> {
  const last = (await eventsOf(bench, given, wishes)).at(-1)
  if (last?.kind !== 'planned') throw new Error(`planning ended with ${last?.kind}`)
  return last
}

async function imported({ store }: Bench, given: string, wishes?: ReadingWishes): Promise<DatasetEntry> {
  return DatasetEntry.parse(await store.whenSettled((await store.import('own', given, { name: 'x', wishes })).id))
}

describe('a folder', () => {
  test('is planned by its names, first bytes and tables, with progress, and nothing of it is taken', async () => {
    await withStore(async (bench) => {
      const { home, store } = bench
      const folder = await filesIn(path.join(home, 'pets'), [
        ...numbered('cat', 6),
        ...numbered('dog', 5, ''),
        ['cat/phone.jpg', Buffer.from('\0\0\0\x18ftypheic\0\0\0\0mif1heic', 'latin1')],
        ['cat/.DS_Store', 'litter'],
        ['dog/notes.txt', 'no picture'],
        ['credits.csv', 'file,author\ncat/0.png,Ann\ncat/1.png,Bob\n'],
      ])
      const events = await eventsOf(bench, folder)
      expect([...new Set(events.map((event) => (event.kind === 'progress' ? event.stage : event.kind)))]).toEqual([
        'walking',
        'looking',
        'showing',
        'planned',
      ])
      const { readings, question, pictures, byName } = await planned(bench, folder)
      expect([question, byName, readings.length]).toEqual([null, false, 1])
      const [{ plan, first }] = readings
      expect(plan).toMatchObject({
        labels: { from: 'folders' },
        parts: { from: 'seed' },
        classes: [
          { name: 'cat', train: 6, validation: 0, test: 0 },
          { name: 'dog', train: 5, validation: 0, test: 0 },
        ],
        validation: null,
        tables: [{ table: 'pets/credits.csv', rows: 2, use: 'nothing' }],
        leftOut: expect.arrayContaining([
          { why: phrase('kind-not-read', { kind: 'HEIC' }), count: 1, first: ['pets/cat/phone.jpg'] },
        ]),
      })
      expect(new Set(first.map(({ className }) => className))).toEqual(new Set(['cat', 'dog']))
      expect(Object.keys(pictures).sort()).toEqual(first.map(({ picture }) => picture).sort())
      expect(existsSync(path.join(home, 'datasets'))).toBe(false)
      expect(store.list().some(({ id }) => id.startsWith('own-'))).toBe(false)
    })
  })

  withLinks('is planned with a word about a link to nothing', async () => {
    await withStore(async (bench) => {
      const folder = await filesIn(path.join(bench.home, 'pets'), [...numbered('cat', 2), ...numbered('dog', 2)])
      await symlink('nowhere', path.join(folder, 'dog', 'link'))
      const [{ plan }] = (await planned(bench, folder)).readings
      expect(plan.leftOut).toContainEqual({
        why: phrase('links-to-nothing', {}),
        count: 1,
        first: ['pets/dog/link'],
      })
    })
  })

  test('is planned as it is imported afterwards, and the set keeps the plan', async () => {
    await withStore(async (bench) => {
      const folder = await filesIn(path.join(bench.home, 'set'), [
        ...numbered('train/a', 4),
        ...numbered('train/b', 3),
        ...numbered('test/a', 2),
        ...numbered('test/b', 1),
      ])
      const [{ plan }] = (await planned(bench, folder)).readings
      expect(plan.classes).toEqual([
        { name: 'a', train: 4, validation: 0, test: 2 },
        { name: 'b', train: 3, validation: 0, test: 1 },
      ])
      const entry = await imported(bench, folder)
      expect(entry).toMatchObject({ state: 'ready', problem: null, sizes: { train: 7, test: 3 } })
      expect(entry.contents?.plan).toEqual(plan)
      const reopened = new DatasetStore({ folder: path.join(bench.home, 'datasets'), onChange: () => undefined })
      expect(reopened.entry(entry.id).contents?.plan).toEqual(plan)
      await reopened.close()
    })
  })

  test('shows its first images small; what cannot be decoded is not shown', async () => {
    await withStore(async (bench) => {
      const folder = await filesIn(path.join(bench.home, 'set'), ['a/0.png', ['b/0.jpg', 'no picture at all']])
      const { pictures } = await planned(bench, folder)
      expect(pictures['set/b/0.jpg']).toBeNull()
      const [, base64] = /^data:image\/webp;base64,(.+)$/.exec(pictures['set/a/0.png'] ?? '') ?? []
      const { data, info } = await sharp(Buffer.from(base64, 'base64')).raw().toBuffer({ resolveWithObject: true })
      expect(info).toMatchObject({ width: 64, height: 64, channels: 3 })
      const [r, g, b] = data.subarray((32 * 64 + 32) * 3)
      expect([r > 200, g < 60, b < 60]).toEqual([true, true, true])
    })
  })

  test('without images is refused with the reason, and so is what is not there', async () => {
    await withStore(async (bench) => {
      const folder = await filesIn(path.join(bench.home, 'phone'), [
        ['a/1.jpg', Buffer.from('\0\0\0\x18ftypheic\0\0\0\0mif1heic', 'latin1')],
      ])
      await expect(planned(bench, folder)).rejects.toMatchObject({
        problem: { code: 'images-left-out', parameters: { why: phrase('kind-not-read', { kind: 'HEIC' }) } },
      })
      await expect(planned(bench, path.join(bench.home, 'nothing'))).rejects.toMatchObject({
        problem: { code: 'import-failed' },
      })
    })
  })
})

describe('an archive', () => {
  const files = [...numbered('pets/cat', 3), ...numbered('pets/dog', 2)].map((name) => ({ name, bytes: red }))

  test('in zip has its pictures told by their names, and its first images are shown', async () => {
    await withStore(async (bench) => {
      const zip = path.join(bench.home, 'pets.zip')
      const phone = { name: 'pets/cat/phone.HEIC', bytes: Buffer.from('x') }
      await writeFile(zip, madeZip([...files, phone]))
      const events = await eventsOf(bench, zip)
      expect(events.some((event) => event.kind === 'progress' && event.stage === 'reading')).toBe(true)
      const { readings, pictures, byName } = await planned(bench, zip)
      expect(byName).toBe(true)
      expect(readings[0].plan).toMatchObject({
        classes: [
          { name: 'cat', train: 3 },
          { name: 'dog', train: 2 },
        ],
        leftOut: [{ why: phrase('kind-not-read', { kind: 'HEIC' }), count: 1, first: ['pets/cat/phone.HEIC'] }],
      })
      expect(Object.values(pictures).map((one) => one?.slice(0, 16))).toEqual(Array(5).fill('data:image/webp;'))
    })
  })

  test('in another one is unpacked beside the sets, and nothing of it stays', async () => {
    await withStore(async (bench) => {
      const tar = path.join(bench.home, 'pets.tar')
      await writeFile(tar, madeTar([{ name: 'download/pets.zip', bytes: madeZip(files) }]))
      const { readings, pictures } = await planned(bench, tar)
      expect(readings[0].plan.classes.map(({ name }) => name)).toEqual(['cat', 'dog'])
      expect(Object.values(pictures)).not.toContain(null)
      expect(await readdir(path.join(bench.home, 'datasets'))).toEqual([])
    })
  })

  test('that is broken is refused with a sentence', async () => {
    await withStore(async (bench) => {
      const zip = path.join(bench.home, 'pets.zip')
      await writeFile(zip, madeZip(files).subarray(0, 300))
      await expect(planned(bench, zip)).rejects.toMatchObject({ problem: { code: 'import-failed' } })
    })
  })

  test('that is a packed set needs no plan', async () => {
    await withStore(async (bench) => {
      const folder = await filesIn(path.join(bench.home, 'set'), [...numbered('a', 3), ...numbered('b', 3)])
      const { id } = await imported(bench, folder)
      const file = path.join(bench.home, 'x.conv-lab')
      await bench.store.pack(id, file)
      expect(await eventsOf(bench, file)).toEqual([{ kind: 'packed', name: 'x' }])
    })
  })
})

/** A table with a row for each picture. */
function rowsOf(titles: string, pictures: readonly string[], cells: (row: number) => string): string {
  return [titles, ...pictures.map((picture, row) => `${picture},${cells(row)}`)].join('\n')
}

describe('files that can be read in several ways', () => {
  const pets = [...numbered('cat', 4), ...numbered('dog', 4)]
  const crossed = rowsOf('file,age', pets, (row) => (row % 2 === 0 ? 'old' : 'young'))
  const labelled = crossed.replace('age', 'label')

  test('are refused on importing, with the options that decide; each is taken as they say', async () => {
    await withStore(async (bench) => {
      const folder = await filesIn(path.join(bench.home, 'pets'), [...pets, ['labels.csv', labelled]])
      const { readings, question, pictures } = await planned(bench, folder)
      expect(question).toEqual(phrase('question-labels', {}))
      expect(readings.map(({ plan }) => plan.classes.map(({ name }) => name))).toEqual([
        ['cat', 'dog'],
        ['old', 'young'],
      ])
      // Each reading has its own first images.
      for (const { picture } of readings.flatMap(({ first }) => first))
        expect(pictures[picture]).toMatch(/^data:image\/webp;/)

      const refused = await imported(bench, folder)
      expect(refused).toMatchObject({ state: 'absent', problem: { code: 'reading-ambiguous' } })
      expect(refused.problem === null ? '' : sentenceOf(refused.problem, 'en')).toMatch(
        /Say what tells the class of an image, .* --labels-from folders \(cat, dog\); .*\(old, young\)\. Nothing was imported\.$/,
      )
      expect((await readdir(path.join(bench.home, 'datasets'))).filter((name) => name.startsWith('own'))).toEqual([])

      for (const { wishes, plan } of readings) {
        const entry = await imported(bench, folder, wishes)
        expect(entry).toMatchObject({ state: 'ready', classes: plan.classes.map(({ name }) => name) })
        expect(entry.contents?.plan).toEqual(plan)
      }
    })
  })

  const divided = [...numbered('train', 4, '-a.png'), ...numbered('test', 4, '-b.png')]
  const twice = rowsOf(
    'file,label,split',
    divided,
    (row) => `${row % 2 === 0 ? 'a' : 'b'},${row < 6 ? 'train' : 'test'}`,
  )
  const twoTitles = rowsOf('file,colour,shape', divided, (row) =>
    [['red', 'blue'][row % 2], ['round', 'square'][Math.floor(row / 2) % 2]].join(','),
  )
  const seasons = ['spring', 'autumn', 'winter'].flatMap((name) =>
    ['cat', 'dog'].flatMap((one) => numbered(`${name}/${one}`, 2)),
  )

  test.each<[string, readonly (string | readonly [string, string])[], ReadingWishes, string[], number[]]>([
    ['labels from folders', [...pets, ['t.csv', labelled]], { labelsFrom: 'folders' }, ['cat', 'dog'], [8, 0]],
    ['labels from a table', [...pets, ['t.csv', labelled]], { labelsFrom: 'table' }, ['old', 'young'], [8, 0]],
    ['a column of labels', [...divided, ['t.csv', twoTitles]], { labelColumn: 'shape' }, ['round', 'square'], [4, 4]],
    ['one by its number', [...divided, ['t.csv', twoTitles]], { labelColumn: 't.csv:2' }, ['blue', 'red'], [4, 4]],
    ['parts from folders', [...divided, ['t.csv', twice]], { partsFrom: 'folders' }, ['a', 'b'], [4, 4]],
    ['parts from a table', [...divided, ['t.csv', twice]], { partsFrom: 'table' }, ['a', 'b'], [6, 2]],
    ['a column of parts', [...divided, ['t.csv', twice]], { splitColumn: 'split' }, ['a', 'b'], [6, 2]],
    ['parts by seed', [...divided, ['t.csv', twice]], { partsFrom: 'seed' }, ['a', 'b'], [8, 0]],
    ['folders of parts', seasons, { train: ['spring', 'autumn'], test: ['winter'] }, ['cat', 'dog'], [8, 4]],
  ])('%s', async (_, files, wishes, classes, sizes) => {
    await withStore(async (bench) => {
      const folder = await filesIn(path.join(bench.home, 'set'), files)
      const { readings, question } = await planned(bench, folder, wishes)
      expect(question).toBeNull()
      const { plan } = readings[0]
      expect(plan.classes.map(({ name }) => name)).toEqual(classes)
      const sum = (part: 'train' | 'test'): number => plan.classes.reduce((all, one) => all + one[part], 0)
      expect([sum('train'), sum('test')]).toEqual(sizes)
    })
  })

  test('wishes that the files cannot fulfil are refused, and so are wishes for a published set', async () => {
    await withStore(async (bench) => {
      const folder = await filesIn(path.join(bench.home, 'set'), pets)
      await expect(planned(bench, folder, { labelColumn: 'breed' })).rejects.toMatchObject({
        problem: { code: 'reading-column-without-table' },
      })
      await expect(planned(bench, folder, { train: ['fish'] })).rejects.toMatchObject({
        problem: { code: 'reading-folder-unknown' },
      })
      await expect(
        bench.store.import('caltech-101', folder, { wishes: { labelsFrom: 'folders' } }),
      ).rejects.toMatchObject({ problem: { code: 'bad-input' } })
    })
  })
})

describe('a table', () => {
  const flat = numbered('images', 8)

  test('of folds makes a set whose last fold tests', async () => {
    await withStore(async (bench) => {
      const table = rowsOf('file,label,fold', flat, (row) => `${row % 2 === 0 ? 'a' : 'b'},${1 + Math.floor(row / 2)}`)
      const folder = await filesIn(path.join(bench.home, 'set'), [...flat, ['all.csv', table]])
      expect((await planned(bench, folder)).readings[0].plan.parts).toMatchObject({
        from: 'folds',
        folds: [1, 2, 3, 4],
      })
      const entry = await imported(bench, folder)
      expect(entry).toMatchObject({
        state: 'ready',
        split: { kind: 'groups', unit: 'fold', test: [4] },
        sizes: { train: 6, test: 2 },
      })
    })
  })

  test('is planned with the pictures beside it where it is given itself, and what it does not name is counted', async () => {
    await withStore(async (bench) => {
      const table = rowsOf('file,label', flat.slice(0, 6), (row) => (row % 2 === 0 ? 'a' : 'b'))
      const folder = await filesIn(path.join(bench.home, 'set'), [...flat, ['all.csv', `${table}\ngone.png,a`]])
      const given = path.join(folder, 'all.csv')
      const [{ plan }] = (await planned(bench, given)).readings
      expect(plan).toMatchObject({
        labels: { from: 'columns', columns: [{ table: 'set/all.csv', column: 'label' }] },
        absent: { count: 1, first: ['gone.png'] },
        leftOut: [{ why: phrase('not-named-by-table', {}), count: 2, first: ['set/images/6.png', 'set/images/7.png'] }],
      })
      const { contents } = await imported(bench, given)
      expect(contents).toMatchObject({ missing: ['gone.png'], leftOut: plan.leftOut })
    })
  })

  test('of a spreadsheet, or one that is no text, is named with the reason', async () => {
    await withStore(async (bench) => {
      const folder = await filesIn(path.join(bench.home, 'set'), [
        ...numbered('cat', 2),
        ...numbered('dog', 2),
        ['labels.xlsx', madeZip([{ name: 'xl/workbook.xml', bytes: Buffer.from('<x/>') }])],
        ['other.csv', Buffer.from([0, 1, 0, 0, 255, 0, 0, 3])],
      ])
      const [{ plan }] = (await planned(bench, folder)).readings
      expect(plan.tables).toMatchObject([
        { table: 'set/labels.xlsx', rows: null, use: 'nothing', why: phrase('table-of-spreadsheet', {}) },
        { table: 'set/other.csv', rows: null, use: 'nothing' },
      ])
      expect((await imported(bench, folder)).contents?.plan).toEqual(plan)
    })
  })
})

describe('planning', () => {
  test('is cancelled in the middle by its signal, by who stops listening, and by closing the lab', async () => {
    await withStore(async (bench) => {
      const folder = await filesIn(path.join(bench.home, 'set'), [...numbered('a', 300), ...numbered('b', 300)])
      const abort = new AbortController()
      const cancelled = bench.store.plan(folder, {}, abort.signal)
      expect((await cancelled.next()).value).toMatchObject({ kind: 'progress' })
      abort.abort(new Error('enough'))
      await expect(
        (async () => {
          for await (const event of cancelled) expect(event.kind).toBe('progress')
        })(),
      ).rejects.toThrow('enough')

      for await (const event of bench.store.plan(folder)) {
        expect(event.kind).toBe('progress')
        break
      }

      const left = bench.store.plan(folder)
      await left.next()
      await bench.store.close()
      await expect(
        (async () => {
          for await (const event of left) expect(event.kind).toBe('progress')
        })(),
      ).rejects.toMatchObject({ problem: { code: 'lab-closing' } })
    })
  })
})

test('a set of an older home has no plan and opens', async () => {
  await withStore(async (bench) => {
    const folder = await filesIn(path.join(bench.home, 'set'), [...numbered('a', 3), ...numbered('b', 3)])
    const { id } = await imported(bench, folder)
    const older = path.join(bench.home, 'older')
    await cp(path.join(bench.home, 'datasets'), older, { recursive: true })
    const file = path.join(older, id, 'set.json')
    const { plan, ...rest } = JSON.parse(await readFile(file, 'utf8')) as Record<string, unknown>
    expect(plan).toBeDefined()
    await writeFile(file, JSON.stringify(rest))
    const opened = new DatasetStore({ folder: older, onChange: () => undefined })
    expect(opened.entry(id)).toMatchObject({ state: 'ready', problem: null, contents: { plan: null } })
    await opened.close()
    await rm(older, { recursive: true })
  })
})
