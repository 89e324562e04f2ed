import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { DatasetEntry } from '../../core/data/dataset.ts'
import { placeOfFile } from '../../core/contract/windowLink.ts'
import { DatasetControl } from '../../renderer/state/datasetControl.svelte.ts'
import { GivenFiles } from '../../renderer/state/given.svelte.ts'
import type { LabConnection } from '../../renderer/state/lab.svelte.ts'
import type { Answer } from '../../renderer/state/link.ts'
import type { Sending } from '../../renderer/state/sendFiles.ts'
import { animals } from './dataSets.ts'
import { Answers, calls, connected, type Deferred, deferred, LabEnd, refusal, until } from './labEnd.ts'
import { sampleEntry, sampleView } from './sampleRuns.ts'

const imports = new Answers<{ dataset: string; path: string; name?: string | undefined }, DatasetEntry>()
const end = new LabEnd({ datasets: { import: calls.datasets.import.handler(imports.take) } })
end.view = { ...sampleView([]), datasets: [sampleEntry, animals] }
const lab: LabConnection = await connected(end)

/** What the window asks to copy, and the answers that the test gives. */
let sent: Sending[]
let answers: Deferred<Answer<DatasetEntry> | null>[]

function send(sending: Sending): Promise<Answer<DatasetEntry> | null> {
  const answer = deferred<Answer<DatasetEntry> | null>()
  sent.push(sending)
  answers.push(answer)
  // Like the real one: the answer is null if aborted.
  sending.signal.addEventListener('abort', () => answer.resolve(null))
  return answer.promise
}

/** Files as a dialogue returns them: from one folder, if their paths say so. */
function chosen(...paths: readonly string[]): FileList {
  const files = paths.map((path) => {
    const file = new File(['0123456789'], path.split('/').at(-1) ?? '')
    return Object.defineProperty(file, 'webkitRelativePath', { value: path.includes('/') ? path : '' })
  })
  return Object.assign(files, { item: (place: number) => files[place] ?? null })
}

function given(): GivenFiles {
  return new GivenFiles(lab, new DatasetControl(lab), send)
}

beforeEach(() => {
  sent = []
  answers = []
  imports.forget()
  vi.stubGlobal('window', {})
})
afterEach(() => vi.unstubAllGlobals())

describe('files that are given in a browser', () => {
  it('are copied, and then a set is there', async () => {
    const files = given()
    files.choose(chosen('cats/a/1.jpg', 'cats/a/2.jpg'), null)
    expect([files.target, files.name, files.unfit]).toEqual(['own', 'cats', null])
    files.name = ' My cats '
    const taken = files.take()
    await until(() => sent.length === 1)
    expect(sent[0]).toMatchObject({ dataset: 'own', name: 'My cats' })
    expect(sent[0]?.files.map(({ path }) => path)).toEqual(['cats/a/1.jpg', 'cats/a/2.jpg'])
    expect(files.copying).toMatchObject({ doneBytes: 0, totalBytes: 20, secondsLeft: null })
    sent[0]?.onBytes(10)
    expect(files.copying).toMatchObject({ doneBytes: 10, totalBytes: 20 })
    answers[0]?.resolve({ ok: true, value: animals })
    expect(await taken).toEqual(animals)
    expect([files.given, files.copying, files.busy]).toEqual([null, null, false])
  })

  it('are of the set that is looked at while that is not here', () => {
    const files = given()
    files.choose(chosen('images.zip'), { ...sampleEntry, obtained: 'download' })
    expect(files.target).toBe('shapes')
    files.choose(chosen('images.zip'), animals)
    expect(files.target).toBe('own')
  })

  it('stay as they are while they are being copied, whatever else is given or pressed', async () => {
    const files = given()
    files.choose(chosen('cats.zip'), null)
    void files.take()
    await until(() => sent.length === 1)
    expect(await files.take()).toBeNull()
    files.choose(chosen('dogs.zip'), null)
    expect(files.given?.name).toBe('cats.zip')
    expect(sent).toHaveLength(1)
    files.discard()
  })

  it('are put away by whoever gives up, and others can be given then', async () => {
    const files = given()
    files.choose(chosen('cats.zip'), null)
    const taken = files.take()
    await until(() => sent.length === 1)
    files.discard()
    expect(sent[0]?.signal.aborted).toBe(true)
    expect(await taken).toBeNull()
    expect([files.given, files.copying, files.busy, files.problem]).toEqual([null, null, false, null])
    files.choose(chosen('dogs.zip'), null)
    expect(files.given?.name).toBe('dogs.zip')
  })

  it('stay where they were refused, with the reason', async () => {
    const files = given()
    files.choose(chosen('cats.zip'), null)
    const taken = files.take()
    await until(() => sent.length === 1)
    answers[0]?.resolve({ ok: false, problem: refusal.problem })
    expect(await taken).toBeNull()
    expect([files.given?.name, files.problem, files.busy]).toEqual(['cats.zip', refusal.problem, false])
  })

  it('are said to be none where a folder has no files to take', async () => {
    const files = given()
    files.choose(chosen('cats/.hidden'), null)
    expect(await files.take()).toBeNull()
    expect([files.unfit, files.busy, sent.length]).toEqual(['empty', false, 0])
  })

  it('can be given again where they could not be listed', async () => {
    const files = given()
    const unlisted = chosen('cats.zip')
    files.choose(unlisted, null)
    if (files.given === null) throw new Error('nothing was given')
    files.given = { ...files.given, files: () => Promise.reject(new Error('the folder has gone')) }
    expect(await files.take()).toBeNull()
    expect(files.problem).toMatchObject({ code: 'internal', parameters: { detail: 'the folder has gone' } })
    expect([files.busy, files.copying]).toEqual([false, null])
  })
})

describe('files that are given in a shell that says where they lie', () => {
  beforeEach(() => vi.stubGlobal('window', { [placeOfFile]: (file: File) => `/home/me/cats/a/${file.name}` }))

  it('are taken from there', async () => {
    const files = given()
    files.choose(chosen('cats/a/1.jpg'), null)
    const taken = files.take()
    await until(() => imports.asked.length === 1)
    expect(imports.asked).toEqual([{ dataset: 'own', path: '/home/me/cats', name: 'cats' }])
    imports.give(0, animals)
    expect(await taken).toEqual(animals)
    expect([files.given, sent.length]).toEqual([null, 0])
  })

  it('stay where they were refused, with the reason', async () => {
    const files = given()
    files.choose(chosen('cats/a/1.jpg'), null)
    const taken = files.take()
    await until(() => imports.asked.length === 1)
    imports.refuse(0)
    expect(await taken).toBeNull()
    expect(files.problem).toEqual(refusal.problem)
    expect(files.given?.name).toBe('cats')
  })

  it('are one file or folder at a time', () => {
    const files = given()
    files.choose(chosen('1.jpg', '2.jpg'), null)
    expect([files.unfit, files.given?.count]).toEqual(['several', 2])
  })
})
