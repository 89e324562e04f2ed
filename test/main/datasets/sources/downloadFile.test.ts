import { spawn } from 'node:child_process'
import { readFile, readdir, truncate, writeFile } from 'node:fs/promises'
import { createServer } from 'node:https'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { phraseText } from '../../../../core/words/phrases.ts'
import { LabError, problem } from '../../../../core/words/problems.ts'
import { downloadFile } from '../../../../main/datasets/sources/downloadFile.ts'
import type { Pause, Transfer } from '../../../../main/datasets/sources/transfer.ts'
import { pauseBefore, usualRetries } from '../../../../main/datasets/sources/transfer.ts'
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
} from './publisher.ts'
import { foreignCertificate } from './foreignCertificate.ts'
import { md5, withFolder } from '../tinySets.ts'

/** Numbers that look random and are the same each time (mulberry32). */
function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

function noise(bytes: number, seed: number): Buffer {
  const random = seeded(seed)
  return Buffer.from(Array.from({ length: bytes }, () => Math.floor(random() * 256)))
}

const body = noise(200_000, 1)
const sum = md5(body)

let publisher: Publisher
beforeEach(async () => {
  publisher = new Publisher()
  await publisher.open()
})
afterEach(() => publisher.close())

interface Told {
  readonly done: number[]
  readonly pauses: Pause[]
  readonly checked: number[]
}

function transfer(told: Told, changes: Partial<Transfer> = {}): Omit<Transfer, 'onBytes'> {
  return {
    signal: new AbortController().signal,
    answerMs: 20_000,
    silenceMs: 20_000,
    retries: { tries: 4, unreachedTries: 2, firstPauseMs: 1, longestPauseMs: 4 },
    onPause: (pause) => told.pauses.push(pause),
    onChecked: (done) => told.checked.push(done),
    ...changes,
  }
}

/** Downloads into a folder of its own: what was told, and what the folder holds then. */
async function get(
  url: string,
  { folder, changes, expected = sum }: { folder: string; changes?: Partial<Transfer>; expected?: string | null },
): Promise<Told> {
  const told: Told = { done: [], pauses: [], checked: [] }
  await downloadFile({ url, file: path.join(folder, 'set.zip'), md5: expected }, transfer(told, changes), (done) =>
    told.done.push(done),
  )
  expect(await readdir(folder)).toEqual(['set.zip'])
  return told
}

async function got(folder: string): Promise<string> {
  return md5(await readFile(path.join(folder, 'set.zip')))
}

test('a download that is broken ten times at random bytes ends with the right sum, each byte asked for once', async () => {
  for (let seed = 0; seed < 5; seed++) {
    await withFolder(async (folder) => {
      const random = seeded(seed)
      let breaks = 0
      const url = publisher.at(
        '/set.zip',
        servesRanges(body, ({ left }) => ({
          etag: '"1"',
          breakAfter: breaks++ < 10 ? 1 + Math.floor(random() * left * 0.5) : null,
        })),
      )
      const { done, pauses } = await get(url, { folder })
      expect(await got(folder)).toBe(sum)
      expect(pauses).toHaveLength(10)
      expect(pauses.every(({ reason }) => phraseText(reason, 'en').startsWith('the connection broke'))).toBe(true)
      expect(done).toEqual(done.toSorted((a, b) => a - b))
      expect(done.at(-1)).toBe(body.byteLength)
    })
  }
  expect(publisher.ranges.filter((range) => range === null)).toHaveLength(5)
})

