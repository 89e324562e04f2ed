import { describe, expect, it } from 'vitest'
import type { Layer } from '../../../../core/layers/registry.ts'
import { newLayers } from '../../../../core/network/edit/blocks.ts'
import { changeFunction } from '../../../../core/network/edit/changeFunction.ts'
import { changeInputs, changeLayer } from '../../../../core/network/edit/changeLayer.ts'
import { duplicateLayer } from '../../../../core/network/edit/duplicateLayer.ts'
import { insertLayers } from '../../../../core/network/edit/insertLayers.ts'
import { moveLayer } from '../../../../core/network/edit/moveLayer.ts'
import { removeLayer } from '../../../../core/network/edit/removeLayer.ts'
import { renameLayer } from '../../../../core/network/edit/renameLayer.ts'
import { measure } from '../../../../core/network/geometry.ts'
import type { Shape } from '../../../../core/network/shapes.ts'
import { deepNetwork, seedNetwork } from '../../../../core/network/networks.ts'
import { LabError } from '../../../../core/words/problems.ts'
import { networkText } from './networkText.ts'

function relu(name: string, from?: string): Layer {
  const layer: Layer = { kind: 'activation', name, function: { kind: 'relu' } }
  return from === undefined ? layer : { ...layer, from }
}

function add(name: string, ...from: string[]): Layer {
  return { kind: 'add', name, from }
}

const chain = [relu('a'), relu('b'), relu('c')]
/** `a`, then `b` and `c` beside it, summed. */
const skip = [relu('a'), relu('b'), relu('c'), add('sum', 'c', 'a'), relu('d')]
/** Two branches of two from `a`, summed. */
const fork = [relu('a'), relu('b'), relu('c'), relu('d', 'a'), relu('e'), add('sum', 'c', 'e')]

describe('inserting', () => {
  it('puts a layer into a chain, at its beginning and at its end', () => {
    expect(networkText(insertLayers(chain, 'a', [relu('x')]))).toBe('a(input) x(a) b(x) c(b)')
    expect(networkText(insertLayers(chain, 'input', [relu('x')]))).toBe('x(input) a(x) b(a) c(b)')
    expect(networkText(insertLayers(chain, 'c', [relu('x')]))).toBe('a(input) b(a) c(b) x(c)')
    expect(networkText(insertLayers([], 'input', [relu('x')]))).toBe('x(input)')
  })

  it('names an input only where it is not the layer before', () => {
    expect(insertLayers(chain, 'a', [relu('x')]).every(({ from }) => from === undefined)).toBe(true)
  })

  it('leaves a shortcut where it was', () => {
    expect(networkText(insertLayers(skip, 'a', [relu('x')]))).toBe('a(input) x(a) b(x) c(b) sum(c a) d(sum)')
  })

  it('goes into the branch of the layer before it', () => {
    expect(networkText(insertLayers(fork, 'c', [relu('x')]))).toBe('a(input) b(a) c(b) x(c) d(a) e(d) sum(x e)')
    expect(networkText(insertLayers(fork, 'e', [relu('x')]))).toBe('a(input) b(a) c(b) d(a) e(d) x(e) sum(c x)')
  })
})

describe('removing', () => {
  it('closes the gap', () => {
    expect(networkText(removeLayer(chain, 'b'))).toBe('a(input) c(a)')
    expect(networkText(removeLayer(chain, 'a'))).toBe('b(input) c(b)')
    expect(removeLayer([relu('a')], 'a')).toEqual([])
  })

  it('lets every branch begin at the layer before', () => {
    expect(networkText(removeLayer(fork, 'a'))).toBe('b(input) c(b) d(input) e(d) sum(c e)')
  })

  it('takes a sum out with the last layer of the way that it sums', () => {
    expect(networkText(removeLayer(removeLayer(skip, 'b'), 'c'))).toBe('a(input) d(a)')
  })

  it('of a sum keeps the way before it', () => {
    expect(networkText(removeLayer(skip, 'sum'))).toBe('a(input) b(a) c(b) d(c)')
  })
})

