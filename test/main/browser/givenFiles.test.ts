import { existsSync } from 'node:fs'
import { mkdtemp, readdir, readFile, rm, writeFile, mkdir } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import { connect } from 'node:net'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { noFacts, type DatasetEntry } from '../../../core/data/dataset.ts'
import type { ReadingWishes } from '../../../core/reading/readingWishes.ts'
import { LabError, problem } from '../../../core/words/problems.ts'
import { GivenFiles } from '../../../main/browser/givenFiles.ts'
import { openLog } from '../../../main/files/log.ts'
import { cifar10 } from '../../../main/datasets/sets/cifar10.ts'
import { sendResponse } from '../../../main/browser/sendResponse.ts'

let folder: string
let given: GivenFiles
let server: Server
let base: string
/** What was asked of the lab: the set, the place, name and wishes, and the files that lay there. */
let taken: { dataset: string; place: string; name?: string; wishes?: ReadingWishes; files: string[] }[]
let refuses: LabError | null
let finish: () => void

beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'conv-lab-given-'))
  taken = []
  refuses = null
  const rest = new Promise<void>((resolve) => (finish = resolve))
  given = new GivenFiles({
    folder: path.join(folder, 'given'),
    take: async (dataset, place, how) => {
      if (refuses !== null) throw refuses
      const files = existsSync(place) ? await readdir(place, { recursive: true }).catch(() => []) : []
      taken.push({ dataset, place, ...how, files: files.sort() })
      const entry: DatasetEntry = {
        ...cifar10.card,
        ...noFacts,
        id: 'own-1',
        state: 'getting',
        prepared: null,
        forms: [],
        contents: null,
        progress: null,
        problem: null,
      }
      return entry
    },
    atRest: () => rest,
    log: openLog(folder),
  })
  await given.clear()
  server = createServer((request, response) => {
    void given
      .respond(request, new URL(request.url ?? '/', 'http://127.0.0.1'))
      .then((answer) => sendResponse(response, answer, false))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  base = `http://127.0.0.1:${address.port}/given`
})

afterEach(async () => {
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
  await rm(folder, { recursive: true, force: true })
})

async function ask(
  method: string,
  address: string,
  body?: string,
): Promise<{ status: number; answer: Record<string, unknown> }> {
  const response = await fetch(`${base}${address}`, { method, ...(body === undefined ? {} : { body }) })
  return { status: response.status, answer: (await response.json()) as Record<string, unknown> }
}

const begin = async (): Promise<string> => String((await ask('POST', '')).answer['id'])
const everything = (): Promise<string[]> => readdir(path.join(folder, 'given'), { recursive: true }).catch(() => [])

