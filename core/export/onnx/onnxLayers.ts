import type { ActivationFunction } from '../../layers/parts/activationFunction.ts'
import type { Layer } from '../../layers/registry.ts'
import type { LayerGeometry } from '../../network/geometry.ts'
import type { Shape } from '../../network/shapes.ts'
import { type ExportedNetwork, weightsOf } from '../exportedNetwork.ts'
import { channelsFirstKernel, groupedKernel } from '../turnedAxes.ts'
import { mapPadding } from '../windowPadding.ts'
import type { OnnxGraph } from './onnxGraph.ts'
import type { OnnxAttribute } from './onnxMessages.ts'

/** Where a layer's operations are put. Maps are `[batch, channels, height, width]`, as ONNX's operations take them. */
interface OnnxPlace {
  readonly graph: OnnxGraph
  readonly network: Pick<ExportedNetwork, 'tensors'>
  readonly measured: LayerGeometry
}

/** The value that a layer gives. No layer's name has a slash, so it is never one of those of the graph itself. */
export function outputOf(layer: string): string {
  return `${layer}/output`
}

/** The name for constants and values inside a layer. */
function inside({ measured }: OnnxPlace, role: string): string {
  return `${measured.layer.name}/${role}`
}

function variable(place: OnnxPlace, role: string): string {
  const name = inside(place, role)
  return place.graph.weights(name, weightsOf(place.network, name))
}

/** Values of a channel each, in the shape that spreads them over maps or a vector. */
function perChannel(place: OnnxPlace, role: string, onMaps: boolean): string {
  const name = inside(place, role)
  const { data } = weightsOf(place.network, name)
  return place.graph.weights(name, { shape: onMaps ? [data.length, 1, 1] : [data.length], data })
}

/** Exact GELU is the usual of operator set 20. */
function activated(graph: OnnxGraph, activation: ActivationFunction, input: string, output: string): string {
  switch (activation.kind) {
    case 'linear':
      return graph.add('Identity', [input], output)
    case 'relu':
      return graph.add('Relu', [input], output)
    case 'leaky-relu':
      return graph.add('LeakyRelu', [input], output, { alpha: { float: activation.slope } })
    case 'elu':
      return graph.add('Elu', [input], output, { alpha: { float: 1 } })
    case 'gelu':
      return graph.add('Gelu', [input], output)
    case 'sigmoid':
      return graph.add('Sigmoid', [input], output)
    case 'tanh':
      return graph.add('Tanh', [input], output)
  }
}

/** The settings of a window. */
function windowAttributes(
  shape: Shape,
  height: number,
  width: number,
  window: { readonly stride: number; readonly padding: 'same' | 'valid' },
): Record<string, OnnxAttribute> {
  const { top, left, bottom, right } = mapPadding(shape, height, width, window)
  return {
    kernel_shape: { ints: [height, width] },
    strides: { ints: [window.stride, window.stride] },
    pads: { ints: [top, left, bottom, right] },
  }
}

type Scaled = Extract<Layer, { scaling: unknown }>

/** A pool and, where it has them, its scale, shift and activation. `pool` adds it under a name. */
function scaled(place: OnnxPlace, { name, scaling }: Scaled, onMaps: boolean, pool: (output: string) => string): void {
  const { graph } = place
  if (scaling === null) {
    pool(outputOf(name))
    return
  }
  const pooled = pool(inside(place, 'pooled'))
  const product = graph.add('Mul', [pooled, perChannel(place, 'scale', onMaps)], inside(place, 'scaled'))
  const shifted = graph.add('Add', [product, perChannel(place, 'shift', onMaps)], inside(place, 'shifted'))
  activated(graph, scaling.function, shifted, outputOf(name))
}

/**
 * Adds a layer in inference.
 * Operations: https://onnx.ai/onnx/operators/, operator set 20.
 */
export function addOnnxLayer(place: OnnxPlace): void {
  const { graph, network, measured } = place
  const { layer, inputs } = measured
  const taken = inputs.map(({ from }) => outputOf(from))
  const [from] = taken
  const [{ shape }] = inputs
  const output = outputOf(layer.name)
  const channels = shape[shape.length - 1]
  switch (layer.kind) {
    case 'conv':
    case 'depthwise-conv': {
      const { kernel } = layer
      const values = weightsOf(network, inside(place, 'kernel'))
      const turned = layer.kind === 'conv' ? channelsFirstKernel(values) : groupedKernel(values)
      const weights = [graph.weights(inside(place, 'kernel'), turned)]
      if (layer.bias) weights.push(variable(place, 'bias'))
      graph.add('Conv', [from, ...weights], output, {
        ...windowAttributes(shape, kernel.height, kernel.width, layer),
        group: { int: layer.kind === 'conv' ? 1 : channels },
      })
      return
    }
    case 'batch-norm': {
      const roles = ['scale', 'shift', 'mean', 'variance'].map((role) => variable(place, role))
      graph.add('BatchNormalization', [from, ...roles], output, { epsilon: { float: layer.epsilon } })
      return
    }
    case 'activation':
      activated(graph, layer.function, from, output)
      return
    case 'max-pool':
    case 'average-pool': {
      const operation = layer.kind === 'max-pool' ? 'MaxPool' : 'AveragePool'
      const attributes = windowAttributes(shape, layer.size, layer.size, layer)
      scaled(place, layer, true, (pooled) => graph.add(operation, [from], pooled, attributes))
      return
    }
    case 'global-max-pool':
    case 'global-average-pool': {
      const operation = layer.kind === 'global-max-pool' ? 'GlobalMaxPool' : 'GlobalAveragePool'
      const whole = graph.add(operation, [from], inside(place, 'map'))
      scaled(place, layer, false, (pooled) => graph.add('Flatten', [whole], pooled, { axis: { int: 1 } }))
      return
    }
    case 'flatten': {
      // The dense layer behind it was trained on row by row with channels innermost.
      const rows =
        shape.length === 3
          ? graph.add('Transpose', [from], inside(place, 'rows'), { perm: { ints: [0, 2, 3, 1] } })
          : from
      graph.add('Flatten', [rows], output, { axis: { int: 1 } })
      return
    }
    case 'dense': {
      const weights = [variable(place, 'kernel')]
      if (layer.bias) weights.push(variable(place, 'bias'))
      graph.add('Gemm', [from, ...weights], output)
      return
    }
    case 'dropout':
      graph.add('Identity', [from], output)
      return
    case 'scale':
      graph.add('Mul', [from, graph.number(inside(place, 'factor'), layer.factor)], output)
      return
    case 'add':
      graph.add('Sum', taken, output)
      return
    case 'concat':
      graph.add('Concat', taken, output, { axis: { int: 1 } })
      return
  }
}
