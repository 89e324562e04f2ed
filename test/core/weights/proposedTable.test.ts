import { describe, expect, test } from 'vitest'
import type { Layer } from '../../../core/layers/registry.ts'
import type { Model } from '../../../core/network/model.ts'
import { proposedTable } from '../../../core/weights/proposedTable.ts'
import { layersByName, type SourceTensor } from '../../../core/weights/sourceWeights.ts'
import { turned, type Turn } from '../../../core/weights/turns.ts'
import { readWeightsTable, weightsTableText } from '../../../core/weights/weightsTableFile.ts'
import { uncertainRows } from '../../../core/weights/weightsTable.ts'
import { conv, dense } from '../network/sampleNetworks.ts'

const flatten: Layer = { kind: 'flatten', name: 'flatten' }

function modelOf(...layers: Layer[]): Model {
  return { input: { height: 6, width: 6, channels: 3 }, layers, head: { kind: 'softmax', labelSmoothing: 0 } }
}

function tensors(shapes: Readonly<Record<string, readonly number[]>>): SourceTensor[] {
  return Object.entries(shapes).map(([name, shape]) => ({ name, shape, type: 'F32' }))
}

/** What each variable takes and why, in one word each. */
function rowsOf(model: Model, shapes: Readonly<Record<string, readonly number[]>>, anew?: string[]): string[] {
  return proposedTable(model, layersByName(tensors(shapes)), anew).rows.map(({ variable, taken, by, choices }) =>
    taken === null
      ? `${variable} ${by}${choices.map(({ tensor, turn }) => ` ${tensor}:${turn}`).join('')}`
      : `${variable} ${by} ${taken.tensor}:${taken.turn}`,
  )
}

describe('a proposed table', () => {
  test('finds layers of PyTorch by shapes that occur once, and turns their kernels', () => {
    const model = modelOf(conv('c1', 4, 3), flatten, dense('classes', 5))
    const shapes = {
      'features.0.weight': [4, 3, 3, 3],
      'features.0.bias': [4],
      'head.weight': [5, 144],
      'head.bias': [5],
    }
    expect(rowsOf(model, shapes)).toEqual([
      'c1/kernel shape features.0.weight:conv',
      'c1/bias shape features.0.bias:as-it-is',
      'classes/kernel shape head.weight:dense-flattened',
      'classes/bias shape head.bias:as-it-is',
    ])
    expect(rowsOf(model, shapes, ['classes']).slice(2)).toEqual(['classes/kernel anew', 'classes/bias anew'])
  })

  test('goes by names first, and takes no layer that has another shape or a bias too many', () => {
    const model = modelOf(conv('c1', 4, 3), conv('c2', 4, 3), flatten, dense('classes', 5))
    const shapes = {
      'model.c2/kernel': [3, 3, 4, 4],
      'model.c2/bias': [4],
      'other/kernel': [3, 3, 3, 5],
      'classes/kernel': [144, 10],
      'classes/bias': [10],
    }
    expect(rowsOf(model, shapes)).toEqual([
      'c1/kernel anew',
      'c1/bias anew',
      'c2/kernel name model.c2/kernel:as-it-is',
      'c2/bias name model.c2/bias:as-it-is',
      'classes/kernel anew',
      'classes/bias anew',
    ])
    const bare: Layer = { ...conv('c1', 4, 3), bias: false } as Layer
    expect(rowsOf(modelOf(bare, flatten, dense('classes', 5)), { 'x.weight': [4, 3, 3, 3], 'x.bias': [4] })[0]).toBe(
      'c1/kernel anew',
    )
  })

  test('says where only the order decides, and leaves open what it does not tell', () => {
    const model = modelOf(conv('a', 3, 3), conv('b', 3, 3), flatten, dense('classes', 5))
    const two = { 'f.2.weight': [3, 3, 3, 3], 'f.2.bias': [3], 'f.10.weight': [3, 3, 3, 3], 'f.10.bias': [3] }
    const table = proposedTable(model, layersByName(tensors(two)))
    expect(table.rows.slice(0, 4).map(({ by, taken }) => [by, taken?.tensor])).toEqual([
      ['order', 'f.2.weight'],
      ['order', 'f.2.bias'],
      ['order', 'f.10.weight'],
      ['order', 'f.10.bias'],
    ])
    expect(uncertainRows(table.rows)).toHaveLength(4)
    const three = { ...two, 'f.11.weight': [3, 3, 3, 3], 'f.11.bias': [3] }
    expect(rowsOf(model, three)[0]).toBe('a/kernel open f.2.weight:conv f.10.weight:conv f.11.weight:conv')
    // Neither the names nor the shape tell how this one lies.
    const square = { 'a.scale': [1], 'b.kernel': [3, 3, 3, 3], 'b.weight': [3, 3, 3, 3] }
    expect(rowsOf(modelOf(conv('b', 3, 3), flatten, dense('classes', 5)), square)[0]).toMatch(/^b\/kernel open/)
  })

  test('keeps a counter out, and tells what it does not use', () => {
    const model = modelOf(conv('c1', 4, 3), flatten, dense('classes', 5))
    const source = layersByName([
      ...tensors({ 'c1.weight': [4, 3, 3, 3], 'c1.bias': [4], 'far.weight': [7, 7] }),
      { name: 'norm.num_batches_tracked', type: 'I64', shape: [] },
      { name: 'c1.constructor', type: 'F32', shape: [4] },
    ])
    expect(proposedTable(model, source).unused).toEqual(['far.weight', 'norm.num_batches_tracked', 'c1.constructor'])
  })
})

