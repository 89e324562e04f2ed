import { mkdir, readdir, rm, symlink, truncate, writeFile } from 'node:fs/promises'
import { request } from 'node:http'
import path from 'node:path'
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { DatasetEntry } from '../../../../core/data/dataset.ts'
import { type Problem, sentenceOf } from '../../../../core/words/problems.ts'
import type { DatasetDefinition } from '../../../../main/datasets/definition.ts'
import { DatasetStore } from '../../../../main/datasets/datasetStore.ts'
import { MirrorServer } from '../../../../main/datasets/mirror/mirrorServer.ts'
import { Publisher, isMissing, serves } from '../sources/publisher.ts'
import { withLinks } from '../../../platforms.ts'
import { planarFiles, publishedAt, tarGz, tinyCard, tinyDefinition, withFolder } from '../tinySets.ts'

let archive: Buffer
let publisher: Publisher
/** Tiny at a publisher that serves it. */
let definition: DatasetDefinition

beforeAll(async () => {
  archive = await tarGz(planarFiles)
})
beforeEach(async () => {
  publisher = new Publisher()
  await publisher.open()
  definition = await tinyDefinition([publishedAt(publisher.at('/tiny.tar.gz', serves(archive)), archive)])
})
afterEach(() => publisher.close())

const retries = { tries: 2, unreachedTries: 1, firstPauseMs: 1, longestPauseMs: 1 }

/** Gets Tiny in a home of its own with this mirror. */
async function getTiny(
  folder: string,
  mirror: string | null,
  of = definition,
  portable: string | null = null,
): Promise<DatasetEntry> {
  const store = new DatasetStore({
    folder,
    onChange: () => undefined,
    definitions: [of],
    timeouts: { answerMs: 20_000, silenceMs: 20_000, retries },
    portable,
  })
  try {
    await store.setMirror(mirror)
    store.get('tiny')
    return await store.whenSettled('tiny')
  } finally {
    await store.close()
  }
}

function said(problem: Problem | null): string {
  return problem === null ? '' : sentenceOf(problem, 'en')
}

/** Runs with an empty mirror's folder and a home's folder of sets. */
function withMirror(use: (mirror: string, home: string) => Promise<void>): Promise<void> {
  return withFolder(async (folder) => {
    await mkdir(path.join(folder, 'зеркало', 'tiny'), { recursive: true })
    await use(path.join(folder, 'зеркало'), path.join(folder, 'datasets'))
  })
}

async function withServer(
  folder: string,
  use: (address: string, server: MirrorServer) => Promise<void>,
  of: readonly DatasetDefinition[] = [definition],
  code: string | null = null,
): Promise<void> {
  const server = await MirrorServer.open({
    folder,
    definitions: of,
    host: '127.0.0.1',
    port: 0,
    code,
    onRequest: () => undefined,
  })
  try {
    await use(server.addresses[0], server)
  } finally {
    await server.close()
  }
}

/** Packs Tiny, got from its publisher, into a file. */
async function packTiny(file: string): Promise<void> {
  await withFolder(async (home) => {
    const store = new DatasetStore({
      folder: path.join(home, 'datasets'),
      onChange: () => undefined,
      definitions: [definition],
    })
    try {
      store.get('tiny')
      expect((await store.whenSettled('tiny')).state).toBe('ready')
      await store.pack('tiny', file)
    } finally {
      await store.close()
    }
  })
  publisher.requests.length = 0
}

describe('a set is got without asking its publisher', () => {
  const published = (): Promise<void> => Promise.resolve()
  const ways: [string, (mirror: string) => Promise<void>, string][] = [
    ['the publisher’s file', (mirror) => writeFile(path.join(mirror, 'tiny', 'tiny.tar.gz'), archive), 'mirror'],
    ['a packed set', (mirror) => packTiny(path.join(mirror, 'tiny.conv-lab')).then(published), 'publisher'],
  ]
  test.each(ways)('from %s in a folder', async (_what, put, source) => {
    await withMirror(async (mirror, home) => {
      await put(mirror)
      expect(await getTiny(home, mirror)).toMatchObject({
        state: 'ready',
        problem: null,
        prepared: { sha256: definition.sha256, source },
        contents: { published: true },
      })
      expect(publisher.requests).toEqual([])
      expect((await readdir(home)).sort()).toEqual(['mirror.json', 'tiny'])
    })
  })

  test.each(ways)('from %s at an address', async (_what, put, source) => {
    await withMirror(async (mirror, home) => {
      await put(mirror)
      await withServer(mirror, async (address) => {
        expect(await getTiny(home, address)).toMatchObject({
          state: 'ready',
          problem: null,
          prepared: { sha256: definition.sha256, source },
          contents: { published: true },
        })
      })
      expect(publisher.requests).toEqual([])
      expect((await readdir(home)).sort()).toEqual(['mirror.json', 'tiny'])
    })
  })
})