test('a download whose process is killed goes on in the next one', async () => {
  await withFolder(async (folder) => {
    const file = path.join(folder, 'set.zip')
    const half = (response: Parameters<typeof isMissing>[0]): void =>
      void response.writeHead(200, { 'content-length': body.byteLength, etag: '"1"' }).write(body.subarray(0, 100_000))
    const url = publisher.at('/set.zip', inTurn(half, servesRanges(body)))
    const child = spawn(
      process.execPath,
      [path.resolve('test/main/datasets/sources/downloadChild.ts'), url, file, sum],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    )
    let said = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      said += text
      if (said.split('\n').includes('100000')) child.kill('SIGKILL')
    })
    const signal = await new Promise((resolve) => child.once('close', (_code, by) => resolve(by)))
    expect(signal).toBe('SIGKILL')
    expect((await readdir(folder)).sort()).toEqual(['set.zip.part', 'set.zip.part.json'])

    const { done, checked } = await get(url, { folder })
    expect(publisher.ranges).toEqual([null, 'bytes=100000-'])
    expect(checked.at(-1)).toBe(100_000)
    expect(done[0]).toBe(100_000)
    expect(await got(folder)).toBe(sum)
  })
})

test('a file that is whole is not asked for again, one that was altered since is', async () => {
  await withFolder(async (folder) => {
    const url = publisher.at('/set.zip', servesRanges(body))
    await get(url, { folder })
    await get(url, { folder })
    expect(publisher.requests).toHaveLength(1)
    await truncate(path.join(folder, 'set.zip'), 17)
    await get(url, { folder })
    expect(await got(folder)).toBe(sum)
    expect(publisher.requests).toHaveLength(2)
  })
})

test('what was whole but for its name when the process was killed is not asked for again', async () => {
  await withFolder(async (folder) => {
    const url = publisher.at('/set.zip', servesRanges(body))
    await writeFile(path.join(folder, 'set.zip.part'), body)
    await writeFile(
      path.join(folder, 'set.zip.part.json'),
      JSON.stringify({ url, validator: '"1"', total: body.byteLength }),
    )
    await get(url, { folder })
    expect(publisher.requests).toEqual([])
  })
})

describe('begun anew, and right in the end, is a download', () => {
  const half = (response: Parameters<typeof isMissing>[0], headers: Record<string, string> = {}): void =>
    void response
      .writeHead(200, { 'content-length': body.byteLength, ...headers })
      .write(body.subarray(0, 90_000), () => response.destroy())

  test('of a server without ranges', async () => {
    await withFolder(async (folder) => {
      await get(
        publisher.at(
          '/set.zip',
          inTurn((response) => half(response), serves(body)),
        ),
        { folder },
      )
      expect(await got(folder)).toBe(sum)
      expect(publisher.ranges).toEqual([null, 'bytes=90000-'])
    })
  })

  test('of a file that changed between the breaks', async () => {
    await withFolder(async (folder) => {
      const other = noise(150_000, 2)
      const url = publisher.at(
        '/set.zip',
        inTurn(
          (response) => half(response, { etag: '"old"' }),
          servesRanges(other, () => ({ etag: '"new"' })),
        ),
      )
      await get(url, { folder, expected: md5(other) })
      expect(await got(folder)).toBe(md5(other))
    })
  })

  test('of a file that changed, on a server that does not care: by its ETag, its length, or at last its sum', async () => {
    const other = noise(200_000, 2)
    const careless =
      (bytes: Buffer, headers: Record<string, string>) =>
      (response: Parameters<typeof isMissing>[0], request: Parameters<typeof isMissing>[1]): void => {
        const first = Number(/\d+/.exec(request.headers.range ?? '0')?.[0])
        const range =
          first === 0 ? {} : { 'content-range': `bytes ${first}-${bytes.byteLength - 1}/${bytes.byteLength}` }
        response
          .writeHead(first === 0 ? 200 : 206, { ...headers, ...range, 'content-length': bytes.byteLength - first })
          .end(bytes.subarray(first))
      }
    for (const [file, headers] of [
      [other, { etag: '"new"' }],
      [other.subarray(0, 150_000), {}],
      [other, {}],
    ] as const) {
      await withFolder(async (folder) => {
        const url = publisher.at(
          '/set.zip',
          inTurn(
            (response) => half(response, 'etag' in headers ? { etag: '"old"' } : {}),
            careless(Buffer.from(file), headers),
          ),
        )
        await get(url, { folder, expected: md5(file) })
        expect(await got(folder)).toBe(md5(file))
      })
    }
  })

  test('that got another part than it asked for', async () => {
    await withFolder(async (folder) => {
      const shifted = (response: Parameters<typeof isMissing>[0]): void =>
        void response
          .writeHead(206, {
            etag: '"1"',
            'content-range': `bytes 5-${body.byteLength - 1}/${body.byteLength}`,
            'content-length': body.byteLength - 5,
          })
          .end(body.subarray(5))
      await get(
        publisher.at(
          '/set.zip',
          inTurn((response) => half(response, { etag: '"1"' }), shifted, servesRanges(body)),
        ),
        { folder },
      )
      expect(await got(folder)).toBe(sum)
    })
  })

  test('whose part is longer than the file', async () => {
    await withFolder(async (folder) => {
      const url = publisher.at('/set.zip', servesRanges(body))
      await writeFile(path.join(folder, 'set.zip.part'), Buffer.alloc(300_000))
      await writeFile(path.join(folder, 'set.zip.part.json'), JSON.stringify({ url, validator: '"1"', total: null }))
      await get(url, { folder })
      expect(publisher.ranges).toEqual(['bytes=300000-', null])
    })
  })

  test('whose part was damaged, or belongs to another address, or is of nobody knows what', async () => {
    const url = publisher.at('/set.zip', servesRanges(body))
    for (const note of [
      { url, validator: '"1"', total: body.byteLength },
      { url: `${url}?other`, validator: '"1"', total: body.byteLength },
      'no JSON',
    ]) {
      await withFolder(async (folder) => {
        await writeFile(path.join(folder, 'set.zip.part'), Buffer.alloc(1000, 'x'))
        await writeFile(path.join(folder, 'set.zip.part.json'), typeof note === 'string' ? note : JSON.stringify(note))
        await get(url, { folder })
        expect(await got(folder)).toBe(sum)
      })
    }
  })

  test('without a sum and without a name for the file’s state', async () => {
    await withFolder(async (folder) => {
      const url = publisher.at(
        '/set.zip',
        inTurn(
          (response) => half(response),
          servesRanges(body, () => ({})),
        ),
      )
      await get(url, { folder, expected: null })
      expect(publisher.ranges).toEqual([null, null])
      expect(await got(folder)).toBe(sum)
    })
  })
})

