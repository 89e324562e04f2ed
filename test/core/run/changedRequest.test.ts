import { expect, test } from 'vitest'
import { branchRequest, changedRequest } from '../../../core/run/changedRequest.ts'
import { isFrozen } from '../../../core/network/frozen.ts'
import { undistorted } from '../../../core/run/augmentation.ts'
import { requestFor } from '../../../core/run/presets.ts'
import { RunConfig, type RunRequest } from '../../../core/run/run.ts'
import { cifar10 } from '../../../main/datasets/sets/cifar10.ts'

const view = cifar10.card
const sha256 = 'a'.repeat(64)
const from = { run: 3, step: 500, sha256 }

function requestOf(choices: Parameters<typeof requestFor>[3] = {}): RunRequest {
  return requestFor('quick', view, { sha256 }, choices)
}

test('a branch makes the steps that its run had left, and its schedule is as long', () => {
  const branch = branchRequest(requestOf({ goal: 2000 }), from, { learningRate: 0.01 }, view)
  expect(branch).toMatchObject({
    goal: 1500,
    config: { from, schedule: { kind: 'one-cycle', steps: 1500, learningRate: 0.01 } },
  })
  expect(branchRequest(requestOf({ goal: 500 }), from, {}, view).goal).toBe(500)
  expect(branchRequest(requestOf(), from, { goal: 70 }, view)).toMatchObject({
    goal: 70,
    config: { schedule: { steps: 70 } },
  })
})

test('what is not changed stays, a configuration without a branch point as it was', () => {
  const request = requestOf()
  expect(changedRequest(request, {}, view)).toEqual(request)
  expect('from' in changedRequest(request, { batch: 50 }, view).config).toBe(false)
})

test('changes keep the rules of a configuration', () => {
  const cosine = requestOf({ schedule: 'cosine' })
  const { schedule } = cosine.config
  if (schedule.kind !== 'cosine') throw new Error('the schedule is no cosine')
  const ending = {
    ...cosine,
    config: { ...cosine.config, schedule: { ...schedule, endLearningRate: schedule.learningRate / 2 } },
  }
  const slower = changedRequest(ending, { learningRate: 0.001 }, view)
  expect(slower.config.schedule).toMatchObject({ learningRate: 0.001, endLearningRate: 0.0005 })
  expect(RunConfig.safeParse(slower.config).success).toBe(true)
  expect(changedRequest(requestOf(), { optimizer: 'adam', schedule: 'constant' }, view).config).toMatchObject({
    optimizer: { kind: 'adam' },
    schedule: { kind: 'constant' },
  })
})

test('distortion goes and comes back as the preset has it', () => {
  const plain = changedRequest(requestOf(), { distort: false }, view)
  expect(plain.config.augmentation).toEqual(undistorted)
  expect(changedRequest(plain, { distort: true }, view)).toEqual(requestOf())
})

test('fewer images of each class become a choice of the data', () => {
  expect(changedRequest(requestOf(), { perClass: 100 }, view).config.data.choice).toMatchObject({ perClass: 100 })
})

test('other activations make another network, which begins anew', () => {
  const branch = branchRequest(requestOf(), from, {}, view)
  const changed = changedRequest(branch, { activation: 'relu' }, view)
  expect('from' in changed.config).toBe(false)
})

test('what is out of range is refused', () => {
  expect(() => changedRequest(requestOf(), { batch: 60_000 }, view)).toThrow('10000')
  expect(() => changedRequest(requestOf(), { learningRate: -1 }, view)).toThrow('must')
})

test('layers are frozen by their names, all others trained; a saved network is no version of itself then', () => {
  const request = { ...requestOf(), network: { name: 'mine', version: 2 } }
  const frozen = changedRequest(request, { frozen: ['conv_1', 'norm_1'] }, view)
  expect(frozen.config.model.layers.filter(isFrozen).map(({ name }) => name)).toEqual(['conv_1', 'norm_1'])
  expect(frozen.network).toEqual({ name: 'mine', version: null })
  expect(changedRequest({ ...frozen, network: request.network }, { frozen: [] }, view).config).toEqual(request.config)
  expect(changedRequest(request, { learningRate: 0.1 }, view).network).toEqual(request.network)
  expect(() => changedRequest(request, { frozen: ['pool_1'] }, view)).toThrow(
    /no layer pool_1 that can be frozen. Those with weights can: conv_1, norm_1/,
  )
})
