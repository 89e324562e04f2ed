import { expect, test } from 'vitest'
import type { DatasetEntry } from '../../../core/dataset.ts'
import { requestFor, seedNetwork } from '../../../core/presets.ts'
import { LabError } from '../../../core/problems.ts'
import type { RunRequest } from '../../../core/run.ts'
import { checkRequest } from '../../../main/training/checkRequest.ts'
import { smallCard } from '../smallHome.ts'

const prepared = { sha256: 'ab'.repeat(32), bytes: 1, source: 'publisher', preparedAt: '2026-11-24T10:00:00.000Z' } as const
const entry: DatasetEntry = { ...smallCard, state: 'ready', prepared, progress: null, problem: null }
const good = requestFor('seed', smallCard, prepared, { batch: 20 })

function codeFor(request: RunRequest): string | null {
  try {
    checkRequest(request, entry)
  } catch (thrown) {
    if (thrown instanceof LabError) return thrown.problem.code
    throw thrown
  }
  return null
}

test('a request that fits passes', () => {
  expect(codeFor(good)).toBeNull()
})

test.each<[string, Partial<RunRequest['config']>, string]>([
  ['other data', { data: { ...good.config.data, sha256: 'cd'.repeat(32) } }, 'bad-input'],
  ['a batch larger than the set', { batch: 301 }, 'batch-too-large'],
  ['a network for grey images', { model: seedNetwork({ height: 24, width: 24, channels: 1 }, 10) }, 'model-invalid'],
  ['a network for larger images', { model: seedNetwork({ height: 33, width: 24, channels: 3 }, 10) }, 'model-invalid'],
  ['a network with too few classes', { model: seedNetwork({ height: 24, width: 24, channels: 3 }, 9) }, 'model-invalid'],
  ['a network whose layers do not fit', { model: { ...good.config.model, layers: good.config.model.layers.filter(({ kind }) => kind !== 'flatten') } }, 'model-invalid'],
  ['a schedule longer than the run', { schedule: { kind: 'cosine', learningRate: 0.1, warmUp: null, steps: good.goal + 1, endLearningRate: 0 } }, 'schedule-too-long'],
  ['padding that reflects more than there is', { augmentation: { ...good.config.augmentation, pad: { pixels: 32, fill: 'reflect' } } }, 'setting-unfit'],
])('%s is refused', (_what, change, code) => {
  expect(codeFor({ ...good, config: { ...good.config, ...change } })).toBe(code)
})
