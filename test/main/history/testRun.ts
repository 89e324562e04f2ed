import { createHash } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { undistorted } from '../../../core/run/augmentation.ts'
import { seedNetwork } from '../../../core/run/presets.ts'
import { LabError } from '../../../core/words/problems.ts'
import type { Checkpoint, EngineIdentity, RunConfig, RunRequest } from '../../../core/run/run.ts'
import { checkpointFolder } from '../../../main/files/places.ts'
import type { Home } from '../../../main/files/places.ts'
import type { History } from '../../../main/history/history.ts'

export const config: RunConfig = {
  format: 1,
  data: {
    dataset: 'cifar-10',
    sha256: 'ab'.repeat(32),
    pixels: { kind: 'range', min: 0, max: 255 },
    validationShare: 0,
  },
  model: seedNetwork({ height: 24, width: 24, channels: 3 }, 10),
  augmentation: {
    ...undistorted,
    randomCrop: true,
    flip: true,
    hue: 0.05,
    contrast: { min: 0.3, max: 1 },
    brightness: 0.2,
    saturation: { min: 0, max: 2 },
  },
  evaluation: { flips: false },
  optimizer: { kind: 'adam', beta1: 0.9, beta2: 0.999, epsilon: 1e-8, clipNorm: null },
  schedule: { kind: 'constant', learningRate: 1e-4, warmUp: null },
  batch: 100,
  seed: 1,
}

export const request: RunRequest = { preset: 'seed', config, goal: 2500, evaluateEvery: 500, patience: null }

export const engine: EngineIdentity = {
  tensorflow: '2.21.0',
  binding: 'tfjs-node 4.22.0',
  node: '24.21.0',
  processor: 'a processor',
  threads: 2,
  graphVersion: 2,
}

/** Adds the steps `first` to `last`; step s has loss 1 / s, accuracy s / 10,000 and took 0.5 s. */
export function addSteps(history: History, run: number, first: number, last: number): void {
  const steps = Array.from({ length: last - first + 1 }, (_, index) => first + index)
  history.addSteps(
    run,
    first,
    steps.map((step) => 1 / step),
    steps.map((step) => step / 10_000),
    steps.map((step) => step * 0.5),
  )
}

/** Writes a checkpoint file as an engine does, and returns what its row says. */
export function writeCheckpoint(
  home: Home,
  run: number,
  step: number,
  reason: Checkpoint['reason'] = 'interval',
): Checkpoint {
  const file = `${step}.safetensors`
  const bytes = Buffer.from(`weights of run ${run} at step ${step}`)
  mkdirSync(checkpointFolder(home, run), { recursive: true })
  writeFileSync(path.join(checkpointFolder(home, run), file), bytes)
  return {
    step,
    file,
    sha256: createHash('sha256').update(bytes).digest('hex'),
    bytes: bytes.length,
    reason,
    createdAt: '2026-11-24T10:00:00.000Z',
  }
}

/** Writes a checkpoint and makes it count. */
export function addCheckpoint(home: Home, history: History, run: number, step: number): Checkpoint {
  const checkpoint = writeCheckpoint(home, run, step)
  history.addCheckpoint(run, checkpoint, step * 0.5)
  return checkpoint
}

/** The code of the problem that this throws; null when it throws nothing. What is no LabError goes on. */
export function problemIn(action: () => unknown): string | null {
  try {
    action()
  } catch (thrown) {
    if (thrown instanceof LabError) return thrown.problem.code
    throw thrown
  }
  return null
}
