// @module-tag slow
import { readdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { ProofEvent, ProofRequest } from '../../../core/run/resumeProof.ts'
import type { Optimizer, RunConfig } from '../../../core/run/run.ts'
import { EngineHost, forkEngine } from '../../../main/engine/host/engineHost.ts'
import { proveResume } from '../../../main/training/resumeProof.ts'
import { tinyRun, type TinyRun } from '../engine/train/tinyRun.ts'

let tiny: TinyRun
beforeAll(async () => {
  tiny = await tinyRun()
  // Of its own: another proof on this computer shall not be taken for what this one has left behind.
  vi.stubEnv('TMPDIR', tiny.folder)
})
afterAll(async () => {
  vi.unstubAllEnvs()
  await tiny.remove()
})

const openEngine = () => new EngineHost({ launch: forkEngine, onStatus: () => undefined })

async function proved(
  change: Partial<ProofRequest>,
  config: Partial<RunConfig>,
): Promise<{ events: ProofEvent[]; result: Extract<ProofEvent, { kind: 'proved' }> }> {
  const order = tiny.order('proof')
  const request = {
    preset: 'seed' as const,
    config: { ...order.config, ...config },
    goal: 9,
    evaluateEvery: 4,
    patience: null,
  }
  const events: ProofEvent[] = []
  for await (const event of proveResume(
    { request, breakAt: 5, by: 'pause', ...change },
    { openEngine, dataFolder: order.dataFolder, branchPoint: null, signal: new AbortController().signal },
  ))
    events.push(event)
  const last = events[events.length - 1]
  if (last.kind !== 'proved') throw new Error('the proof has no result')
  return { events, result: last }
}

/** The Lab network with a dropout behind its first dense layer. */
function withDropout(): RunConfig['model'] {
  const { model } = tiny.order('model').config
  const layers = model.layers.flatMap((layer): RunConfig['model']['layers'] =>
    layer.name === 'relu_3' ? [layer, { kind: 'dropout', name: 'drop_1', rate: 0.3 }] : [layer],
  )
  return { ...model, layers }
}

const sgd: Optimizer = { kind: 'sgd', momentum: 0.9, nesterov: true, weightDecay: 5e-4, clipNorm: null }
const adamW: Optimizer = { kind: 'adamw', beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weightDecay: 0.01, clipNorm: 1 }
const oneCycle: RunConfig['schedule'] = {
  kind: 'one-cycle',
  learningRate: 0.01,
  warmUp: null,
  steps: 9,
  riseShare: 0.25,
  startDivisor: 25,
  endDivisor: 1e4,
  momentum: { min: 0.85, max: 0.95 },
}

describe('a run that is broken and resumed in another process gives every bit of one that is not', () => {
  it('when it was paused, with SGD on one cycle', async () => {
    const { events, result } = await proved({}, { optimizer: sgd, schedule: oneCycle })
    expect(result).toMatchObject({ equal: true, steps: 9, breakAt: 5, by: 'pause' })
    expect(result.resumed).toBe(result.unbroken)
    expect(new Set(events.flatMap((event) => (event.kind === 'progress' ? [event.part] : [])))).toEqual(
      new Set(['unbroken', 'before', 'after']),
    )
  })

  it('when its engine was killed, with AdamW, clipped gradients and validation images held out', async () => {
    const { data } = tiny.order('data').config
    const { result } = await proved({ by: 'kill' }, { optimizer: adamW, data: { ...data, validationShare: 0.2 } })
    expect(result).toMatchObject({ equal: true, by: 'kill' })
  })

  it('when its engine was killed, with SGD, dropout and mixup', async () => {
    const { augmentation } = tiny.order('model').config
    const { result } = await proved(
      { by: 'kill' },
      { optimizer: sgd, model: withDropout(), augmentation: { ...augmentation, mixup: { alpha: 0.4 } } },
    )
    expect(result).toMatchObject({ equal: true, by: 'kill' })
  })

  it('with Adam, dropout, mixup and mirror images measured', async () => {
    const { augmentation } = tiny.order('model').config
    const { result } = await proved(
      {},
      { model: withDropout(), augmentation: { ...augmentation, mixup: { alpha: 0.4 } }, evaluation: { flips: true } },
    )
    expect(result.equal).toBe(true)
  })
})

describe('the digest', () => {
  it('is another one for another seed, and leaves no file behind', async () => {
    const first = await proved({}, {})
    const second = await proved({}, { seed: 2 })
    expect(second.result.equal).toBe(true)
    expect(second.result.unbroken).not.toBe(first.result.unbroken)
    expect(
      (await readdir(tmpdir())).filter((name) => name.startsWith('conv-lab-proof-')).map((name) => path.basename(name)),
    ).toEqual([])
  })
})

describe('a proof that cannot be made', () => {
  it('says why, when a way does not come to its end', async () => {
    const { data } = tiny.order('data').config
    await expect(proved({}, { data: { ...data, sha256: '0'.repeat(64) } })).rejects.toMatchObject({
      problem: { code: 'dataset-changed' },
    })
  })
})