test('a server that states a wrong length too large, and one without any, are taken by the sum', async () => {
  await withFolder(async (folder) => {
    const tooLong = (response: Parameters<typeof isMissing>[0]): void =>
      void response
        .writeHead(200, { etag: '"1"', 'content-length': body.byteLength + 10 })
        .write(body, () => response.destroy())
    await get(publisher.at('/set.zip', inTurn(tooLong, servesRanges(body))), { folder })
    expect(publisher.ranges).toEqual([null, `bytes=${body.byteLength}-`])
    expect(await got(folder)).toBe(sum)
  })
  await withFolder(async (folder) => {
    await get(
      publisher.at('/set.zip', (response) => void response.writeHead(200).end(body)),
      { folder },
    )
    expect(await got(folder)).toBe(sum)
  })
})

test('a file of which no sum is published goes on by the date of its last change', async () => {
  await withFolder(async (folder) => {
    let turn = 0
    const url = publisher.at(
      '/set.zip',
      servesRanges(body, () => ({
        lastModified: 'Mon, 01 Jan 2024 00:00:00 GMT',
        breakAfter: turn++ === 0 ? 70_000 : null,
      })),
    )
    await get(url, { folder, expected: null })
    expect(publisher.ranges).toEqual([null, 'bytes=70000-'])
    expect(await got(folder)).toBe(sum)
  })
})

