import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { DatasetEntry } from '../../core/data/dataset.ts'
import { placeOfFile } from '../../core/contract/windowLink.ts'
import { DatasetControl } from '../../renderer/state/datasetControl.svelte.ts'
import { GivenFiles } from '../../renderer/state/given.svelte.ts'
import type { LabConnection } from '../../renderer/state/lab.svelte.ts'
import type { Answer } from '../../renderer/state/link.ts'
import { Planning } from '../../renderer/state/planning.svelte.ts'
import type { Copies, CopiesAs, Sending } from '../../renderer/state/sendFiles.ts'
import { animals } from './dataSets.ts'
import { Answers, calls, connected, type Deferred, deferred, LabEnd, refusal, until } from './labEnd.ts'
import { planned } from './planned.ts'
import { Plannings } from './plannings.ts'
import { sampleEntry, sampleView } from './sampleRuns.ts'

const imports = new Answers<{ dataset: string; path: string; name?: string | undefined }, DatasetEntry>()
const plannings = new Plannings()
const end = new LabEnd({
  datasets: { import: calls.datasets.import.handler(imports.take), plan: plannings.handler },
})
end.view = { ...sampleView([]), datasets: [sampleEntry, animals] }
const lab: LabConnection = await connected(end)

/** What the window asks to copy, to import and to discard, and the answers that the test gives. */
let sent: Sending[]
let answers: Deferred<Answer<Copies> | null>[]
let imported: [id: string, as: CopiesAs][]
let discarded: string[]
let taken: DatasetEntry[]
let importsCopies: Answer<DatasetEntry>

function send(sending: Sending): Promise<Answer<Copies> | null> {
  const answer = deferred<Answer<Copies> | null>()
  sent.push(sending)
  answers.push(answer)
  // Like the real one: the answer is null if aborted.
  sending.signal.addEventListener('abort', () => answer.resolve(null))
  return answer.promise
}

const copies: Answer<Copies> = { ok: true, value: { id: '7', path: '/lab/given/7/cats' } }

/** Files as a dialogue returns them: from one folder, if their paths say so. */
function chosen(...paths: readonly string[]): FileList {
  const files = paths.map((path) => {
    const file = new File(['0123456789'], path.split('/').at(-1) ?? '')
    return Object.defineProperty(file, 'webkitRelativePath', { value: path.includes('/') ? path : '' })
  })
  return Object.assign(files, { item: (place: number) => files[place] ?? null })
}

interface GivenAndPlanned {
  readonly files: GivenFiles
  readonly planning: Planning
}

function given(): GivenAndPlanned {
  const planning = new Planning(lab, (entry) => taken.push(entry))
  const files = new GivenFiles(lab, new DatasetControl(lab), planning, {
    send,
    import: (id, as) => {
      imported.push([id, as])
      return Promise.resolve(importsCopies)
    },
    discard: (id) => {
      discarded.push(id)
      return Promise.resolve()
    },
  })
  return { files, planning }
}

beforeEach(() => {
  sent = []
  answers = []
  imported = []
  discarded = []
  taken = []
  importsCopies = { ok: true, value: animals }
  imports.forget()
  plannings.begun.length = 0
  vi.stubGlobal('window', {})
})
afterEach(() => vi.unstubAllGlobals())

/** A folder that was dropped, copied and is being looked at. */
async function lookedAt(): Promise<GivenAndPlanned & { readonly looked: Promise<unknown> }> {
  const both = given()
  both.files.choose(chosen('cats/a/1.jpg', 'cats/a/2.jpg'), null)
  const looked = both.files.take()
  await until(() => sent.length === 1)
  answers[0]?.resolve(copies)
  await until(() => plannings.begun.length === 1)
  return { ...both, looked }
}