test('a set that came with a portable program is taken from there, and the mirror is not even asked', async () => {
  await withMirror(async (portable, home) => {
    await mkdir(path.join(portable, 'datasets'))
    await packTiny(path.join(portable, 'datasets', 'tiny.conv-lab'))
    expect(await getTiny(home, path.join(portable, 'gone'), definition, portable)).toMatchObject({
      state: 'ready',
      problem: null,
      prepared: { sha256: definition.sha256 },
      contents: { published: true },
    })
    expect(publisher.requests).toEqual([])
  })
})

test('a portable program without the set does not hinder the publisher', async () => {
  await withMirror(async (portable, home) => {
    expect(await getTiny(home, null, definition, portable)).toMatchObject({ state: 'ready', problem: null })
    expect(publisher.requests.length).toBeGreaterThan(0)
  })
})

describe('the publisher is asked after all', () => {
  test('when the mirror has nothing of the set, is not there, or is no folder', async () => {
    await withMirror(async (mirror, home) => {
      await writeFile(path.join(mirror, 'file'), '')
      for (const place of [mirror, path.join(mirror, 'gone'), path.join(mirror, 'file'), 'http://127.0.0.1:1']) {
        publisher.requests.length = 0
        expect(await getTiny(home, place)).toMatchObject({ state: 'ready', prepared: { source: 'publisher' } })
        expect(publisher.requests).toEqual(['/tiny.tar.gz'])
        await rm(path.join(home, 'tiny'), { recursive: true })
      }
    })
  })

  test('when its file is another one, or its packed set is damaged; both are said where the publisher fails too', async () => {
    await withMirror(async (mirror, home) => {
      await writeFile(path.join(mirror, 'tiny', 'tiny.tar.gz'), 'another')
      await withServer(mirror, async (address) => {
        publisher.at('/tiny.tar.gz', isMissing)
        for (const place of [mirror, address]) {
          const detail = said((await getTiny(home, place)).problem)
          expect(detail).toContain(`mirror ${place}: `)
          expect(detail).toContain('tiny.tar.gz is not the published file')
          expect(detail).toContain('the server answered 404')
        }
        publisher.at('/tiny.tar.gz', serves(archive))
        await packTiny(path.join(mirror, 'tiny.conv-lab'))
        await truncate(path.join(mirror, 'tiny.conv-lab'), 3000)
        for (const place of [mirror, address]) {
          expect(await getTiny(home, place)).toMatchObject({ state: 'ready', prepared: { source: 'publisher' } })
          await rm(path.join(home, 'tiny'), { recursive: true })
        }
      })
    })
  })
})

/** What a server answers to exactly this path, without a client that tidies it. */
function ask(
  address: string,
  target: string,
  options: { method?: string; headers?: Record<string, string> } = {},
): Promise<{ status: number; headers: Record<string, unknown>; text: string }> {
  const { hostname, port } = new URL(address)
  return new Promise((resolve, reject) => {
    const sent = request({ hostname, port, path: target, ...options }, (response) => {
      let text = ''
      response
        .setEncoding('latin1')
        .on('data', (more: string) => (text += more))
        .on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, text }))
    })
    sent.on('error', reject).end()
  })
}