describe('moving', () => {
  it('changes places in a chain', () => {
    expect(networkText(moveLayer(chain, 'c', 0))).toBe('c(input) a(c) b(a)')
    expect(networkText(moveLayer(chain, 'a', 2))).toBe('b(input) c(b) a(c)')
    expect(networkText(moveLayer(chain, 'a', 1))).toBe('b(input) a(b) c(a)')
  })

  it('stops at both ends', () => {
    expect(moveLayer(chain, 'a', -1)).toBe(chain)
    expect(moveLayer(chain, 'c', 3)).toBe(chain)
  })

  it('keeps what names it, as long as that is behind it', () => {
    expect(networkText(moveLayer(skip, 'a', 1))).toBe('b(input) a(b) c(a) sum(c a) d(sum)')
    expect(networkText(moveLayer(skip, 'a', 4))).toBe('b(input) c(b) sum(c input) d(sum) a(d)')
  })

  it('within a branch stays in it', () => {
    expect(networkText(moveLayer(fork, 'c', 1))).toBe('a(input) c(a) b(c) d(a) e(d) sum(b e)')
  })

  it('never puts a sum before what it sums', () => {
    expect(moveLayer(skip, 'sum', 2)).toBe(skip)
    expect(networkText(moveLayer(skip, 'sum', 4))).toBe(networkText(skip))
  })

  it('there and back again changes nothing', () => {
    const { layers } = seedNetwork({ height: 24, width: 24, channels: 3 }, 10)
    for (const [from, { name }] of layers.entries())
      for (let to = 0; to < layers.length; to += 1)
        expect(moveLayer(moveLayer(layers, name, to), name, from)).toEqual(layers)
  })
})

describe('changing', () => {
  it('takes what the layer allows, and nothing else', () => {
    const { layers } = seedNetwork({ height: 24, width: 24, channels: 3 }, 10)
    expect(changeLayer(layers, 'conv_2', 'filters', 8)[4]).toMatchObject({ filters: 8 })
    for (const value of [0, 1.5, 'many', null]) expect(changeLayer(layers, 'conv_2', 'filters', value)).toEqual(layers)
    expect(changeLayer(layers, 'conv_2', 'colour', 1)).toEqual(layers)
  })

  it('of inputs asks for as many as the layer takes', () => {
    expect(networkText(changeInputs(skip, 'd', ['a']))).toBe('a(input) b(a) c(b) sum(c a) d(a)')
    expect(networkText(changeInputs(skip, 'sum', ['b', 'a', 'input']))).toContain('sum(b a input)')
    expect(changeInputs(skip, 'sum', ['b'])).toEqual(skip)
  })

  it('of a name is followed by all that take it', () => {
    expect(networkText(renameLayer(fork, 'a', 'begin'))).toBe('begin(input) b(begin) c(b) d(begin) e(d) sum(c e)')
    expect(networkText(renameLayer(skip, 'c', 'way'))).toBe('a(input) b(a) way(b) sum(way a) d(sum)')
  })

  it('of a name refuses what cannot be one, naming it', () => {
    const problemOf = (name: string): string => {
      try {
        renameLayer(chain, 'a', name)
      } catch (thrown) {
        if (thrown instanceof LabError) return thrown.problem.code
        throw thrown
      }
      return 'renamed'
    }
    expect([problemOf('b'), problemOf('input'), problemOf('Conv 1'), problemOf(''), problemOf('x')]).toEqual([
      'layer-name-taken',
      'layer-name-unfit',
      'layer-name-unfit',
      'layer-name-unfit',
      'renamed',
    ])
  })

  it('of a function is followed by a name that says it, and by no other', () => {
    const named = [relu('relu_1'), relu('body'), relu('c', 'relu_1')]
    const { layers, name } = changeFunction(named, 'relu_1', { kind: 'leaky-relu', slope: 0.1 })
    expect(name).toBe('leaky_relu_1')
    expect(networkText(layers)).toBe('leaky_relu_1(input) body(leaky_relu_1) c(leaky_relu_1)')
    expect(changeFunction(named, 'body', { kind: 'tanh' }).name).toBe('body')
    expect(changeFunction(layers, name, { kind: 'leaky-relu', slope: 0.2 }).name).toBe(name)
  })

  it('copies a layer under a fresh name, behind the original', () => {
    const { layers } = seedNetwork({ height: 24, width: 24, channels: 3 }, 10)
    const { layers: more, copy } = duplicateLayer(layers, 'conv_2')
    expect(copy).toBe('conv_3')
    expect(more[5]).toEqual({ ...layers[4], name: 'conv_3' })
    expect(networkText(duplicateLayer(skip, 'sum').layers)).toBe('a(input) b(a) c(b) sum(c a) sum_1(sum a) d(sum_1)')
  })
})

