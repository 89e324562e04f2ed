import type { Layer } from '../layers/registry.ts'
import { withLayerMovedUp, withLayersBefore, withName, withoutLayer } from './edit/changeAtPlace.ts'
import { freshName } from './edit/freshName.ts'
import { trainedLayer } from './frozen.ts'
import { type Network, withLogits } from './network.ts'
import type { WindowSize } from './windows.ts'

/** A change that mends a network, as data; the layers are named by their places, because two may have one name. */
export type Repair =
  /** Pads a window with zeros. */
  | { readonly kind: 'padding'; readonly place: number; readonly to: 'same' }
  /** Makes a window smaller, so that it fits its map. */
  | { readonly kind: 'window'; readonly place: number; readonly to: WindowSize }
  | { readonly kind: 'initializer'; readonly place: number; readonly to: 'he-normal' }
  | { readonly kind: 'filters'; readonly place: number; readonly to: number }
  | { readonly kind: 'units'; readonly place: number; readonly to: number }
  /** Trains a frozen layer. */
  | { readonly kind: 'unfreeze'; readonly place: number }
  /** Puts a flatten layer before a layer, on the way from `from`. */
  | { readonly kind: 'flatten'; readonly place: number; readonly from: string }
  /** Puts a global average pool before a layer, on the way from `from`. */
  | { readonly kind: 'global-pool'; readonly place: number; readonly from: string }
  /** Puts a convolution of 1 x 1 before a layer, on the way from `from`. */
  | {
      readonly kind: 'projection'
      readonly place: number
      readonly from: string
      readonly filters: number
      readonly stride: number
    }
  /** Puts a dense layer before a layer, on the way from `from`. */
  | { readonly kind: 'dense'; readonly place: number; readonly from: string; readonly units: number }
  /** Takes another input in the place of `from`. */
  | { readonly kind: 'input'; readonly place: number; readonly from: string; readonly to: string }
  /** Moves a layer up in the list, before the one at `to`. */
  | { readonly kind: 'move'; readonly place: number; readonly to: number }
  | { readonly kind: 'remove'; readonly place: number }
  | { readonly kind: 'rename'; readonly place: number; readonly to: string }
  /** Ends the network with a dense layer for the classes, after a global average pool where it ends in a map. */
  | { readonly kind: 'classifier'; readonly pooled: boolean; readonly units: number }
  /** One logit a class in the place of one tanh neuron. */
  | { readonly kind: 'softmax'; readonly classes: number }
  /** Takes the image of the data set, and its classes. */
  | { readonly kind: 'free' }

/** What several new layers begin with. */
const initial = { bias: true, initializer: 'glorot-uniform' } as const

/** The layer at a place with another input in the place of one that it names, or of the layer before it. */
function takingInstead(layer: Layer, from: string, to: string): Layer {
  if (layer.kind === 'add' || layer.kind === 'concat')
    return { ...layer, from: layer.from.map((source) => (source === from ? to : source)) }
  return { ...layer, from: to }
}

function withSmallerWindow(layer: Layer, to: WindowSize): Layer {
  if ('kernel' in layer) return { ...layer, kernel: to }
  return 'size' in layer ? { ...layer, size: Math.min(to.height, to.width) } : layer
}

/** The layer at a place with a setting changed, for the repairs that do no more. */
function changed(layer: Layer, repair: Repair): Layer {
  switch (repair.kind) {
    case 'padding':
      return 'padding' in layer ? { ...layer, padding: repair.to } : layer
    case 'window':
      return withSmallerWindow(layer, repair.to)
    case 'initializer':
      return 'initializer' in layer ? { ...layer, initializer: repair.to } : layer
    case 'filters':
      return layer.kind === 'conv' ? { ...layer, filters: repair.to } : layer
    case 'units':
      return layer.kind === 'dense' ? { ...layer, units: repair.to } : layer
    case 'unfreeze':
      return trainedLayer(layer)
    case 'input':
      return takingInstead(layer, repair.from, repair.to)
    default:
      return layer
  }
}

/** The layers that a repair puts in. */
function newLayers(layers: readonly Layer[], repair: Repair): Layer[] {
  const taken = new Set(layers.map(({ name }) => name))
  switch (repair.kind) {
    case 'flatten':
      return [{ kind: 'flatten', name: freshName('flatten', taken) }]
    case 'global-pool':
      return [{ kind: 'global-average-pool', name: freshName('pool', taken), scaling: null }]
    case 'projection':
      return [
        {
          kind: 'conv',
          name: freshName('projection', taken),
          filters: repair.filters,
          kernel: { height: 1, width: 1 },
          stride: repair.stride,
          padding: 'same',
          ...initial,
        },
      ]
    case 'dense':
      return [{ kind: 'dense', name: freshName('projection', taken), units: repair.units, ...initial }]
    case 'classifier': {
      const dense: Layer = { kind: 'dense', name: freshName('classes', taken), units: repair.units, ...initial }
      const pool: Layer = { kind: 'global-average-pool', name: freshName('pool', taken), scaling: null }
      return repair.pooled ? [pool, dense] : [dense]
    }
    default:
      return []
  }
}

function mendedLayers(layers: readonly Layer[], repair: Repair): Layer[] {
  switch (repair.kind) {
    case 'padding':
    case 'window':
    case 'initializer':
    case 'filters':
    case 'units':
    case 'unfreeze':
    case 'input':
      return layers.map((layer, place) => (place === repair.place ? changed(layer, repair) : layer))
    case 'flatten':
    case 'global-pool':
    case 'projection':
    case 'dense':
      return withLayersBefore(layers, repair.place, newLayers(layers, repair), repair.from)
    case 'classifier':
      return withLayersBefore(layers, layers.length, newLayers(layers, repair))
    case 'move':
      return withLayerMovedUp(layers, repair.place, repair.to)
    case 'remove':
      return withoutLayer(layers, repair.place)
    case 'rename':
      return withName(layers, repair.place, repair.to)
    case 'softmax':
    case 'free':
      return [...layers]
  }
}

/** A network with a repair made. A repair is made for the network that was checked; any change after it may undo it. */
export function repaired(network: Network, repair: Repair): Network {
  const layers = mendedLayers(network.layers, repair)
  switch (repair.kind) {
    case 'free':
      return { layers, head: network.head }
    case 'softmax':
      return { ...network, layers: withLogits(layers, repair.classes), head: { kind: 'softmax', labelSmoothing: 0 } }
    default:
      return { ...network, layers }
  }
}