describe('the server', () => {
  test('gives parts of a file, and the whole where the file has changed', async () => {
    await withMirror(async (mirror) => {
      const file = path.join(mirror, 'tiny', 'tiny.tar.gz')
      await writeFile(file, '0123456789')
      await withServer(mirror, async (address) => {
        const whole = await ask(address, '/tiny/tiny.tar.gz')
        expect(whole).toMatchObject({
          status: 200,
          text: '0123456789',
          headers: { 'accept-ranges': 'bytes', 'content-length': '10' },
        })
        const etag = String(whole.headers['etag'])
        expect(
          await ask(address, '/tiny/tiny.tar.gz', { headers: { range: 'bytes=4-6', 'if-range': etag } }),
        ).toMatchObject({
          status: 206,
          text: '456',
          headers: { 'content-range': 'bytes 4-6/10', 'content-length': '3' },
        })
        expect(await ask(address, '/tiny/tiny.tar.gz', { headers: { range: 'bytes=10-' } })).toMatchObject({
          status: 416,
          text: '',
          headers: { 'content-range': 'bytes */10' },
        })
        expect(await ask(address, '/tiny/tiny.tar.gz', { method: 'HEAD' })).toMatchObject({
          status: 200,
          text: '',
          headers: { 'content-length': '10', etag },
        })
        await writeFile(file, 'abcdefghijk')
        expect(
          await ask(address, '/tiny/tiny.tar.gz', { headers: { range: 'bytes=4-6', 'if-range': etag } }),
        ).toMatchObject({ status: 200, text: 'abcdefghijk' })
        await writeFile(file, '')
        expect(await ask(address, '/tiny/tiny.tar.gz')).toMatchObject({
          status: 200,
          text: '',
          headers: { 'content-length': '0' },
        })
      })
    })
  })

  test('lists what is there', async () => {
    await withMirror(async (mirror) => {
      await writeFile(path.join(mirror, 'tiny.conv-lab'), '12345')
      await writeFile(path.join(mirror, 'private.txt'), 'secret')
      await withServer(mirror, async (address, server) => {
        expect(await server.files()).toEqual([{ name: 'tiny.conv-lab', bytes: 5 }])
        const { status, text } = await ask(address, '/')
        expect(status).toBe(200)
        expect(text).toContain('<a href="tiny.conv-lab">Tiny</a>')
        expect(text).not.toContain('private')
      })
    })
  })

  test('has no address for anything else, however it is written', async () => {
    await withMirror(async (mirror) => {
      await writeFile(path.join(mirror, 'private.txt'), 'secret')
      await writeFile(path.join(mirror, 'tiny', 'other.tar.gz'), 'secret')
      await writeFile(path.join(path.dirname(mirror), 'outside.conv-lab'), 'secret')
      const targets = [
        '/private.txt',
        '/tiny',
        '/tiny/',
        '/tiny/other.tar.gz',
        '/tiny.conv-lab',
        '/../outside.conv-lab',
        '/tiny/../../outside.conv-lab',
        '/%2e%2e/outside.conv-lab',
        '/tiny/%2e%2e%2f%2e%2e%2foutside.conv-lab',
        '/..%5coutside.conv-lab',
        '//etc/passwd',
        '/%00',
        '/%zz',
        '/tiny%2fother.tar.gz',
        'http://elsewhere/private.txt',
      ]
      await withServer(mirror, async (address) => {
        for (const target of targets) {
          const { status, text } = await ask(address, target)
          expect({ target, status, secret: text.includes('secret') }).toEqual({ target, status: 404, secret: false })
        }
      })
    })
  })

  withLinks('has no address for a link out of it', async () => {
    await withMirror(async (mirror) => {
      const outside = path.join(path.dirname(mirror), 'outside.conv-lab')
      await writeFile(outside, 'secret')
      await symlink(outside, path.join(mirror, 'tiny.conv-lab'))
      await withServer(mirror, async (address) => {
        expect((await ask(address, '/tiny.conv-lab')).status).toBe(404)
      })
    })
  })

  test('is only read', async () => {
    await withMirror(async (mirror) => {
      await writeFile(path.join(mirror, 'tiny.conv-lab'), '12345')
      await withServer(mirror, async (address) => {
        for (const method of ['PUT', 'POST', 'DELETE', 'PATCH', 'OPTIONS'])
          expect(await ask(address, '/tiny.conv-lab', { method })).toMatchObject({
            status: 405,
            headers: { allow: 'GET, HEAD' },
          })
      })
      expect((await readdir(mirror)).sort()).toEqual(['tiny', 'tiny.conv-lab'])
    })
  })

  test('passes on no set whose licence forbids it, and no mirror is asked for one', async () => {
    await withMirror(async (mirror, home) => {
      await writeFile(path.join(mirror, 'tiny.conv-lab'), 'secret')
      const closed = { ...definition, card: { ...tinyCard, obtained: 'copy' as const } }
      await withServer(
        mirror,
        async (address, server) => {
          expect(await server.files()).toEqual([])
          expect((await ask(address, '/tiny.conv-lab')).status).toBe(404)
        },
        [closed],
      )
      publisher.at('/tiny.tar.gz', isMissing)
      expect(said((await getTiny(home, mirror, closed)).problem)).toContain('it has nothing of the set')
    })
  })

  test('says when its port is taken, or its address is none of this computer’s', async () => {
    await withMirror(async (mirror) => {
      await withServer(mirror, async (address) => {
        const options = { folder: mirror, definitions: [definition], code: null, onRequest: () => undefined }
        const port = Number(new URL(address).port)
        await expect(MirrorServer.open({ ...options, host: '127.0.0.1', port })).rejects.toMatchObject({
          problem: { code: 'port-in-use', parameters: { port } },
        })
        await expect(MirrorServer.open({ ...options, host: '192.0.2.1', port: 0 })).rejects.toMatchObject({
          problem: { code: 'mirror-not-opened', parameters: { host: '192.0.2.1' } },
        })
      })
    })
  })
})