describe('files that a page gives', () => {
  it('lie in one place when the set is taken, names in Cyrillic and with spaces too, and are gone when it has been', async () => {
    const id = await begin()
    await ask('PUT', `/${id}/${encodeURIComponent('Мои звери')}/cats/1.png`, 'a cat')
    await ask('PUT', `/${id}/${encodeURIComponent('Мои звери')}/dogs/${encodeURIComponent('a dog.png')}`, 'a dog')
    const { status, answer } = await ask('POST', `/${id}/import?dataset=own&name=${encodeURIComponent('Звери')}`)
    expect([status, answer['dataset']]).toMatchObject([200, { id: 'own-1' }])
    expect(taken).toMatchObject([
      {
        dataset: 'own',
        name: 'Звери',
        files: ['cats', path.join('cats', '1.png'), 'dogs', path.join('dogs', 'a dog.png')],
      },
    ])
    expect(path.basename(taken[0].place)).toBe('Мои звери')
    expect(await readFile(path.join(taken[0].place, 'cats', '1.png'), 'utf8')).toBe('a cat')
    finish()
    await expect.poll(everything).toEqual([])
  })

  it('are taken as what lies in one folder where several were given together', async () => {
    const id = await begin()
    for (const name of ['train-images', 'train-labels']) await ask('PUT', `/${id}/${name}`, name)
    await ask('POST', `/${id}/import?dataset=mnist`)
    expect(taken).toMatchObject([{ dataset: 'mnist', files: ['train-images', 'train-labels'] }])
  })

  it('stay while the lab refuses them, and go when the page gives up', async () => {
    refuses = new LabError(problem('dataset-unknown', { dataset: 'x', known: 'y' }))
    const id = await begin()
    await ask('PUT', `/${id}/a.png`, 'a')
    expect(await ask('POST', `/${id}/import?dataset=own`)).toMatchObject({
      status: 400,
      answer: { problem: { code: 'dataset-unknown' } },
    })
    expect(await everything()).toEqual([id, path.join(id, 'a.png')])
    expect((await ask('DELETE', `/${id}`)).status).toBe(200)
    expect(await everything()).toEqual([])
  })

  it.each([
    ['climbs', '..%2F..%2Fevil'],
    ['is a parent', '%2e%2e%2Fevil'],
    ['has a slash in a name', 'a%2Fb'],
    ['has a backslash in a name', 'a%5Cb'],
    ['has a control character', 'a%00b'],
    ['is no text', '%E0%A4%A'],
    ['has no name', ''],
    ['is too long', 'x'.repeat(300)],
    ['is too deep', Array<string>(30).fill('d').join('/')],
  ])('are refused where a path %s, and nothing is written', async (_what, bad) => {
    const id = await begin()
    expect(await ask('PUT', `/${id}/${bad}`, 'x')).toMatchObject({
      status: 400,
      answer: { problem: { code: 'bad-input' } },
    })
    expect(await everything()).toEqual([id])
    expect(existsSync(path.join(folder, 'evil'))).toBe(false)
  })

  it('are not written over', async () => {
    const id = await begin()
    await ask('PUT', `/${id}/a.png`, 'first')
    expect((await ask('PUT', `/${id}/a.png`, 'second')).status).toBe(400)
    expect(await readFile(path.join(folder, 'given', id, 'a.png'), 'utf8')).toBe('first')
  })

  it('must say how large they are and fit on the disk', async () => {
    const id = await begin()
    // More bytes than any disk has, of which none is ever sent.
    const { hostname, port } = new URL(base)
    const socket = connect(Number(port), hostname)
    socket.write(`PUT /given/${id}/huge HTTP/1.1\r\nhost: x\r\ncontent-length: 9000000000000000\r\n\r\n`)
    const answer = await new Promise<string>((resolve) => socket.once('data', (bytes) => resolve(bytes.toString())))
    socket.destroy()
    expect(answer).toContain('disk-full')
    expect(await everything()).toEqual([id])
  })

  it('that break off in the middle leave nothing half-written', async () => {
    const id = await begin()
    const { hostname, port } = new URL(base)
    const socket = connect(Number(port), hostname)
    socket.write(`PUT /given/${id}/half HTTP/1.1\r\nhost: x\r\ncontent-length: 1000\r\n\r\nonly this`)
    await expect.poll(everything).toEqual([id, path.join(id, 'half')])
    socket.destroy()
    await expect.poll(everything).toEqual([id])
  })

  it('are asked for by no other request', async () => {
    const id = await begin()
    expect((await ask('GET', `/${id}/a.png`).catch(() => ({ status: 0 }))).status).toBe(400)
    expect((await ask('PUT', '/77/a.png', 'x')).status).toBe(400)
    expect((await ask('POST', `/${id}/import?dataset=../own`)).status).toBe(400)
    expect((await ask('POST', `/${id}/import?dataset=own&name=x&more=1`)).status).toBe(400)
    expect(taken).toEqual([])
  })

  it('of a shell that was killed are gone when the next one opens', async () => {
    await mkdir(path.join(folder, 'given', '9'), { recursive: true })
    await writeFile(path.join(folder, 'given', '9', 'left'), 'x')
    await given.clear()
    expect(existsSync(path.join(folder, 'given'))).toBe(false)
  })
})
