import { mkdir, readdir, truncate, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { DatasetEntry, noFacts } from '../../../core/data/dataset.ts'
import { phrase } from '../../../core/words/phrases.ts'
import { sentenceOf } from '../../../core/words/problems.ts'
import type { DatasetDefinition } from '../../../main/datasets/definition.ts'
import { DatasetStore } from '../../../main/datasets/datasetStore.ts'
import type { SourceTimeouts } from '../../../main/datasets/jobs/downloadSet.ts'
import { readPreparedForm } from '../../../main/files/preparedForm.ts'
import {
  Publisher,
  answers,
  breaksOff,
  fallsSilent,
  inTurn,
  isMissing,
  neverAnswers,
  redirectsTo,
  serves,
  servesRanges,
  showsAPage,
} from './sources/publisher.ts'
import {
  md5,
  planarFiles,
  planarFormat,
  publishedAt,
  tarGz,
  tinyCard,
  tinyDefinition,
  tinyTest,
  tinyTrain,
  withFolder,
} from './tinySets.ts'

let archive: Buffer
let publisher: Publisher

beforeAll(async () => {
  archive = await tarGz(planarFiles)
})
beforeEach(async () => {
  publisher = new Publisher()
  await publisher.open()
})
afterEach(() => publisher.close())

const retries = { tries: 2, unreachedTries: 1, firstPauseMs: 1, longestPauseMs: 1 }

interface Bench {
  store: DatasetStore
  folder: string
  /** All entries that were told, in order. */
  told: DatasetEntry[]
}

/** Runs with a store over these definitions, in a folder of its own, and closes it. */
async function withStore(
  definition: DatasetDefinition,
  use: (bench: Bench) => Promise<void>,
  timeouts: Partial<SourceTimeouts> = {},
  mirror: string | null = null,
): Promise<void> {
  await withFolder(async (home) => {
    const told: DatasetEntry[] = []
    const folder = path.join(home, 'datasets')
    // Parsing is the promise that every told entry is one the contract takes.
    const store = new DatasetStore({
      folder,
      onChange: (entry) => void told.push(DatasetEntry.parse(entry)),
      definitions: [definition],
      timeouts: { answerMs: 4000, silenceMs: 4000, retries, ...timeouts },
    })
    try {
      await store.setMirror(mirror)
      await use({ store, folder, told })
    } finally {
      await store.close()
    }
  })
}

async function getTiny({ store }: Bench): Promise<DatasetEntry> {
  expect(store.get('tiny').state).toBe('getting')
  return store.whenSettled('tiny')
}

function detailOf(entry: DatasetEntry): string {
  expect(entry).toMatchObject({ state: 'absent', progress: null, prepared: null, problem: { code: 'download-failed' } })
  return entry.problem === null ? '' : sentenceOf(entry.problem, 'en')
}

test('a set is fetched from its publisher, checked, prepared and ready', async () => {
  const definition = await tinyDefinition([publishedAt(publisher.at('/tiny.tar.gz', serves(archive)), archive)])
  await withStore(definition, async (bench) => {
    expect(bench.store.list()).toEqual([
      {
        ...tinyCard,
        ...noFacts,
        state: 'absent',
        prepared: null,
        forms: [],
        contents: null,
        progress: null,
        problem: null,
      },
    ])
    expect(() => bench.store.folderOf('tiny')).toThrow('Tiny is not on this computer yet')
    const entry = await getTiny(bench)
    expect(entry).toMatchObject({
      state: 'ready',
      problem: null,
      progress: null,
      prepared: { sha256: definition.sha256, source: 'publisher' },
    })
    const { train, test: tested } = await readPreparedForm(bench.store.folderOf('tiny'))
    expect([...train.images]).toEqual([...tinyTrain.images])
    expect(train.labels).toEqual(tinyTrain.labels)
    expect([...tested.images]).toEqual([...tinyTest.images])
    expect(await readdir(bench.folder)).toEqual(['tiny'])

    const stages = bench.told.map(({ progress }) => progress?.stage)
    expect([...new Set(stages)]).toEqual(['connecting', 'downloading', 'reading', 'preparing', undefined])
    const reopened = new DatasetStore({ folder: bench.folder, onChange: () => undefined, definitions: [definition] })
    expect(reopened.entry('tiny')).toEqual(entry)
  })
})

test('progress tells bytes of a total, and a server that labels its gzip and redirects is taken as it is', async () => {
  const address = publisher.at('/elsewhere.tar.gz', serves(archive, { 'content-encoding': 'gzip' }))
  const definition = await tinyDefinition([publishedAt(publisher.at('/tiny.tar.gz', redirectsTo(address)), archive)])
  await withStore(definition, async (bench) => {
    expect((await getTiny(bench)).state).toBe('ready')
    const downloading = bench.told.flatMap(({ progress }) => (progress?.stage === 'downloading' ? [progress] : []))
    expect(downloading[0]).toMatchObject({ totalBytes: archive.byteLength })
  })
})

test('two requests for a set share one download, and a ready set stays as it is', async () => {
  const definition = await tinyDefinition([publishedAt(publisher.at('/tiny.tar.gz', serves(archive)), archive)])
  await withStore(definition, async ({ store }) => {
    store.get('tiny')
    store.get('tiny')
    await store.whenSettled('tiny')
    expect(store.get('tiny').state).toBe('ready')
    expect(publisher.requests).toEqual(['/tiny.tar.gz'])
  })
})

test.each([
  ['answers 404', isMissing, 'the server answered 404', []],
  ['shows a web page', showsAPage, 'a web page came instead of the file', []],
  [
    'breaks off',
    (...of: Parameters<typeof isMissing>) => breaksOff(archive)(...of),
    'the connection broke',
    ['.partial'],
  ],
  ['sends another file', serves(Buffer.from('something else')), 'is not the published file', []],
  ['never answers', neverAnswers, 'no answer', []],
  ['falls silent', (...of: Parameters<typeof isMissing>) => fallsSilent(archive)(...of), 'fell silent', ['.partial']],
])(
  'a publisher that %s is given up: the next source delivers, and without one the sentence says why',
  async (_what, behaviour, detail, kept) => {
    const bad = publishedAt(publisher.at('/bad.tar.gz', behaviour), archive)
    const good = publishedAt(publisher.at('/good.tar.gz', serves(archive)), archive)
    // A publisher that answers gets the usual time, however busy the computer is.
    const isSilent = behaviour === neverAnswers || detail === 'fell silent'
    const timeouts = isSilent ? { answerMs: 300, silenceMs: 300 } : {}
    await withStore(
      await tinyDefinition([bad]),
      async (bench) => {
        const entry = await getTiny(bench)
        expect(detailOf(entry)).toContain(detail)
        expect(await readdir(bench.folder)).toEqual(kept)
      },
      timeouts,
    )
    await withStore(
      await tinyDefinition([bad, good]),
      async (bench) => {
        expect((await getTiny(bench)).state).toBe('ready')
        expect(await readdir(bench.folder)).toEqual(['tiny'])
      },
      timeouts,
    )
  },
)

test('what a break has left is gone on with by the next lab of the folder, and what a closing lab was downloading too', async () => {
  const definition = await tinyDefinition([publishedAt(publisher.at('/tiny.tar.gz', fallsSilent(archive)), archive)])
  await withStore(definition, async ({ store, folder }) => {
    store.get('tiny')
    await expect.poll(() => store.entry('tiny').progress?.doneBytes).toBeGreaterThan(0)
    await store.close()
    expect(store.entry('tiny')).toMatchObject({ state: 'absent', problem: { code: 'lab-closing' } })
    expect(await readdir(folder)).toEqual(['.partial'])

    publisher.at('/tiny.tar.gz', servesRanges(archive))
    const reopened = new DatasetStore({ folder, onChange: () => undefined, definitions: [definition] })
    reopened.get('tiny')
    expect(await reopened.whenSettled('tiny')).toMatchObject({ state: 'ready', problem: null })
    expect(publisher.ranges).toEqual([null, expect.stringMatching(/^bytes=[1-9]\d*-$/)])
    expect(await readdir(folder)).toEqual(['tiny'])
  })
})

test('a pause before a source is asked again is told with its reason', async () => {
  const definition = await tinyDefinition([
    publishedAt(publisher.at('/tiny.tar.gz', inTurn(answers(503), serves(archive))), archive),
  ])
  await withStore(definition, async (bench) => {
    expect((await getTiny(bench)).state).toBe('ready')
    const pauses = bench.told.flatMap(({ progress }) => progress?.pause ?? [])
    expect(pauses).toEqual([
      { attempt: 2, seconds: expect.any(Number), reason: phrase('server-answered', { status: 503 }) },
    ])
  })
})

test('an address where nobody listens is given up', async () => {
  const closed = new Publisher()
  await closed.open()
  const address = closed.at('/tiny.tar.gz', serves(archive))
  await closed.close()
  await withStore(await tinyDefinition([publishedAt(address, archive)]), async (bench) =>
    expect(detailOf(await getTiny(bench))).toContain('not reached (ECONNREFUSED)'),
  )
})

test('an archive with the right sum and other images is refused, for the prepared form is pinned', async () => {
  const altered = await tarGz({ ...planarFiles, 'test.bin': Buffer.from(planarFiles['test.bin']).fill(1, 5, 6) })
  const definition = await tinyDefinition([publishedAt(publisher.at('/tiny.tar.gz', serves(altered)), altered)])
  await withStore(definition, async (bench) => {
    expect(detailOf(await getTiny(bench))).toContain('its images or labels are not the published ones')
    expect(await readdir(bench.folder)).toEqual([])
  })
})

test('an archive that cannot be read is refused with the sum that was published for it', async () => {
  const half = archive.subarray(0, archive.byteLength / 2)
  const source = {
    kind: 'publisher',
    files: [{ url: publisher.at('/tiny.tar.gz', serves(half)), bytes: half.byteLength, md5: md5(half) }],
    format: planarFormat,
  } as const
  await withStore(await tinyDefinition([source]), async (bench) =>
    expect(detailOf(await getTiny(bench))).toContain('the archive is broken'),
  )
})

test('a download is cancelled in the middle: nothing stays, no other source is asked, and it can be begun again', async () => {
  const slow = publishedAt(publisher.at('/tiny.tar.gz', fallsSilent(archive)), archive)
  const second = publishedAt(publisher.at('/second.tar.gz', serves(archive)), archive)
  await withStore(await tinyDefinition([slow, second]), async (bench) => {
    const { store, told, folder } = bench
    store.get('tiny')
    await expect.poll(() => told.some(({ progress }) => progress?.stage === 'downloading')).toBe(true)
    store.cancel('tiny')
    const entry = await store.whenSettled('tiny')
    expect(entry).toMatchObject({
      state: 'absent',
      progress: null,
      problem: { code: 'download-cancelled', parameters: { dataset: 'Tiny' } },
    })
    expect(told.at(-1)).toEqual(entry)
    expect(publisher.requests).toEqual(['/tiny.tar.gz'])
    expect(await readdir(folder)).toEqual([])

    publisher.at('/tiny.tar.gz', serves(archive))
    expect(store.get('tiny').problem).toBeNull()
    expect((await store.whenSettled('tiny')).state).toBe('ready')
  })
})

test('preparing is cancelled too', async () => {
  const definition = await tinyDefinition([publishedAt(publisher.at('/tiny.tar.gz', serves(archive)), archive)])
  await withStore(definition, async ({ store, told, folder }) => {
    store.get('tiny')
    await expect
      .poll(() => told.some(({ progress }) => progress?.stage === 'reading'), { interval: 1, timeout: 10_000 })
      .toBe(true)
    store.cancel('tiny')
    expect((await store.whenSettled('tiny')).problem?.code).toBe('download-cancelled')
    expect(await readdir(folder)).toEqual([])
  })
})

test('closing cancels, and cancelling what does not go on changes nothing', async () => {
  await withStore(
    await tinyDefinition([publishedAt(publisher.at('/tiny.tar.gz', neverAnswers), archive)]),
    async ({ store, folder }) => {
      expect(store.cancel('tiny')).toMatchObject({ state: 'absent', problem: null })
      store.get('tiny')
      await store.close()
      expect(store.entry('tiny').state).toBe('absent')
      expect(await readdir(folder)).toEqual([])
    },
  )
})

test('a disk that cannot hold the set refuses before the first byte', async () => {
  const source = {
    ...publishedAt(publisher.at('/tiny.tar.gz', serves(archive)), archive),
    files: [{ url: publisher.at('/tiny.tar.gz', serves(archive)), bytes: 1e17, md5: md5(archive) }],
  }
  await withStore(await tinyDefinition([source]), async (bench) => {
    expect((await getTiny(bench)).problem?.code).toBe('disk-full')
    expect(publisher.requests).toEqual([])
  })
})

test('a folder that cannot be written is said so', async () => {
  await withStore(
    await tinyDefinition([publishedAt(publisher.at('/tiny.tar.gz', serves(archive)), archive)]),
    async (bench) => {
      await writeFile(bench.folder, 'a file where the folder should be')
      expect((await getTiny(bench)).problem?.code).toBe('write-failed')
    },
  )
})

test('what a crash left half-written is removed at the next opening', async () => {
  const definition = await tinyDefinition([])
  await withFolder(async (folder) => {
    await mkdir(path.join(folder, '.writing-0123456789ab-tiny', '0'), { recursive: true })
    await writeFile(path.join(folder, '.writing-0123456789ab-tiny', '0', 'half'), 'half')
    const store = new DatasetStore({ folder, onChange: () => undefined, definitions: [definition] })
    expect(await readdir(folder)).toEqual([])
    expect(store.entry('tiny')).toMatchObject({ state: 'absent', problem: null })
  })
})

test('a cut file is noticed at opening and while the lab is open, and getting the set again mends it', async () => {
  const definition = await tinyDefinition([publishedAt(publisher.at('/tiny.tar.gz', serves(archive)), archive)])
  await withStore(definition, async ({ store, folder, told }) => {
    store.get('tiny')
    await store.whenSettled('tiny')
    await truncate(path.join(folder, 'tiny', 'forms', 'own', 'train.images'), 7)

    const reopened = new DatasetStore({ folder, onChange: () => undefined, definitions: [definition] })
    const { state, problem } = reopened.entry('tiny')
    expect(state).toBe('absent')
    expect(problem && sentenceOf(problem, 'en')).toContain(
      'The stored files of Tiny are damaged (train.images has 7 bytes instead of 360)',
    )

    expect(() => store.folderOf('tiny')).toThrow('The stored files of Tiny are damaged')
    expect(told.at(-1)).toMatchObject({ state: 'absent', problem: { code: 'dataset-damaged' } })
    store.get('tiny')
    expect(await store.whenSettled('tiny')).toMatchObject({ state: 'ready', problem: null })
    await expect(readPreparedForm(store.folderOf('tiny'))).resolves.toBeDefined()
  })
})

test('damage that only the hashes show can be reported, and lasts', async () => {
  const definition = await tinyDefinition([publishedAt(publisher.at('/tiny.tar.gz', serves(archive)), archive)])
  await withStore(definition, async ({ store, folder }) => {
    store.get('tiny')
    await store.whenSettled('tiny')
    expect(await store.reportDamage('tiny')).toMatchObject({ state: 'absent', problem: { code: 'dataset-damaged' } })
    const reopened = new DatasetStore({ folder, onChange: () => undefined, definitions: [definition] })
    expect(reopened.entry('tiny')).toMatchObject({ state: 'absent', problem: { code: 'dataset-damaged' } })
  })
})

test('an unknown set is refused with the names of the known', async () => {
  await withStore(await tinyDefinition([]), async ({ store }) => {
    expect(() => store.get('tinny')).toThrow('There is no data set named “tinny”. The data sets are: tiny.')
  })
})
