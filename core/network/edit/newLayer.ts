import type { Layer } from '../../layers/registry.ts'
import type { Shape } from '../shapes.ts'

/** Where a new layer goes. */
export interface InsertPlace {
  /** The layer before it, or `input`. */
  readonly after: string
  /** What that gives; null where it does not fit itself. */
  readonly shape: Shape | null
  /** What a layer that merges takes besides. */
  readonly partner: string
  /** Classes that the network tells apart. */
  readonly classes: number
}

/** The usual settings of every kind of layer: those of the lab's own network where it has the kind. */
const usual: { readonly [Kind in Layer['kind']]: (place: InsertPlace) => Extract<Layer, { kind: Kind }> } = {
  conv: () => ({
    kind: 'conv',
    name: 'new',
    filters: 64,
    kernel: { height: 5, width: 5 },
    stride: 1,
    padding: 'same',
    bias: true,
    initializer: 'glorot-uniform',
  }),
  'depthwise-conv': () => ({
    kind: 'depthwise-conv',
    name: 'new',
    multiplier: 1,
    kernel: { height: 3, width: 3 },
    stride: 1,
    padding: 'same',
    bias: true,
    initializer: 'glorot-uniform',
  }),
  'batch-norm': () => ({ kind: 'batch-norm', name: 'new', epsilon: 1e-3, momentum: 0.9 }),
  activation: () => ({ kind: 'activation', name: 'new', function: { kind: 'relu' } }),
  'max-pool': () => ({ kind: 'max-pool', name: 'new', size: 2, stride: 2, padding: 'valid', scaling: null }),
  'average-pool': () => ({ kind: 'average-pool', name: 'new', size: 2, stride: 2, padding: 'valid', scaling: null }),
  'global-max-pool': () => ({ kind: 'global-max-pool', name: 'new', scaling: null }),
  'global-average-pool': () => ({ kind: 'global-average-pool', name: 'new', scaling: null }),
  flatten: () => ({ kind: 'flatten', name: 'new' }),
  dense: () => ({ kind: 'dense', name: 'new', units: 128, bias: true, initializer: 'glorot-uniform' }),
  dropout: () => ({ kind: 'dropout', name: 'new', rate: 0.5 }),
  scale: () => ({ kind: 'scale', name: 'new', factor: 0.125 }),
  add: ({ after, partner }) => ({ kind: 'add', name: 'new', from: [after, partner] }),
  concat: ({ after, partner }) => ({ kind: 'concat', name: 'new', from: [after, partner] }),
}

/** A layer of a kind with its usual settings. Its name is for `withFreshNames` to replace. */
export function newLayer(kind: Layer['kind'], place: InsertPlace): Layer {
  return usual[kind](place)
}

/** The dense layer that gives a logit for each class. */
export function classesLayer({ classes }: Pick<InsertPlace, 'classes'>): Layer {
  return { kind: 'dense', name: 'classes', units: classes, bias: true, initializer: 'glorot-uniform' }
}
