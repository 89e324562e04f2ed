import { describe, expect, it } from 'vitest'
import { requestFor } from '../../core/run/presets.ts'
import { noChoices } from '../../core/contract/choicesContract.ts'
import { usualPreferences } from '../../core/contract/windowContract.ts'
import type { RunSummary } from '../../core/run/run.ts'
import { cifar10 } from '../../main/datasets/sets/cifar10.ts'
import { folded, type LabView } from '../../renderer/state/view.ts'
import { shownRun } from '../../renderer/text/runFigures.ts'
import { unmarked } from './sampleRuns.ts'

function run(id: number, state: RunSummary['state'], queuePosition: number | null = null): RunSummary {
  return {
    id,
    ...unmarked,
    ...requestFor('seed', cifar10.card, { sha256: 'a'.repeat(64) }),
    network: null,
    configSha256: 'b'.repeat(64),
    state,
    phase: null,
    computer: null,
    queuePosition,
    continuation: null,
    problem: null,
    step: 0,
    checkpointStep: null,
    trainingSeconds: 0,
    evaluationSeconds: 0,
    waitingSeconds: 0,
    queuedSeconds: 0,
    imagesPerSecond: null,
    trainImages: 50_000,
    best: null,
    evaluationsSinceBest: 0,
    expectation: null,
    weights: null,
    eventFolder: null,
    last: null,
    createdAt: '2026-11-24T00:00:00.000Z',
    endedAt: null,
  }
}

function view(runs: readonly RunSummary[]): LabView {
  return {
    status: {
      version: '0.1.0',
      home: '/home',
      owner: { shell: 'browser', pid: 1, address: null },
      engine: { state: 'off', identity: null, problem: null },
      memory: { usedBytes: 1, totalBytes: 2 },
      queue: { held: null },
      sequence: 10,
    },
    preferences: usualPreferences,
    choices: noChoices,
    datasets: [],
    networks: [],
    runs,
    kept: 0,
    evaluating: null,
  }
}

describe('the view of the queue', () => {
  it('loses a cancelled run and takes the new places of the others', () => {
    const before = view([run(3, 'queued', 2), run(2, 'queued', 1), run(1, 'training')])
    const without = folded(before, { kind: 'cancelled', sequence: 11, run: 2 })
    const after = folded(without, { kind: 'run', sequence: 12, run: run(3, 'queued', 1) })
    expect(after.runs.map((one) => [one.id, one.queuePosition])).toEqual([
      [3, 1],
      [1, null],
    ])
  })

  it('knows why the queue waits, and that it goes on', () => {
    const held = folded(view([]), { kind: 'queue', sequence: 11, queue: { held: { reason: 'paused', run: 1 } } })
    expect(held.status.queue.held).toEqual({ reason: 'paused', run: 1 })
    expect(folded(held, { kind: 'queue', sequence: 12, queue: { held: null } }).status.queue.held).toBeNull()
  })
})

describe('the run that is shown where none is asked for', () => {
  it('is the one in training, though newer ones are queued', () => {
    expect(shownRun([run(3, 'queued', 1), run(2, 'training'), run(1, 'done')])?.id).toBe(2)
  })

  it('is the newest that has begun, and a queued one only where there is no other', () => {
    expect(shownRun([run(3, 'queued', 1), run(2, 'paused'), run(1, 'done')])?.id).toBe(2)
    expect(shownRun([run(3, 'queued', 1)])?.id).toBe(3)
    expect(shownRun([])).toBeNull()
  })
})
