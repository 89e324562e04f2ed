import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { MessageChannel } from 'node:worker_threads'
import { createORPCClient, safe } from '@orpc/client'
import { RPCLink } from '@orpc/client/message-port'
import type { ContractRouterClient } from '@orpc/contract'
import { createRouterClient } from '@orpc/server'
import { RPCHandler } from '@orpc/server/message-port'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Problem, sentenceOf } from '../../../core/words/problems.ts'
import type { RunRequest } from '../../../core/run/run.ts'
import type { windowContract } from '../../../core/contract/windowContract.ts'
import { router } from '../../../main/api/router.ts'
import { forkEngine } from '../../../main/engine/host/engineHost.ts'
import { homePlaces } from '../../../main/files/places.ts'
import type { Lab } from '../../../main/lab.ts'
import { openServedLab } from '../../../main/shells/openServedLab.ts'
import { smallRequest } from '../openLab.ts'
import { placeSmallSet } from '../smallHome.ts'

let lab: Lab
let good: RunRequest
let folder: string
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'conv-lab-bad-input-'))
  await placeSmallSet(homePlaces(folder))
  lab = await openServedLab({ home: folder, shell: 'cli', launchEngine: forkEngine, warm: false })
  good = smallRequest(lab, { goal: 10 })
})
afterAll(async () => {
  await lab.close()
  await rm(folder, { recursive: true, force: true })
})

/**
 * What the window and the command line are told when they ask to start this, which no type would let them write; in
 * both languages.
 */
async function refusalOf(request: unknown): Promise<{ en: string; ru: string }> {
  const client = createRouterClient(router, { context: { lab } })
  const sent: RunRequest = JSON.parse(JSON.stringify(request))
  const { error } = await safe(client.runs.start(sent))
  if (error === null || !('data' in error)) throw new Error('it was not refused as a problem')
  const of = Problem.parse(error.data)
  return { en: sentenceOf(of, 'en'), ru: sentenceOf(of, 'ru') }
}

const withConfig = (change: object): unknown => ({ ...good, config: { ...good.config, ...change } })
const withLayer = (index: number, change: object): unknown => {
  const { model } = good.config
  return withConfig({
    model: { ...model, layers: model.layers.map((layer, at) => (at === index ? { ...layer, ...change } : layer)) },
  })
}

describe('what cannot be started is refused in one sentence that says where and what', () => {
  test.each<[string, () => unknown, RegExp]>([
    ['an unknown key of the request', () => ({ ...good, epochs: 3 }), /not understood: it has nothing called epochs/],
    [
      'an unknown key of the configuration',
      () => withConfig({ momentum: 0.9 }),
      /not understood: the setting config has nothing called momentum/,
    ],
    [
      'an unknown key of the optimizer',
      () => withConfig({ optimizer: { ...good.config.optimizer, decay: 1 } }),
      /not understood: the setting config\.optimizer has nothing called decay/,
    ],
    [
      'an unknown key of a layer',
      () => withLayer(0, { colour: 'red' }),
      /not understood: the setting config\.model\.layers\.0 has nothing called colour/,
    ],
    [
      'a layer that there is not',
      () => withLayer(0, { kind: 'attention' }),
      /not understood: the setting config\.model\.layers\.0\.kind cannot have this value/,
    ],
    [
      'a key that is missing',
      () => withConfig({ seed: undefined }),
      /not understood: the setting config\.seed must be a (whole )?number/,
    ],
    [
      'a batch of none',
      () => withConfig({ batch: 0 }),
      /not understood: the setting config\.batch must be at least 1\./,
    ],
    [
      'a batch that is no number',
      () => withConfig({ batch: '100' }),
      /not understood: the setting config\.batch must be a (whole )?number/,
    ],
    [
      'a share of all images',
      () => withConfig({ data: { ...good.config.data, validationShare: 0.9 } }),
      /not understood: the setting config\.data\.validationShare must be at most 0\.5/,
    ],
    [
      'a rate that goes down a hill upward',
      () => withConfig({ schedule: { ...good.config.schedule, learningRate: -1 } }),
      /not understood: the setting config\.schedule\.learningRate must be more than 0/,
    ],
    ['a goal of none', () => ({ ...good, goal: 0 }), /not understood: the setting goal must be at least 1/],
    [
      'a warm-up as long as its schedule',
      () =>
        withConfig({
          schedule: {
            kind: 'cosine',
            learningRate: 0.1,
            warmUp: { steps: 10, startFactor: 0.1 },
            steps: 10,
            endLearningRate: 0,
          },
        }),
      /not understood: the setting config\.schedule has a warm-up as long as the whole schedule/,
    ],
    [
      'a schedule longer than the run',
      () =>
        withConfig({ schedule: { kind: 'cosine', learningRate: 0.1, warmUp: null, steps: 11, endLearningRate: 0 } }),
      /^The schedule has 11 steps, but the run has only 10\. Make the schedule shorter or the run longer\.$/,
    ],
    [
      'a batch larger than the set',
      () => withConfig({ batch: 301 }),
      /^A batch of 301 is larger than the training set of 300 images\. Choose a batch of at most 300\.$/,
    ],
    [
      'a dense layer of a map',
      () =>
        withConfig({
          model: { ...good.config.model, layers: good.config.model.layers.filter(({ kind }) => kind !== 'flatten') },
        }),
      /layer fc_1 needs a flat vector, but a map of 6 x 6 x 64 comes in: put a flatten layer before it/,
    ],
    [
      'a window larger than its map',
      () => withLayer(0, { kernel: { height: 25, width: 25 }, padding: 'valid' }),
      /layer conv_1 has a window of 25 x 25, larger than the 24 x 24 map of 24 x 24 x 3 that comes in: make it smaller/,
    ],
    [
      'a class too few',
      () => withLayer(12, { units: 9 }),
      /layer classes gives 9 logits, but 10 classes of CIFAR-10 are taken: give it 10 units\./,
    ],
    [
      'an input larger than the images',
      () => withConfig({ model: { ...good.config.model, input: { height: 33, width: 24, channels: 3 } } }),
      /layer input takes 33 x 24 x 3, which cannot be cut from images of 32 x 32 x 3: choose an input/,
    ],
  ])('%s', async (_what, request, sentence) => {
    const { en, ru } = await refusalOf(request())
    expect(en).toMatch(sentence)
    expect(ru).not.toBe(en)
    expect(ru).not.toMatch(/\b(?:expected|must|invalid|received|unrecognized)\b/i)
    expect(en).not.toMatch(/\n|[{}[\]]/)
  })

  test('and nothing is begun', () => {
    expect(lab.runs.list()).toEqual([])
    expect(lab.engine.status.state).toBe('off')
  })
})

test('a stream that is refused says why over a port, as a call does', async () => {
  const { port1, port2 } = new MessageChannel()
  new RPCHandler(router).upgrade(port1, { context: { lab } })
  const client: ContractRouterClient<typeof windowContract> = createORPCClient(new RPCLink({ port: port2 }))
  port1.start()
  port2.start()
  // One that cannot be broken off where it shall be: the refusal comes with the first event, not with the answer.
  const events = await client.runs.proveResume({ request: good, breakAt: 10, by: 'pause' })
  const { error } = await safe(events.next())
  expect(error).toMatchObject({ code: 'PROBLEM', data: { code: 'setting-out-of-range' } })
  port1.close()
  port2.close()
})