test('redirects are followed with the range, to an end', async () => {
  await withFolder(async (folder) => {
    let turn = 0
    const there = publisher.at(
      '/there',
      servesRanges(body, () => ({ etag: '"1"', breakAfter: turn++ === 0 ? 70_000 : null })),
    )
    await get(publisher.at('/set.zip', redirectsTo(there)), { folder })
    expect(publisher.ranges).toEqual([null, null, 'bytes=70000-', 'bytes=70000-'])
  })
  await withFolder(async (folder) => {
    const round = publisher.at('/round', redirectsTo('/round'))
    await expect(get(round, { folder })).rejects.toThrow('from one address to the next without end')
    await expect(get(publisher.at('/away', redirectsTo('file:///etc/passwd')), { folder })).rejects.toThrow(
      'is none of the web',
    )
  })
})

describe('a passing trouble is waited out:', () => {
  test.each([
    ['a server that answers 503', answers(503, { 'retry-after': '1' }), 'the server answered 503'],
    ['one that answers 500', answers(500), 'the server answered 500'],
    ['one that answers 429', answers(429), 'the server answered 429'],
    ['one that falls silent', fallsSilent(body), 'the server fell silent'],
    ['one that never answers', neverAnswers, 'no answer'],
    ['one that breaks off', (...of: Parameters<typeof isMissing>) => breaksOff(body)(...of), 'the connection broke'],
  ])('%s', async (_what, behaviour, reason) => {
    await withFolder(async (folder) => {
      // A computer that is busy with other things may be silent for longer, and then asks once more.
      const retries = { tries: 100, unreachedTries: 100, firstPauseMs: 1, longestPauseMs: 4 }
      const patience =
        behaviour === neverAnswers || reason === 'the server fell silent' ? { answerMs: 300, silenceMs: 300 } : {}
      const { pauses } = await get(publisher.at('/set.zip', inTurn(behaviour, serves(body))), {
        folder,
        changes: { retries, ...patience },
      })
      expect(pauses[0].attempt).toBe(2)
      expect(phraseText(pauses[0].reason, 'en')).toContain(reason)
      expect(await got(folder)).toBe(sum)
    })
  })
})

describe('given up, with what has come kept, is a source that', () => {
  const part = body.subarray(0, 50_000)
  const refused = async (
    behaviour: Parameters<Publisher['at']>[1],
    sentence: string,
    requests: number,
  ): Promise<void> => {
    await withFolder(async (folder) => {
      const url = publisher.at('/set.zip', behaviour)
      await writeFile(path.join(folder, 'set.zip.part'), part)
      await writeFile(
        path.join(folder, 'set.zip.part.json'),
        JSON.stringify({ url, validator: '"1"', total: body.byteLength }),
      )
      const told: Told = { done: [], pauses: [], checked: [] }
      const patience = behaviour === neverAnswers ? { answerMs: 300 } : {}
      const downloading = downloadFile(
        { url, file: path.join(folder, 'set.zip'), md5: sum },
        transfer(told, patience),
        () => undefined,
      )
      await expect(downloading).rejects.toThrow(
        expect.objectContaining({ name: 'SourceError', message: expect.stringContaining(sentence) }),
      )
      expect(publisher.requests).toHaveLength(requests)
      expect((await readFile(path.join(folder, 'set.zip.part'))).equals(part)).toBe(true)
      publisher.at('/set.zip', servesRanges(body))
      await get(url, { folder })
      expect(publisher.ranges.at(-1)).toBe('bytes=50000-')
    })
  }
  test.each([407, 511])('is behind a network that wants one to sign in (%d)', (status) =>
    refused(answers(status), `lets nothing through before one signs in (answer ${status})`, 1),
  )
  test('is behind a network that reads along, with a certificate of its own', async () => {
    const reading = createServer(foreignCertificate, (_request, response) => void response.end(body))
    await new Promise<void>((resolve) => reading.listen(0, '127.0.0.1', resolve))
    onTestFinished(() => void reading.close())
    const address = reading.address()
    if (address === null || typeof address === 'string') throw new Error('it does not listen')
    const told: Told = { done: [], pauses: [], checked: [] }
    await withFolder(async (folder) => {
      const wanted = { url: `https://127.0.0.1:${address.port}/set.zip`, file: path.join(folder, 'set.zip'), md5: sum }
      await expect(downloadFile(wanted, transfer(told), () => undefined)).rejects.toThrow(
        'its certificate is not known here (DEPTH_ZERO_SELF_SIGNED_CERT)',
      )
      // Another try would meet it again.
      expect(told.pauses).toEqual([])
    })
  })
  test('has not the file', () => refused(isMissing, 'the server answered 404', 1))
  test('shows a web page, as a network’s log-in does', () =>
    refused(showsAPage, 'a web page came instead of the file', 1))
  test('shows a page and calls it a file', () =>
    refused(serves(Buffer.from(' <!DOCTYPE html><html>Log in</html>')), 'a web page came instead of the file', 1))
  test('stays in trouble', () => refused(answers(500), 'the server answered 500', 4))
  test('never answers', () => refused(neverAnswers, 'no answer', 4))
})

