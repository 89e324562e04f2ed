import type { Layer } from '../../layers/registry.ts'
import { type Block, stemOf, withFreshNames } from './freshName.ts'
import { classesLayer, type InsertPlace, newLayer } from './newLayer.ts'

/** What can be put into a network at once, besides a single layer. */
export const blockKinds = ['classes', 'conv-block', 'residual', 'residual-halved', 'branches'] as const
export type BlockKind = (typeof blockKinds)[number]

interface Convolution {
  readonly name: string
  readonly filters: number
  readonly side: number
  readonly stride?: number
  readonly from?: string
  readonly bias?: boolean
}

function convolution({ name, filters, side, stride = 1, from, bias = false }: Convolution): Layer {
  return {
    kind: 'conv',
    name,
    ...(from === undefined ? {} : { from }),
    filters,
    kernel: { height: side, width: side },
    stride,
    padding: 'same',
    bias,
    initializer: 'he-normal',
  }
}

function norm(name: string): Layer {
  return { kind: 'batch-norm', name, epsilon: 1e-5, momentum: 0.9 }
}

function relu(name: string): Layer {
  return { kind: 'activation', name, function: { kind: 'relu' } }
}

/** Maps that come in; 64 where that is not known, or a vector comes in. */
function mapsOf({ shape }: InsertPlace): number {
  return shape === null || shape.length === 1 ? 64 : shape[2]
}

/** Filters of a block behind the image itself, and otherwise as many as come in. */
function filtersOf(place: InsertPlace): number {
  return Math.max(8, mapsOf(place))
}

/**
 * Two convolutions whose result is added to what comes in (He et al. 2016, figure 5 left). Where the shapes differ, a
 * 1x1 convolution brings what comes in to the same one (their option B).
 */
function residual(place: InsertPlace, filters: number, stride: number): Block {
  const { after } = place
  const projects = stride > 1 || filters !== mapsOf(place)
  const way: Block = [
    convolution({ name: 'one', filters, side: 3, stride, from: after }),
    norm('norm_of_one'),
    relu('relu_of_one'),
    convolution({ name: 'two', filters, side: 3 }),
    norm('norm_of_two'),
  ]
  const shortcut = projects
    ? [convolution({ name: 'short', filters, side: 1, stride, from: after }), norm('norm_of_short')]
    : []
  const sum: Layer = { kind: 'add', name: 'sum', from: ['norm_of_two', projects ? 'norm_of_short' : after] }
  return [...way, ...shortcut, sum, relu('relu_of_sum')]
}

/**
 * Four ways side by side, their maps behind each other (Szegedy et al. 2015, figure 2b): 1x1; 3x3 and 5x5, each behind a
 * 1x1 that leaves fewer maps; and a pool with a 1x1 behind it. Each gives a quarter of the maps.
 */
function branches(place: InsertPlace): Block {
  const { after } = place
  const filters = Math.max(2, Math.round(filtersOf(place) / 4))
  const fewer = Math.max(2, Math.round(filters / 2))
  const pool: Layer = {
    kind: 'max-pool',
    name: 'pooled',
    from: after,
    size: 3,
    stride: 1,
    padding: 'same',
    scaling: null,
  }
  return [
    convolution({ name: 'one', filters, side: 1, from: after, bias: true }),
    relu('relu_of_one'),
    convolution({ name: 'before_three', filters: fewer, side: 1, from: after, bias: true }),
    relu('relu_before_three'),
    convolution({ name: 'three', filters, side: 3, bias: true }),
    relu('relu_of_three'),
    convolution({ name: 'before_five', filters: fewer, side: 1, from: after, bias: true }),
    relu('relu_before_five'),
    convolution({ name: 'five', filters, side: 5, bias: true }),
    relu('relu_of_five'),
    pool,
    convolution({ name: 'of_pooled', filters, side: 1, bias: true }),
    relu('relu_of_pooled'),
    { kind: 'concat', name: 'joined', from: ['relu_of_one', 'relu_of_three', 'relu_of_five', 'relu_of_pooled'] },
  ]
}

const builders: Readonly<Record<BlockKind, (place: InsertPlace) => Block>> = {
  classes: (place) => [classesLayer(place)],
  'conv-block': (place) => [
    convolution({ name: 'convolution', filters: Math.max(32, mapsOf(place)), side: 3 }),
    norm('normalised'),
    relu('activated'),
  ],
  residual: (place) => residual(place, filtersOf(place), 1),
  'residual-halved': (place) => residual(place, 2 * filtersOf(place), 2),
  branches,
}

/** The layers of a block or a single kind, with names that are not taken yet. */
export function newLayers(kind: BlockKind | Layer['kind'], place: InsertPlace, taken: readonly string[]): Block {
  const block = isBlock(kind) ? builders[kind](place) : ([newLayer(kind, place)] as const)
  return withFreshNames(block, taken, (layer) => (kind === 'classes' ? 'classes' : stemOf(layer)))
}

function isBlock(kind: BlockKind | Layer['kind']): kind is BlockKind {
  return blockKinds.some((one) => one === kind)
}
