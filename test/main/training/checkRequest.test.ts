import { expect, test } from 'vitest'
import { ownForm, type DataChoice } from '../../../core/data/dataChoice.ts'
import { noFacts, type DatasetEntry, type DatasetPart, type PreparedFormEntry } from '../../../core/data/dataset.ts'
import { choiceOf, viewOf } from '../../../core/data/datasetView.ts'
import { requestFor, seedNetwork } from '../../../core/run/presets.ts'
import { LabError } from '../../../core/words/problems.ts'
import type { RunRequest } from '../../../core/run/run.ts'
import { checkRequest } from '../../../main/training/checkRequest.ts'
import { smallCard } from '../smallHome.ts'

const prepared = {
  sha256: 'ab'.repeat(32),
  bytes: 1,
  source: 'publisher',
  preparedAt: '2026-11-24T10:00:00.000Z',
} as const
const { train, test: testing } = smallCard.sizes
const parts: DatasetPart[] = [
  { split: 'train', group: null, counts: smallCard.classes.map(() => train / 10) },
  // Of the last two classes there is no test image.
  { split: 'test', group: null, counts: smallCard.classes.map((_, label) => (label < 8 ? testing / 8 : 0)) },
]
const form: PreparedFormEntry = { form: ownForm, prepared, image: smallCard.image, parts, twins: null }
const entry: DatasetEntry = {
  ...smallCard,
  ...noFacts,
  state: 'ready',
  prepared,
  forms: [form],
  contents: null,
  progress: null,
  problem: null,
}
const good = requestFor('seed', smallCard, prepared, { batch: 20 })
const everything = choiceOf({})

/** A request for what a choice takes of the set. */
function requestWith(change: Partial<DataChoice>, sha256 = prepared.sha256): RunRequest {
  const choice = { ...everything, ...change }
  return requestFor('seed', viewOf(entry, choice), { sha256, choice }, { batch: 20 })
}

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
  [
    'a network with too few classes',
    { model: seedNetwork({ height: 24, width: 24, channels: 3 }, 9) },
    'model-invalid',
  ],
  [
    'a network whose layers do not fit',
    { model: { ...good.config.model, layers: good.config.model.layers.filter(({ kind }) => kind !== 'flatten') } },
    'model-invalid',
  ],
  [
    'a schedule longer than the run',
    { schedule: { kind: 'cosine', learningRate: 0.1, warmUp: null, steps: good.goal + 1, endLearningRate: 0 } },
    'schedule-too-long',
  ],
  [
    'padding that reflects more than there is',
    { augmentation: { ...good.config.augmentation, pad: { pixels: 32, fill: 'reflect' } } },
    'setting-unfit',
  ],
])('%s is refused', (_what, change, code) => {
  expect(codeFor({ ...good, config: { ...good.config, ...change } })).toBe(code)
})

test('a request for some classes passes with the network, batch and number of images that they give', () => {
  const request = requestWith({ classes: [3, 5], perClass: 20 })
  expect(codeFor(request)).toBeNull()
  expect(checkRequest(request, entry).sizes).toEqual({ train: 40, test: 2 * (testing / 8) })
  expect(codeFor({ ...request, config: { ...request.config, batch: 41 } })).toBe('batch-too-large')
  expect(codeFor({ ...request, config: { ...request.config, model: good.config.model } })).toBe('model-invalid')
})

test.each<[string, RunRequest, string]>([
  [
    'a form that is not prepared',
    requestWith({ form: { side: 48, fit: 'crop', cut: { kind: 'whole' } } }),
    'form-missing',
  ],
  ['a choice that leaves nothing to test with', requestWith({ classes: [8, 9] }), 'setting-unfit'],
  [
    'labels that the set has not',
    { ...good, config: { ...good.config, data: { ...good.config.data, choice: { ...everything, labels: 'kinds' } } } },
    'bad-input',
  ],
  [
    'a choice of everything, which is said by leaving it out',
    { ...good, config: { ...good.config, data: { ...good.config.data, choice: everything } } },
    'bad-input',
  ],
])('%s is refused', (_what, request, code) => {
  expect(codeFor(request)).toBe(code)
})

test('a class of which no image is here is refused by its name', () => {
  const without = {
    ...form,
    parts: parts.map((part) => ({ ...part, counts: part.counts.map((count, label) => (label === 2 ? 0 : count)) })),
  }
  expect(() => checkRequest(requestWith({ classes: [2, 3] }), { ...entry, forms: [without] })).toThrow(
    `no image of “${smallCard.classes[2]}” is here`,
  )
})