const input = { height: 32, width: 32, channels: 3 } as const

/** With a block behind a layer, and the shape that it ends with. */
function withBlock(layers: readonly Layer[], kind: Parameters<typeof newLayers>[0], after: string, shape: Shape) {
  const place = { after, shape, partner: 'input', classes: 10 }
  const block = newLayers(
    kind,
    place,
    layers.map(({ name }) => name),
  )
  return { layers: insertLayers(layers, after, block), last: block[block.length - 1].name }
}

describe('blocks', () => {
  it('fit where they are put, and give the shape that they promise', () => {
    const stem = withBlock([], 'conv-block', 'input', [32, 32, 3])
    expect(stem.layers.map(({ name }) => name)).toEqual(['conv_1', 'norm_1', 'relu_1'])
    const same = withBlock(stem.layers, 'residual', stem.last, [32, 32, 32])
    const halved = withBlock(same.layers, 'residual-halved', same.last, [32, 32, 32])
    const branched = withBlock(halved.layers, 'branches', halved.last, [16, 16, 64])
    const pooled = withBlock(branched.layers, 'global-average-pool', branched.last, [16, 16, 64])
    const { layers } = withBlock(pooled.layers, 'classes', pooled.last, [64])
    const measured = measure({ input, layers: [...layers], head: { kind: 'softmax', labelSmoothing: 0 } })
    const shapeOf = (name: string): Shape | undefined => measured.find(({ layer }) => layer.name === name)?.output
    expect(shapeOf(same.last)).toEqual([32, 32, 32])
    expect(shapeOf(halved.last)).toEqual([16, 16, 64])
    expect(shapeOf(branched.last)).toEqual([16, 16, 64])
    expect(layers.at(-1)).toMatchObject({ name: 'classes', units: 10 })
    // 3x3 and 1x1 kernels without bias, scale and shift of each norm.
    const residual = measured.filter(({ layer }) => same.layers.includes(layer) && !stem.layers.includes(layer))
    expect(residual.reduce((sum, { parameters }) => sum + parameters, 0)).toBe(2 * (9 * 32 * 32 + 64))
  })

  it('in the middle of a network go on with what stood there', () => {
    const seed = seedNetwork(input, 10)
    const { layers } = withBlock(seed.layers, 'residual', 'pool_1', [16, 16, 64])
    expect(networkText(layers)).toContain(
      'conv_3(pool_1) norm_2(conv_3) relu_5(norm_2) conv_4(relu_5) norm_3(conv_4) add_1(norm_3 pool_1) relu_6(add_1) conv_2(relu_6)',
    )
    expect(measure({ ...seed, layers: [...layers] })).toHaveLength(seed.layers.length + 7)
  })

  it('build the Lab network from an empty page', () => {
    const kinds = ['conv', 'batch-norm', 'activation', 'max-pool', 'conv', 'activation', 'max-pool', 'flatten'] as const
    let layers: readonly Layer[] = []
    for (const kind of [...kinds, 'dense', 'activation', 'dense', 'activation', 'classes'] as const)
      layers = withBlock(layers, kind, layers.at(-1)?.name ?? 'input', [8, 8, 64]).layers
    const { layers: seed } = seedNetwork({ height: 24, width: 24, channels: 3 }, 10)
    expect(changeLayer(layers, 'fc_1', 'units', 256)).toEqual(seed)
  })

  it('never take a name that is there', () => {
    const { layers } = deepNetwork({ height: 28, width: 28, channels: 3 }, 10)
    const taken = layers.map(({ name }) => name)
    const block = newLayers('branches', { after: 'relu_1', shape: [27, 27, 24], partner: 'input', classes: 10 }, taken)
    const names = [...taken, ...block.map(({ name }) => name)]
    expect(new Set(names).size).toBe(names.length)
  })
})
