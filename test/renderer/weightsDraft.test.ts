import { afterAll, afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { WeightsProposal } from '../../core/weights/weightsProposal.ts'
import type { TableRow, WeightsSource } from '../../core/weights/weightsTable.ts'
import type { LabConnection } from '../../renderer/state/lab.svelte.ts'
import type { Answer } from '../../renderer/state/link.ts'
import { NextRun } from '../../renderer/state/nextRun.svelte.ts'
import type { Copies, Sending } from '../../renderer/state/sendFiles.ts'
import { WeightsDraft } from '../../renderer/state/weightsDraft.svelte.ts'
import { animals } from './dataSets.ts'
import { Answers, calls, connected, type Deferred, deferred, LabEnd, until } from './labEnd.ts'
import { sampleEntry, sampleView } from './sampleRuns.ts'

const row: TableRow = { variable: 'a/kernel', taken: { tensor: 'a.weight', turn: 'conv' }, by: 'name', choices: [] }
const proposal: WeightsProposal = { rows: [row], unused: [], tensors: [], reasons: [] }
const kept = {
  from: { sha256: 'e'.repeat(64) },
  origin: { source: { kind: 'file' as const, name: 'lenet.onnx' }, variables: 1, anew: [] },
}
const looks = new Answers<{ source: WeightsSource }, WeightsProposal>()
const keeps = new Answers<{ rows: TableRow[] }, typeof kept>()
const end = new LabEnd({
  weights: { propose: calls.weights.propose.handler(looks.take), keep: calls.weights.keep.handler(keeps.take) },
})
end.view = { ...sampleView([]), datasets: [animals, sampleEntry] }
const lab: LabConnection = await connected(end)
let sent: Sending[]
let answers: Deferred<Answer<Copies> | null>[]
let discarded: string[]
let next: NextRun
let draft: WeightsDraft

function files(...names: readonly string[]): FileList {
  const given = names.map((name) =>
    Object.defineProperty(new File(['0123456789'], name), 'webkitRelativePath', { value: '' }),
  )
  return Object.assign(given, { item: (place: number) => given[place] ?? null })
}

const copies: Answer<Copies> = { ok: true, value: { id: '7', path: '/lab/given/7/lenet.onnx' } }

beforeEach(() => {
  // A browser, which does not tell paths.
  vi.stubGlobal('window', {})
  looks.forget()
  keeps.forget()
  sent = []
  answers = []
  discarded = []
  next = new NextRun(lab)
  next.chooseDataset('animals')
  draft = new WeightsDraft(lab, next, {
    send: (sending) => {
      const answer = deferred<Answer<Copies> | null>()
      sent.push(sending)
      answers.push(answer)
      sending.signal.addEventListener('abort', () => answer.resolve(null))
      return answer.promise
    },
    discard: (id) => {
      discarded.push(id)
      return Promise.resolve()
    },
  })
  draft.open('file')
})
afterEach(() => vi.unstubAllGlobals())
afterAll(() => end.end())

describe('weights of a file in a browser', () => {
  it('are copied with progress, looked at, confirmed, and the copy is deleted', async () => {
    const chosen = draft.choose(files('lenet.onnx'))
    await until(() => sent.length === 1)
    sent[0].onBytes(5)
    expect(draft.copying).toMatchObject({ doneBytes: 5, totalBytes: 10 })
    answers[0].resolve(copies)
    await until(() => looks.asked.length === 1)
    expect([draft.copying, draft.reading]).toEqual([null, true])
    expect(looks.asked[0].source).toEqual({ kind: 'file', path: '/lab/given/7/lenet.onnx' })
    looks.give(0, proposal)
    await chosen
    expect([draft.rows, draft.undecided, draft.taken]).toEqual([[row], [], 1])
    expect(next.request).toBeNull()
    const confirmed = draft.confirm()
    await until(() => keeps.asked.length === 1)
    expect(next.weights).toBeNull()
    keeps.give(0, kept)
    expect(await confirmed).toBe(true)
    expect(next.weights).toMatchObject(kept)
    expect(next.request?.config.from).toEqual(kept.from)
    expect([draft.kind, discarded]).toEqual([null, ['7']])
  })

  it('are none once the choice is cancelled, whatever still comes', async () => {
    const chosen = draft.choose(files('lenet.onnx'))
    await until(() => sent.length === 1)
    draft.close()
    await chosen
    expect([sent[0].signal.aborted, looks.asked, draft.copying]).toEqual([true, [], null])
    draft.open('file')
    draft.typed = '/home/me/lenet.onnx'
    const looked = draft.lookAtTyped()
    await until(() => looks.asked.length === 1)
    draft.close()
    looks.give(0, proposal)
    await looked
    expect([draft.looked, draft.reading, next.weights]).toEqual([null, false, null])
  })

  it('are one file, and a refusal is said', async () => {
    await draft.choose(files('a.onnx', 'b.onnx'))
    expect([draft.notOneFile, sent]).toEqual([true, []])
    draft.typed = '/home/me/none'
    const looked = draft.lookAtTyped()
    await until(() => looks.asked.length === 1)
    looks.refuse(0)
    await looked
    expect([draft.problem?.code, draft.looked, draft.notOneFile]).toEqual(['run-unknown', null, false])
  })
})

it('a table is proposed anew when the network gets other variables', async () => {
  const looked = draft.lookAtRun(3, 'best')
  await until(() => looks.asked.length === 1)
  looks.give(0, proposal)
  await looked
  await draft.follow(next.model)
  expect(looks.asked).toHaveLength(1)
  next.choosePreset('quick')
  const followed = draft.follow(next.model)
  await until(() => looks.asked.length === 2)
  expect(looks.asked[1].source).toEqual({ kind: 'run', run: 3, at: 'best' })
  looks.give(1, { ...proposal, rows: [] })
  await followed
  expect(draft.rows).toEqual([])
})
