import { describe, expect, test } from 'vitest'
import type { Layer } from '../../../core/layers/registry.ts'
import { checkNetwork } from '../../../core/network/checkNetwork.ts'
import { measure } from '../../../core/network/geometry.ts'
import { Network } from '../../../core/network/network.ts'
import { mostParameters } from '../../../core/network/parameterLimit.ts'
import { repaired } from '../../../core/network/repairs.ts'
import { sentenceOf } from '../../../core/words/problems.ts'
import { randomNetwork } from './randomNetworks.ts'
import { conv, dense, digits, halving, leNet5, tanh } from './sampleNetworks.ts'

const { head } = leNet5

/** What the faults of a network say, in English. */
function faultsOf(network: Network): string[] {
  return checkNetwork(network, digits).faults.map(({ problem }) => sentenceOf(problem, 'en'))
}

/** Makes the first repair that is offered until nothing is wrong any more. */
function mended(network: Network): Network {
  let now = network
  for (let repairs = 0; repairs < 20; repairs += 1) {
    const [repair] = checkNetwork(now, digits).faults.flatMap((fault) => fault.repairs)
    if (repair === undefined) return now
    now = repaired(now, repair)
  }
  throw new Error('the repairs have no end')
}

describe('a network that works', () => {
  test('has a row for each layer, and the model that is trained', () => {
    const check = checkNetwork(leNet5, digits)
    expect(check.faults).toEqual([])
    expect(check.layers.map(({ row }) => row?.parameters)).toEqual([156, 0, 0, 2416, 0, 0, 0, 48120, 0, 10164, 0, 850])
    expect(check.totals.parameters).toBe(61_706)
    if (check.model === null) throw new Error('there is no model')
    expect(measure(check.model)).toHaveLength(12)
  })

  test('says which layer tells the classes apart', () => {
    expect(checkNetwork(leNet5, { ...digits, classes: 7 }).classifier).toEqual({ layer: 'classes', units: 7 })
    expect(checkNetwork({ ...leNet5, input: digits.input }, digits).classifier).toBeNull()
  })
})

describe('a layer that does not fit', () => {
  const cases: readonly (readonly [string, readonly Layer[], RegExp])[] = [
    [
      'a pool larger than its map',
      [
        conv('c1', 6, 5),
        { ...halving('s2'), kind: 'max-pool', size: 40 } as Layer,
        { kind: 'flatten', name: 'flat' },
        dense('d', 10),
      ],
      /layer s2 has a window of 40 x 40, larger than the 28 x 28 map/,
    ],
    [
      'nothing to train',
      [
        { kind: 'global-average-pool', name: 'means', scaling: null },
        { kind: 'concat', name: 'ten', from: Array<string>(10).fill('means') },
      ],
      /layer ten ends a network that has nothing to train/,
    ],
    ['a dense layer on a map', [conv('c1', 6, 5), dense('d', 10)], /layer d needs a flat vector/],
    [
      'a convolution of a vector',
      [{ kind: 'flatten', name: 'flat' }, conv('c1', 6, 5), { kind: 'flatten', name: 'flat_2' }, dense('d', 10)],
      /layer c1 needs a map/,
    ],
    [
      'a sum of unlike maps',
      [
        conv('a', 8, 3),
        halving('b'),
        conv('c', 16, 3),
        { kind: 'add', name: 'sum', from: ['a', 'c'] },
        { kind: 'flatten', name: 'flat' },
        dense('d', 10),
      ],
      /layer sum adds layers of one shape, but 28 x 28 x 8, 14 x 14 x 16 come in/,
    ],
    [
      'unlike maps behind each other',
      [
        conv('a', 8, 3),
        halving('b'),
        { kind: 'concat', name: 'both', from: ['a', 'b'] },
        { kind: 'flatten', name: 'flat' },
        dense('d', 10),
      ],
      /layer both joins maps of one height and width/,
    ],
    [
      'a circle',
      [{ ...conv('a', 8, 3), from: 'b' } as Layer, conv('b', 8, 3), { kind: 'flatten', name: 'flat' }, dense('d', 10)],
      /layer a takes its input from “b”, which comes after it/,
    ],
    [
      'an input that is not there',
      [{ ...conv('a', 8, 3), from: 'elsewhere' } as Layer, { kind: 'flatten', name: 'flat' }, dense('d', 10)],
      /layer a takes its input from “elsewhere”, which is not before it/,
    ],
    [
      'a name used twice',
      [conv('a', 8, 3), conv('a', 8, 3), { kind: 'flatten', name: 'flat' }, dense('d', 10)],
      /layer a has the name of an earlier layer: give it another one, such as “a_2”/,
    ],
    [
      'a layer that nobody uses',
      [conv('a', 8, 3), { ...tanh('t'), from: 'input' } as Layer, { kind: 'flatten', name: 'flat' }, dense('d', 10)],
      /layer a leads nowhere/,
    ],
    ['a map at the end', [conv('a', 8, 3)], /layer a is the last one and must give one logit a class/],
    [
      'more parameters than fit',
      [{ kind: 'flatten', name: 'flat' }, dense('large', 60_000), dense('larger', 60_000), dense('d', 10)],
      /layer larger has 3,600,060,000 of the [0-9,]+ parameters/,
    ],
  ]

  test.each(cases)('%s: is named, and its repairs mend it', (_, layers, sentence) => {
    const network = { layers: [...layers], head }
    expect(faultsOf(network).join('\n')).toMatch(sentence)
    expect(checkNetwork(network, digits).model).toBeNull()
    expect(faultsOf(mended(network))).toEqual([])
  })

  test('leaves the layers before and after it their numbers', () => {
    const broken = leNet5.layers.map((layer) => (layer.kind === 'flatten' ? tanh('flatten') : layer))
    const check = checkNetwork({ ...leNet5, layers: broken }, digits)
    expect(check.faults.map(({ place }) => place)).toEqual([7])
    expect(check.layers.map(({ row, assumed }) => [row?.parameters ?? null, assumed])).toEqual([
      ...[156, 0, 0, 2416, 0, 0, 0].map((parameters) => [parameters, false]),
      [null, false],
      ...[0, 10_164, 0, 850].map((parameters) => [parameters, true]),
    ])
  })

  test('says so in Russian', () => {
    const [fault] = checkNetwork({ layers: [conv('c1', 6, 5), dense('d', 10)], head }, digits).faults
    expect(sentenceOf(fault.problem, 'ru')).toMatch(/слой d: нужен плоский вектор/)
  })
})

