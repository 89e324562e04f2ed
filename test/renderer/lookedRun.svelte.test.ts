import { flushSync } from 'svelte'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { LabEvent } from '../../core/contract/windowContract.ts'
import type { Checkpoint, RunDetail, RunSummary } from '../../core/run/run.ts'
import type { LabConnection } from '../../renderer/state/lab.svelte.ts'
import type { Looked } from '../../renderer/state/look.svelte.ts'
import { LookedRun } from '../../renderer/state/lookedRun.svelte.ts'
import { Answers, calls, connected, LabEnd, until } from './labEnd.ts'
import { sampleRun, sampleView } from './sampleRuns.ts'

let readings: Answers<{ readonly run: number }, RunDetail>
let end: LabEnd
let lab: LabConnection
let step = $state<number | null>(null)
let followed: LookedRun
/** What a page has been given to ask about, each as often as it would have asked. */
let asked: (Looked | null)[] = []
let close = (): void => undefined

function checkpoint(at: number): Checkpoint {
  return {
    step: at,
    file: `${at}.safetensors`,
    sha256: String(at).repeat(64),
    bytes: 1,
    reason: 'interval',
    createdAt: '2026-11-24T00:00:00.000Z',
  }
}

function trained(to: number): RunSummary {
  return sampleRun(1, {}, { step: to, checkpointStep: to })
}

function detail(...steps: readonly number[]): RunDetail {
  return { ...trained(steps[steps.length - 1]), checkpoints: steps.map(checkpoint), stretches: [] }
}

/** Tells of a step, as a run that trains does many times a second. */
async function trains(sequence: number, first: number): Promise<void> {
  const column = [1]
  const told = { loss: column, accuracy: column, seconds: column, imagesPerSecond: 100 }
  end.send({ kind: 'steps', sequence, run: 1, first, ...told })
  await heard(sequence)
}

async function heard(sequence: number): Promise<void> {
  await until(() => lab.view?.status.sequence === sequence)
  flushSync()
}

async function checkpoints(event: LabEvent, reading: number, ...steps: readonly number[]): Promise<void> {
  end.send(event)
  await until(() => {
    flushSync()
    return readings.asked.length === reading + 1
  })
  readings.give(reading, detail(...steps))
  await until(() => followed.detail?.checkpoints.length === steps.length)
  flushSync()
}

beforeEach(async () => {
  readings = new Answers()
  end = new LabEnd({ runs: { detail: calls.runs.detail.handler(readings.take) } })
  end.view = sampleView([trained(5)], 10)
  lab = await connected(end)
  step = null
  asked = []
  close = $effect.root(() => {
    followed = new LookedRun(
      () => lab.view?.runs.find(({ id }) => id === 1) ?? null,
      () => step,
      lab,
    )
    $effect(() => {
      asked.push(followed.looked)
    })
  })
  flushSync()
  await until(() => readings.asked.length === 1)
  readings.give(0, detail(0, 5))
  await until(() => followed.looked !== null)
  flushSync()
})

afterEach(() => {
  close()
  end.end()
})

const steps = (): (number | undefined)[] => asked.map((one) => one?.checkpoint.step)

describe('a run that is looked into', () => {
  it('asks nothing while its run trains and has no new checkpoint', async () => {
    await trains(11, 6)
    await trains(12, 7)
    expect(readings.asked).toEqual([{ run: 1 }])
    expect(steps()).toEqual([undefined, 5])
  })

  it('shows the newest checkpoint as soon as it is there', async () => {
    await trains(11, 6)
    await checkpoints({ kind: 'run', sequence: 12, run: trained(7) }, 1, 0, 5, 7)
    expect(steps()).toEqual([undefined, 5, 7])
  })

  it('asks nothing anew of a chosen checkpoint when another is written', async () => {
    step = 5
    flushSync()
    await checkpoints({ kind: 'run', sequence: 11, run: trained(7) }, 1, 0, 5, 7)
    expect(followed.detail?.checkpoints).toHaveLength(3)
    expect(steps()).toEqual([undefined, 5])
  })

  it('goes to the checkpoint that is chosen', () => {
    step = 0
    flushSync()
    expect(steps()).toEqual([undefined, 5, 0])
  })
})
