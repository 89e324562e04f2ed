import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { errorsReportOf } from '../../core/errors/errorsReportOf.ts'
import { type ErrorsEvent, type ErrorsReport, sentReport } from '../../core/errors/errorsReport.ts'
import { CheckedErrors } from '../../renderer/state/checkedErrors.svelte.ts'
import { ErrorsPageView } from '../../renderer/state/errorsPage.svelte.ts'
import type { Looked } from '../../renderer/state/look.svelte.ts'
import { calls, connected, LabEnd, refusal, until } from './labEnd.ts'
import { sampleRun } from './sampleRuns.ts'

const shaOf = (run: number, step: number): string => `${run}${step}`.padStart(64, '0')

function reportOf(run: number, step: number): ErrorsReport {
  const shares = Float64Array.of(0.9, 0.6, 0.7)
  return errorsReportOf(
    { run, checkpoint: step, sha256: shaOf(run, step), classes: ['cat', 'dog'], storedAccuracy: null },
    {
      classes: 2,
      labels: Uint16Array.of(0, 0, 1),
      predicted: Uint16Array.of(0, 1, 1),
      ranks: Uint16Array.of(0, 1, 0),
      suspected: Uint16Array.of(65_535, 65_535, 65_535),
      confidence: shares,
      ofLabel: shares,
      margin: shares,
      entropy: shares,
    },
  )
}

function looked(run: number, step: number): Looked {
  const checkpoint = {
    step,
    file: 'a.safetensors',
    sha256: shaOf(run, step),
    bytes: 1,
    reason: 'interval' as const,
    createdAt: '2026-01-01T00:00:00.000Z',
  }
  return { run: { ...sampleRun(run) }, checkpoint }
}

const asked: { run: number; checkpoint: unknown }[] = []
let ended = 0
const end = new LabEnd({
  errors: {
    compute: calls.errors.compute.handler(async function* ({ input, signal }): AsyncGenerator<ErrorsEvent> {
      asked.push(input)
      const step = Number(input.checkpoint)
      if (step === 666) throw refusal
      yield { kind: 'progress', done: 1, total: 3, perSecond: 2 }
      if (step === 99) {
        await new Promise<void>((resolve) => signal?.addEventListener('abort', () => resolve()))
        ended += 1
        return
      }
      yield { kind: 'done', report: sentReport(reportOf(input.run, step)) }
    }),
  },
})
const lab = await connected(end)
afterAll(() => end.end())

beforeEach(() => {
  asked.length = 0
  ended = 0
})

describe('the errors of a checkpoint', () => {
  it('are asked for once', async () => {
    const errors = new CheckedErrors(lab)
    await errors.show(looked(1, 10))
    expect(errors.report).toMatchObject({ run: 1, checkpoint: 10, correct: 2 })
    await errors.show(looked(1, 20))
    expect(errors.report?.checkpoint).toBe(20)
    await errors.show(looked(1, 10))
    expect(errors.report?.checkpoint).toBe(10)
    expect(asked).toEqual([
      { run: 1, checkpoint: 10 },
      { run: 1, checkpoint: 20 },
    ])
  })

  it('stay in view until others of the run are there, and leave it for another run', async () => {
    const errors = new CheckedErrors(lab)
    await errors.show(looked(2, 10))
    const next = errors.show(looked(2, 99))
    expect(errors.report?.checkpoint).toBe(10)
    await until(() => errors.pass.progress !== null)
    const other = errors.show(looked(3, 5))
    expect(errors.report).toBeNull()
    await Promise.all([next, other])
    expect(errors.report?.run).toBe(3)
    await until(() => ended === 1)
  })

  it('can be cancelled, and asked for again', async () => {
    const errors = new CheckedErrors(lab)
    const showing = errors.show(looked(4, 99))
    await until(() => errors.pass.progress !== null)
    errors.cancel()
    await showing
    expect([errors.cancelled, errors.pass.running, errors.report]).toEqual([true, false, null])
    await errors.show(looked(4, 10))
    expect([errors.cancelled, errors.report?.checkpoint]).toEqual([false, 10])
  })

  it('that are refused say why', async () => {
    const errors = new CheckedErrors(lab)
    await errors.show(looked(5, 666))
    expect(errors.pass.problem).not.toBeNull()
    expect(errors.report).toBeNull()
  })
})

describe('what is chosen on the page', () => {
  it('stays for a run, and its classes are let go with another', () => {
    const page = new ErrorsPageView()
    page.enter(1)
    page.cell = { label: 0, predicted: 1 }
    page.label = 1
    page.enter(1)
    expect([page.cell, page.label]).toEqual([{ label: 0, predicted: 1 }, 1])
    page.enter(2)
    expect([page.cell, page.label]).toEqual([null, null])
  })
})