test('300 random networks, half of them broken, are brought to work by the first repairs that are offered', () => {
  let broken = 0
  for (let seed = 1; seed <= 300; seed += 1) {
    const { input, layers, head: itsHead } = randomNetwork(seed)
    const place = { input, classes: itsHead.kind === 'tanh' ? 2 : 10 }
    let network: Network = { layers, head: itsHead }
    for (let repairs = 0; repairs <= 60; repairs += 1) {
      const [fault] = checkNetwork(network, place).faults
      if (fault === undefined) break
      if (repairs === 0) broken += 1
      expect([seed, fault.repairs.length > 0 && fault.repairs.length <= 2, repairs < 60]).toEqual([seed, true, true])
      network = Network.parse(repaired(network, fault.repairs[0]))
    }
  }
  expect(broken).toBeGreaterThan(100)
})

test('each repair that is offered for a fault mends it', () => {
  const network: Network = { layers: [conv('a', 8, 3), dense('d', 10)], head }
  const [fault] = checkNetwork(network, digits).faults
  expect(fault.repairs.map(({ kind }) => kind)).toEqual(['flatten', 'global-pool'])
  for (const repair of fault.repairs) expect(faultsOf(repaired(network, repair))).toEqual([])
})

test('a network without layers can be begun', () => {
  const empty: Network = { layers: [], head }
  expect(faultsOf(empty)).toEqual(['The network has no layers yet. Add a first one, such as a convolution.'])
  expect(faultsOf(mended(empty))).toEqual([])
})

test('one tanh neuron tells two classes apart and no more', () => {
  const one: Network = { ...leNet5, head: { kind: 'tanh', loss: 'hinge' } }
  expect(checkNetwork(one, { ...digits, classes: 2 })).toMatchObject({ faults: [], classifier: { units: 1 } })
  expect(faultsOf(one).join()).toMatch(/one tanh neuron, which tells two classes apart, but there are 10/)
  expect(faultsOf(mended(one))).toEqual([])
})

test('a bound network that cannot be cut from the images can be freed', () => {
  const bound: Network = { ...leNet5, input: { height: 32, width: 32, channels: 1 } }
  const check = checkNetwork(bound, { ...digits, image: digits.input })
  expect(check.faults.map(({ repairs }) => repairs)).toEqual([[{ kind: 'free' }]])
  expect(faultsOf(repaired(bound, { kind: 'free' }))).toEqual([])
})

test('the published VGG-16 is within the most parameters', () => {
  expect(mostParameters).toBeGreaterThan(138_357_544)
})