test('where nobody listens the next source is near: two tries', async () => {
  await withFolder(async (folder) => {
    const closed = new Publisher()
    await closed.open()
    const url = closed.at('/set.zip', serves(body))
    await closed.close()
    const told: Told = { done: [], pauses: [], checked: [] }
    await expect(
      downloadFile({ url, file: path.join(folder, 'set.zip'), md5: sum }, transfer(told), () => undefined),
    ).rejects.toThrow('not reached (ECONNREFUSED)')
    expect(told.pauses).toHaveLength(1)
  })
})

test('a wrong sum is refused, and the file deleted', async () => {
  await withFolder(async (folder) => {
    const url = publisher.at('/set.zip', serves(noise(1000, 3)))
    await expect(get(url, { folder })).rejects.toThrow(
      `set.zip is not the published file (its MD5 is ${md5(noise(1000, 3))})`,
    )
    expect(await readdir(folder)).toEqual([])
  })
})

test('a disk that cannot hold what the server announces refuses before the first byte', async () => {
  await withFolder(async (folder) => {
    const url = publisher.at(
      '/set.zip',
      (response) => void response.writeHead(200, { 'content-length': 1e15 }).write('a'),
    )
    await expect(get(url, { folder })).rejects.toMatchObject({ problem: { code: 'disk-full' } })
  })
})

test('a folder that cannot be written is said so', async () => {
  await withFolder(async (folder) => {
    await writeFile(path.join(folder, 'taken'), '')
    const url = publisher.at('/set.zip', serves(body))
    await expect(get(url, { folder: path.join(folder, 'taken') })).rejects.toMatchObject({
      problem: { code: 'write-failed' },
    })
    expect(publisher.requests).toEqual([])
  })
})

test('cancelling ends it with the reason, in the middle and in a pause; what has come is left to the one who cancelled', async () => {
  for (const behaviour of [fallsSilent(body), answers(500)]) {
    await withFolder(async (folder) => {
      const controller = new AbortController()
      const reason = new LabError(problem('download-cancelled', { dataset: 'Tiny' }))
      const told: Told = { done: [], pauses: [], checked: [] }
      const slow = { tries: 4, unreachedTries: 2, firstPauseMs: 3_600_000, longestPauseMs: 3_600_000 }
      const url = publisher.at('/set.zip', behaviour)
      const downloading = downloadFile(
        { url, file: path.join(folder, 'set.zip'), md5: sum },
        transfer(told, { signal: controller.signal, retries: slow }),
        (done) => told.done.push(done),
      )
      await Promise.all([
        expect(downloading).rejects.toBe(reason),
        expect
          .poll(() => told.done.length + told.pauses.length)
          .toBeGreaterThan(0)
          .then(() => controller.abort(reason)),
      ])
    })
  }
})

test('pauses double up to the longest, and a random part is taken off', () => {
  expect([1, 2, 3, 4, 5, 6, 20].map((failures) => pauseBefore(failures, usualRetries, 0))).toEqual([
    1000, 2000, 4000, 8000, 16_000, 30_000, 30_000,
  ])
  expect(pauseBefore(3, usualRetries, 0.5)).toBe(3000)
})
