import { expect, test } from 'vitest'
import { requestFor } from '../../core/run/presets.ts'
import { ProofRequest } from '../../core/run/resumeProof.ts'
import type { RunSummary } from '../../core/run/run.ts'
import { cifar10 } from '../../main/datasets/sets/cifar10.ts'
import { proofOf, proofShare } from '../../renderer/pages/Train/proof.ts'
import { unmarked } from './sampleRuns.ts'

const run: RunSummary = {
  id: 1,
  ...unmarked,
  ...requestFor('quick', cifar10.card, { sha256: 'a'.repeat(64) }),
  network: null,
  configSha256: 'b'.repeat(64),
  state: 'paused',
  phase: null,
  computer: null,
  queuePosition: null,
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

test('a proof trains the settings of the run over a few steps, its schedule as long as they are', () => {
  const { request, breakAt, by } = ProofRequest.parse(proofOf(run))
  expect({ goal: request.goal, breakAt, by, evaluateEvery: request.evaluateEvery }).toEqual({
    goal: 60,
    breakAt: 23,
    by: 'pause',
    evaluateEvery: 60,
  })
  expect(request.config).toEqual({ ...run.config, schedule: { ...run.config.schedule, steps: 60 } })
})

test('both ways of a proof count for one half', () => {
  const at = (part: 'unbroken' | 'before' | 'after', step: number): number =>
    proofShare({ kind: 'progress', part, step, goal: 60 })
  expect([at('unbroken', 0), at('unbroken', 60), at('before', 15), at('after', 60)]).toEqual([0, 0.5, 0.625, 1])
})
