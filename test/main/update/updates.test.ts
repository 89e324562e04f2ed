import { createHash } from 'node:crypto'
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import type { UpdateEvent } from '../../../core/contract/updateContract.ts'
import type { MirrorOffer, OfferedArchive } from '../../../core/mirror/mirrorOffer.ts'
import { LabError, problem, sentenceOf } from '../../../core/words/problems.ts'
import { savedWords } from '../../../main/cli/updateWords.ts'
import { MirrorServer } from '../../../main/datasets/mirror/mirrorServer.ts'
import { Updates } from '../../../main/update/updates.ts'

const content = Buffer.alloc(300_000, 'Conv Lab ')
const sha256 = createHash('sha256').update(content).digest('hex')
const file = 'conv-lab-0.2.0-linux-x64.tar.gz'
const archive: OfferedArchive = { file, version: '0.2.0', system: 'linux-x64', bytes: content.length, sha256 }
const offer: MirrorOffer = { 'conv-lab-mirror': 1, archives: [archive], datasets: [], templates: [] }

interface Places {
  /** The folder of a mirror with the archive. */
  readonly mirror: string
  readonly partial: string
  readonly downloads: string
}

async function places(): Promise<Places> {
  const folder = await mkdtemp(path.join(tmpdir(), 'conv-lab-обновление-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  const [mirror, downloads] = ['mirror', 'Загрузки'].map((name) => path.join(folder, name))
  await mkdir(path.join(mirror, 'portable'), { recursive: true })
  await mkdir(downloads)
  await writeFile(path.join(mirror, 'portable', file), content)
  return { mirror, partial: path.join(folder, 'home', 'updates'), downloads }
}

function updates(
  partial: string,
  mirror: string | null,
  running = '0.1.0',
  system: string | null = 'linux-x64',
  folder: string | null = null,
): Updates {
  const retries = { tries: 2, unreachedTries: 1, firstPauseMs: 1, longestPauseMs: 1 }
  return new Updates({ home: path.dirname(partial), partial, mirror: () => mirror, running, system, folder, retries })
}

/** A real mirror on this folder, with a code. */
async function mirrorOn(folder: string): Promise<{ readonly address: string; readonly server: MirrorServer }> {
  const server = await MirrorServer.open({
    folder,
    definitions: [],
    host: '127.0.0.1',
    port: 0,
    code: 'K7M4QX',
    onRequest: () => undefined,
  })
  onTestFinished(() => server.close())
  return { address: server.addresses[0] ?? '', server }
}

/** A web server that answers as it likes, with the addresses that were asked for. */
async function webServer(listener: RequestListener): Promise<{ readonly address: string; readonly asked: string[] }> {
  const asked: string[] = []
  const server = createServer((request, response) => {
    asked.push(request.url ?? '')
    listener(request, response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(async () => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  })
  const { port } = server.address() as AddressInfo
  return { address: `http://127.0.0.1:${port}`, asked }
}

async function saved(of: Updates, folder: string, wanted = archive, signal?: AbortSignal): Promise<UpdateEvent[]> {
  const events: UpdateEvent[] = []
  for await (const event of of.save(wanted, folder, signal)) events.push(event)
  return events
}

/** The problem with which something ends; it has a sentence in both languages. */
async function problemOf(work: Promise<unknown>): Promise<{ code: string; sentence: string }> {
  const thrown: unknown = await work.then(
    () => null,
    (error: unknown) => error,
  )
  if (!(thrown instanceof LabError)) throw new Error('no problem was told', { cause: thrown })
  expect(sentenceOf(thrown.problem, 'ru')).toMatch(/[а-я].*\.$/s)
  return { code: thrown.problem.code, sentence: sentenceOf(thrown.problem, 'en') }
}

async function namesIn(folder: string): Promise<string[]> {
  return (await readdir(folder).catch(() => [])).toSorted()
}

describe('a look', () => {
  test.each([
    ['0.1.9', 'newer'],
    ['0.2.0', 'same'],
    ['0.10.0', 'older'],
  ])('from %s finds a %s version', async (running, kind) => {
    const { mirror, partial } = await places()
    const { address } = await mirrorOn(mirror)
    expect(await updates(partial, address, running).look()).toMatchObject({
      mirror: address,
      running,
      origin: 'other',
      found: { kind, archive },
    })
  })

  test('says which home folder lies in the program’s own and has to be moved', async () => {
    const { mirror, partial } = await places()
    const { address } = await mirrorOn(mirror)
    const home = path.dirname(partial)
    const found = async (folder: string | null) =>
      (await updates(partial, address, '0.1.0', 'linux-x64', folder).look()).homeToMove
    expect(await found(path.dirname(home))).toBe(home)
    expect(await found(path.join(path.dirname(home), 'ho'))).toBeNull()
    expect(await found(path.join(home, 'program'))).toBeNull()
    expect(await found(null)).toBeNull()
    expect(savedWords('a.zip', 'ab', home)).toContain(`in ${home}. Close Conv Lab`)
    expect(savedWords('a.zip', 'ab', null)).toContain('The home folder stays as it is')
  })

  test('in a folder finds what its list says, which the mirror has written', async () => {
    const { mirror, partial } = await places()
    expect(await problemOf(updates(partial, mirror).look())).toMatchObject({ code: 'mirror-lists-nothing' })
    await (await mirrorOn(mirror)).server.writeOffer()
    expect(await updates(partial, mirror).look()).toMatchObject({ found: { kind: 'newer', archive } })
  })

  test('on another system finds none, and says for which there are some', async () => {
    const { mirror, partial } = await places()
    const { address } = await mirrorOn(mirror)
    for (const system of ['win-x64', null])
      expect((await updates(partial, address, '0.1.0', system).look()).found).toEqual({
        kind: 'none',
        systems: ['linux-x64'],
      })
  })

  test.each<[string, RequestListener, string, string]>([
    ['nothing of the kind', (_, response) => response.writeHead(404).end(), 'mirror-lists-nothing', 'it has no list'],
    [
      'a page',
      (_, response) => response.writeHead(200, { 'content-type': 'text/html' }).end('<h1>Sign in'),
      'mirror-not-asked',
      'a web page came',
    ],
    ['no JSON', (_, response) => response.end('0.2.0'), 'mirror-list-wrong', 'is not one that this version reads'],
    [
      'nonsense',
      (_, response) => response.end(JSON.stringify({ ...offer, archives: [{ ...archive, version: 'newest' }] })),
      'mirror-list-wrong',
      'archives',
    ],
    ['too much', (_, response) => response.end(Buffer.alloc(1_000_001, ' ')), 'mirror-not-asked', 'more than 1 MB'],
    [
      'an address elsewhere',
      (_, response) => response.writeHead(302, { location: 'http://127.0.0.1:1/offer.json' }).end(),
      'mirror-not-asked',
      'sends on to 127.0.0.1:1',
    ],
    ['a refusal', (_, response) => response.writeHead(500).end(), 'mirror-not-asked', 'answered 500'],
  ])('that gets %s says so', async (_what, listener, code, words) => {
    const { partial } = await places()
    const { address, asked } = await webServer(listener)
    const told = await problemOf(updates(partial, address).look())
    expect(told.code).toBe(code)
    expect(told.sentence).toContain(words)
    expect(asked).toEqual(['/offer.json'])
  })

  test('with a wrong code, without a mirror, or where none answers says so', async () => {
    const { mirror, partial } = await places()
    const { address } = await mirrorOn(mirror)
    const wrong = await problemOf(updates(partial, address.replace('K7M4QX', 'AAAAAA')).look())
    expect(wrong.code).toBe('mirror-not-asked')
    expect(wrong.sentence).toContain('asks for the code of the class')
    expect(await problemOf(updates(partial, null).look())).toMatchObject({ code: 'update-no-mirror' })
    expect(await problemOf(updates(partial, 'http://127.0.0.1:1').look())).toMatchObject({ code: 'mirror-not-asked' })
  })
})

describe('an archive', () => {
  test.each(['address', 'folder'])('of an %s is saved whole, with progress, and again at once', async (kind) => {
    const { mirror, partial, downloads } = await places()
    const { address } = await mirrorOn(mirror)
    const of = updates(partial, kind === 'folder' ? mirror : address)
    const events = await saved(of, downloads)
    expect(events.at(-1)).toEqual({ kind: 'saved', file: path.join(downloads, file), bytes: content.length, sha256 })
    expect(events.slice(0, -1).every(({ kind: told }) => told === 'progress')).toBe(true)
    expect(await readFile(path.join(downloads, file))).toEqual(content)
    expect(await namesIn(downloads)).toEqual([file])
    expect(await namesIn(path.dirname(partial))).toEqual([])
    expect((await saved(of, downloads)).at(-1)).toMatchObject({ kind: 'saved' })
  })

  test('that is not the listed one is deleted', async () => {
    const { mirror, partial, downloads } = await places()
    const { address } = await mirrorOn(mirror)
    for (const place of [address, mirror]) {
      const told = await problemOf(saved(updates(partial, place), downloads, { ...archive, sha256: '0'.repeat(64) }))
      expect(told.code).toBe('update-altered')
      expect(told.sentence).toContain(sha256)
      expect(await namesIn(downloads)).toEqual([])
      expect(await namesIn(path.dirname(partial))).toEqual([])
    }
  })

  test('of a mirror that goes halfway is no file, and the next try goes on where it broke off', async () => {
    const { partial, downloads } = await places()
    let whole = false
    const ranges: (string | undefined)[] = []
    const { address } = await webServer((request, response) => {
      ranges.push(request.headers.range)
      const first = Number(/^bytes=(\d+)-/.exec(request.headers.range ?? '')?.[1] ?? 0)
      response.writeHead(first > 0 ? 206 : 200, {
        etag: '"one"',
        'content-length': content.length - first,
        ...(first > 0 ? { 'content-range': `bytes ${first}-${content.length - 1}/${content.length}` } : {}),
      })
      if (whole) response.end(content.subarray(first))
      else response.write(content.subarray(first, 100_000), () => setTimeout(() => response.destroy(), 20))
    })
    const told = await problemOf(saved(updates(partial, address), downloads))
    expect(told.code).toBe('update-not-got')
    expect(told.sentence).toContain('save it again, and it goes on from there')
    expect(await namesIn(downloads)).toEqual([])
    whole = true
    ranges.length = 0
    expect((await saved(updates(partial, address), downloads)).at(-1)).toMatchObject({ kind: 'saved' })
    expect(ranges).toEqual(['bytes=100000-'])
    expect(await readFile(path.join(downloads, file))).toEqual(content)
    expect(await namesIn(path.dirname(partial))).toEqual([])
  })

  test('is cancelled by who stops listening, and nothing of it is left', async () => {
    const { partial, downloads } = await places()
    const { address } = await webServer((_, response) => {
      response.writeHead(200, { 'content-length': content.length }).write(content.subarray(0, 50_000))
    })
    const of = updates(partial, address)
    for await (const event of of.save(archive, downloads)) {
      expect(await problemOf(saved(of, downloads))).toMatchObject({ code: 'update-busy' })
      if (event.kind === 'progress' && event.progress.doneBytes === 50_000) break
    }
    expect(await namesIn(downloads)).toEqual([])
    expect(await namesIn(path.dirname(partial))).toEqual([])
  })

  test('stays in part when the lab closes meanwhile', async () => {
    const { partial, downloads } = await places()
    const { address } = await webServer((_, response) => {
      response.writeHead(200, { etag: '"one"', 'content-length': content.length }).write(content.subarray(0, 50_000))
    })
    const of = updates(partial, address)
    const work = (async () => {
      for await (const event of of.save(archive, downloads))
        if (event.kind === 'progress' && event.progress.doneBytes === 50_000)
          void of.close(new LabError(problem('lab-closing', {})))
    })()
    expect(await problemOf(work)).toMatchObject({ code: 'lab-closing' })
    expect(await namesIn(partial)).toEqual([`${file}.part`, `${file}.part.json`])
    expect(await namesIn(downloads)).toEqual([])
  })

  test('for another system, in a folder that is not there, or over another file is refused before anything is asked', async () => {
    const { partial, downloads } = await places()
    const { address, asked } = await webServer((_, response) => response.end(content))
    const windows = { ...archive, file: 'conv-lab-0.2.0-win-x64.zip', system: 'win-x64' as const }
    expect(await problemOf(saved(updates(partial, address), downloads, windows))).toMatchObject({
      code: 'update-other-system',
    })
    expect(await problemOf(saved(updates(partial, address), path.join(downloads, 'gone')))).toMatchObject({
      code: 'update-no-folder',
    })
    await writeFile(path.join(downloads, file), 'mine')
    expect(await problemOf(saved(updates(partial, address), downloads))).toMatchObject({ code: 'update-file-there' })
    expect(await readFile(path.join(downloads, file), 'utf8')).toBe('mine')
    expect(asked).toEqual([])
  })

  test('that is larger than the disk is refused before its first byte', async () => {
    const { partial, downloads } = await places()
    const { address } = await webServer((_, response) => {
      response.writeHead(200, { 'content-length': 2 ** 52 }).write('a')
    })
    expect(await problemOf(saved(updates(partial, address), downloads))).toMatchObject({ code: 'disk-full' })
    expect(await namesIn(downloads)).toEqual([])
    expect(await namesIn(path.dirname(partial))).toEqual([])
  })
})