describe('files that are given in a browser', () => {
  it('are copied, then looked at, and taken when the person says so', async () => {
    const { files, planning } = given()
    files.choose(chosen('cats/a/1.jpg', 'cats/a/2.jpg'), null)
    expect([files.target, files.unfit]).toEqual(['own', null])
    const looked = files.take()
    await until(() => sent.length === 1)
    expect(sent[0]?.files.map(({ path }) => path)).toEqual(['cats/a/1.jpg', 'cats/a/2.jpg'])
    expect(files.copying).toMatchObject({ doneBytes: 0, totalBytes: 20, secondsLeft: null })
    sent[0]?.onBytes(10)
    expect(files.copying).toMatchObject({ doneBytes: 10, totalBytes: 20 })
    answers[0]?.resolve(copies)
    await until(() => plannings.begun.length === 1)
    expect(plannings.begun[0]?.path).toBe('/lab/given/7/cats')
    expect([files.copying, files.busy, planning.looksAt('files')]).toEqual([null, true, true])
    plannings.begun[0]?.tell(planned())
    expect(await looked).toBeNull()
    expect([files.given, files.busy, planning.name, imported]).toEqual([null, false, 'cats', []])
    await planning.take()
    expect(imported).toEqual([['7', { dataset: 'own', name: 'cats', wishes: { labelsFrom: 'folders' } }]])
    expect([taken, discarded]).toEqual([[animals], []])
  })

  it('leave no copy behind when their plan is cancelled', async () => {
    const { planning, looked } = await lookedAt()
    plannings.begun[0]?.tell(planned())
    await looked
    planning.cancel()
    expect([discarded, planning.planned]).toEqual([['7'], null])
  })

  it('leave no copy behind when the look is given up', async () => {
    const { files, planning, looked } = await lookedAt()
    files.discard()
    await looked
    expect([discarded, planning.files, files.given, files.busy, files.problem]).toEqual([
      ['7'],
      null,
      null,
      false,
      null,
    ])
  })

  it('stay where they have no reading, with the reason, and leave no copy behind', async () => {
    const { files, looked } = await lookedAt()
    plannings.begun[0]?.refuse()
    await looked
    expect([files.given?.name, files.problem, files.busy, discarded]).toEqual(['cats', refusal.problem, false, ['7']])
  })

  it('of a published set are copied and imported at once', async () => {
    const { files } = given()
    files.choose(chosen('images.zip'), { ...sampleEntry, obtained: 'download' })
    const entry = files.take()
    await until(() => sent.length === 1)
    answers[0]?.resolve(copies)
    expect(await entry).toEqual(animals)
    expect([imported, files.given]).toEqual([[['7', { dataset: 'shapes' }]], null])
  })

  it('of a published set are put away where they are refused', async () => {
    const { files } = given()
    importsCopies = { ok: false, problem: refusal.problem }
    files.choose(chosen('images.zip'), { ...sampleEntry, obtained: 'download' })
    const entry = files.take()
    await until(() => sent.length === 1)
    answers[0]?.resolve(copies)
    expect(await entry).toBeNull()
    expect([files.problem, discarded, files.given?.name]).toEqual([refusal.problem, ['7'], 'images.zip'])
  })

  it('are of the set that is looked at while that is not here', () => {
    const { files } = given()
    files.choose(chosen('images.zip'), { ...sampleEntry, obtained: 'download' })
    expect(files.target).toBe('shapes')
    files.choose(chosen('images.zip'), animals)
    expect(files.target).toBe('own')
  })

  it('stay as they are while they are being copied, whatever else is given or pressed', async () => {
    const { files } = given()
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
    const { files } = given()
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
    const { files } = given()
    files.choose(chosen('cats.zip'), null)
    const taken = files.take()
    await until(() => sent.length === 1)
    answers[0]?.resolve({ ok: false, problem: refusal.problem })
    expect(await taken).toBeNull()
    expect([files.given?.name, files.problem, files.busy]).toEqual(['cats.zip', refusal.problem, false])
  })

  it('are said to be none where a folder has no files to take', async () => {
    const { files } = given()
    files.choose(chosen('cats/.hidden'), null)
    expect(await files.take()).toBeNull()
    expect([files.unfit, files.busy, sent.length]).toEqual(['empty', false, 0])
  })

  it('can be given again where they could not be listed', async () => {
    const { files } = given()
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

  it('are looked at and taken from there', async () => {
    const { files, planning } = given()
    files.choose(chosen('cats/a/1.jpg'), null)
    const looked = files.take()
    await until(() => plannings.begun.length === 1)
    expect(plannings.begun[0]?.path).toBe('/home/me/cats')
    plannings.begun[0]?.tell(planned())
    await looked
    const done = planning.take()
    await until(() => imports.asked.length === 1)
    imports.give(0, animals)
    await done
    expect(imports.asked).toEqual([
      { dataset: 'own', path: '/home/me/cats', name: 'cats', wishes: { labelsFrom: 'folders' } },
    ])
    expect([files.given, sent.length, taken]).toEqual([null, 0, [animals]])
  })

  it('stay where they have no reading, with the reason', async () => {
    const { files } = given()
    files.choose(chosen('cats/a/1.jpg'), null)
    const looked = files.take()
    await until(() => plannings.begun.length === 1)
    plannings.begun[0]?.refuse()
    await looked
    expect(files.problem).toEqual(refusal.problem)
    expect(files.given?.name).toBe('cats')
  })

  it('of a published set are imported from there, or stay with the reason', async () => {
    const { files } = given()
    files.choose(chosen('cats/a/1.jpg'), { ...sampleEntry, obtained: 'download' })
    const refused = files.take()
    await until(() => imports.asked.length === 1)
    imports.refuse(0)
    expect(await refused).toBeNull()
    expect(files.problem).toEqual(refusal.problem)
    const entry = files.take()
    await until(() => imports.asked.length === 2)
    imports.give(1, animals)
    expect(await entry).toEqual(animals)
    expect(imports.asked).toEqual([0, 1].map(() => ({ dataset: 'shapes', path: '/home/me/cats' })))
    expect([files.given, files.problem]).toEqual([null, null])
  })

  it('are one file or folder at a time', () => {
    const { files } = given()
    files.choose(chosen('1.jpg', '2.jpg'), null)
    expect([files.unfit, files.given?.count]).toEqual(['several', 2])
  })
})