describe('a proposal for a person', () => {
  const reasonsOf = (model: Model, shapes: Readonly<Record<string, readonly number[]>>, anew?: string[]): unknown[] =>
    proposedTable(model, layersByName(tensors(shapes)), anew).reasons.map(({ variable, reason: { kind, ...more } }) => [
      variable,
      kind,
      ...Object.values(more),
    ])
  const model = modelOf(conv('c1', 4, 3), flatten, dense('classes', 5))
  const first = { 'c1.weight': [4, 3, 3, 3], 'c1.bias': [4] }

  test('says why a layer begins anew', () => {
    expect(reasonsOf(model, { ...first, 'classes.weight': [10, 144], 'classes.bias': [5] })).toEqual([
      ['classes/kernel', 'other-shape', 'classes.weight', [10, 144]],
      ['classes/bias', 'with-its-layer'],
    ])
    expect(reasonsOf(model, { 'c1.weight': [4, 3, 3, 3] }, ['classes'])).toEqual([
      ['c1/bias', 'not-there'],
      ['classes/kernel', 'asked'],
      ['classes/bias', 'asked'],
    ])
    const bare: Layer = { ...conv('c1', 4, 3), bias: false } as Layer
    expect(reasonsOf(modelOf(bare, flatten, dense('classes', 5)), first)).toEqual([
      ['c1/kernel', 'no-place', 'c1.bias'],
      ['classes/kernel', 'none-fits'],
      ['classes/bias', 'none-fits'],
    ])
    const twice = modelOf(conv('c1', 3, 3), conv('c2', 3, 3), flatten, dense('classes', 5))
    expect(reasonsOf(twice, { 'c1.weight': [3, 3, 3, 3] })[1]).toEqual(['c2/kernel', 'taken-elsewhere'])
  })

  test('offers for each variable what fits, also what another row takes, with the shapes and layers of all tensors', () => {
    const twice = modelOf(conv('c1', 3, 3), conv('c2', 3, 3), flatten, dense('classes', 5))
    const { rows, tensors: all } = proposedTable(
      twice,
      layersByName(tensors({ 'c1.weight': [3, 3, 3, 3], 'c2.weight': [3, 3, 3, 3] })),
    )
    expect(rows[0]).toMatchObject({ by: 'name', choices: [{ tensor: 'c2.weight', turn: 'conv' }] })
    expect(all[1]).toEqual({ name: 'c2.weight', type: 'F32', shape: [3, 3, 3, 3], layer: 'c2' })
  })
})

describe('a table in a file', () => {
  const model = modelOf(conv('a', 3, 3), conv('b', 3, 3), flatten, dense('classes', 5))
  const table = proposedTable(
    model,
    layersByName(tensors({ 'f.1.weight': [3, 3, 3, 3], 'f.2.weight': [3, 3, 3, 3], 'f.3.weight': [3, 3, 3, 3] })),
  )

  test('comes back as it was, and a row that a person fills in is theirs', () => {
    expect(readWeightsTable(weightsTableText(table))).toEqual(table.rows)
    const [first, ...others] = table.rows
    const edited = { ...table, rows: [{ ...first, taken: first.choices[1] }, ...others] }
    expect(readWeightsTable(weightsTableText(edited))[0]).toMatchObject({ by: 'person', taken: first.choices[1] })
  })

  test('is refused with what is wrong in it', () => {
    expect(() => readWeightsTable('{')).toThrow(/table of weights could not be read/)
    expect(() => readWeightsTable(weightsTableText(table).replace('"by": "open"', '"by": "guess"'))).toThrow(
      /rows.0.by/,
    )
  })
})

describe('a turn', () => {
  const numbers = (count: number): Float32Array => Float32Array.from({ length: count }, (_, index) => index)
  const all = (turn: Turn, shape: number[], map: [number, number, number] | null = null): number[] => {
    const parts = turned(numbers(shape.reduce((product, extent) => product * extent, 1)), turn, shape, map)
    for (;;) {
      const part = parts.next()
      if (part.done === true) return [...part.value]
    }
  }

  test('brings each value to its place', () => {
    // [out, in, height, width] of 2, 3, 1, 2; the value at [o, i, 0, x] is 6 o + 2 i + x.
    expect(all('conv', [1, 2, 3, 2])).toEqual([0, 6, 2, 8, 4, 10, 1, 7, 3, 9, 5, 11])
    // [in * multiplier, 1, height, width] of 4, 1, 1, 2.
    expect(all('depthwise', [1, 2, 2, 2])).toEqual([0, 2, 4, 6, 1, 3, 5, 7])
    expect(all('dense', [3, 2])).toEqual([0, 3, 1, 4, 2, 5])
    // Two channels of 1 x 2: c0 x0, c0 x1, c1 x0, c1 x1 become x0 c0, x0 c1, x1 c0, x1 c1.
    expect(all('flattened', [4, 1], [1, 2, 2])).toEqual([0, 2, 1, 3])
    expect(all('dense-flattened', [4, 2], [1, 2, 2])).toEqual([0, 4, 2, 6, 1, 5, 3, 7])
    expect(all('as-it-is', [2, 2])).toEqual([0, 1, 2, 3])
  })
})
