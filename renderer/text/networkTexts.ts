import { imageName } from '../../core/layers/parts/fields.ts'
import type { ActivationFunction } from '../../core/layers/parts/activationFunction.ts'
import type { Layer } from '../../core/layers/registry.ts'
import type { BlockKind } from '../../core/network/edit/blocks.ts'
import { isFrozen } from '../../core/network/frozen.ts'
import { isMerging } from '../../core/network/edit/wiring.ts'
import type { LayerRow } from '../../core/network/layerTable.ts'
import type { Head } from '../../core/network/model.ts'
import type { WindowSize } from '../../core/network/windows.ts'
import * as m from '../messages/compiled/messages.js'
import type { Formats } from './formats.ts'

const kindNames: Readonly<Record<Layer['kind'] | BlockKind, () => string>> = {
  conv: m.kind_conv,
  'depthwise-conv': m.kind_depthwise_conv,
  'batch-norm': m.kind_batch_norm,
  activation: m.kind_activation,
  'max-pool': m.kind_max_pool,
  'average-pool': m.kind_average_pool,
  'global-max-pool': m.kind_global_max_pool,
  'global-average-pool': m.kind_global_average_pool,
  flatten: m.kind_flatten,
  dense: m.kind_dense,
  dropout: m.kind_dropout,
  scale: m.kind_scale,
  add: m.kind_add,
  concat: m.kind_concat,
  classes: m.kind_classes,
  'conv-block': m.kind_conv_block,
  residual: m.kind_residual,
  'residual-halved': m.kind_residual_halved,
  branches: m.kind_branches,
}

/** A kind of layer, or a block of layers, as people call it. */
export function kindName(kind: Layer['kind'] | BlockKind): string {
  return kindNames[kind]()
}

const settingNames: Readonly<Record<string, () => string>> = {
  filters: m.layer_filters,
  kernel: m.layer_kernel,
  stride: m.layer_stride,
  padding: m.layer_padding,
  bias: m.layer_bias,
  initializer: m.layer_initializer,
  multiplier: m.layer_multiplier,
  units: m.layer_units,
  size: m.layer_size,
  epsilon: m.layer_epsilon,
  momentum: m.layer_momentum,
  function: m.layer_function,
  rate: m.layer_rate,
  factor: m.layer_factor,
  scaling: m.layer_scaling,
  frozen: m.layer_frozen,
}

/** What a setting of a layer is called; one without a word of its own by its name in files. */
export function layerSettingName(name: string): string {
  return settingNames[name]?.() ?? name
}

const choiceNames: Readonly<Record<string, () => string>> = {
  same: m.padding_same,
  valid: m.padding_valid,
  'glorot-uniform': m.initializer_glorot_uniform,
  'glorot-normal': m.initializer_glorot_normal,
  'he-uniform': m.initializer_he_uniform,
  'he-normal': m.initializer_he_normal,
  'uniform-half': m.initializer_uniform_half,
  normal: m.initializer_normal,
  identity: m.initializer_identity,
  whitening: m.initializer_whitening,
  linear: m.function_linear,
  relu: m.function_relu,
  'leaky-relu': m.function_leaky_relu,
  elu: m.function_elu,
  gelu: m.function_gelu,
  sigmoid: m.function_sigmoid,
  tanh: m.function_tanh,
}

/** What one of the choices of a setting is called. */
export function layerChoiceName(choice: string): string {
  return choiceNames[choice]?.() ?? choice
}

/** 5 × 5 */
export function windowText({ height, width }: WindowSize): string {
  return `${height} × ${width}`
}

/** 24 × 24 × 64, or 256: the extents of maps, a vector or a tensor. */
export function sizeText(shape: readonly number[], format: Formats): string {
  return shape.map((extent) => format.whole(extent)).join(' × ')
}

function functionText(of: ActivationFunction, format: Formats): string {
  return of.kind === 'leaky-relu'
    ? m.function_with_slope({ name: layerChoiceName(of.kind), slope: format.figures(of.slope) })
    : layerChoiceName(of.kind)
}

function scalingText(scaling: { readonly function: ActivationFunction } | null, format: Formats): string[] {
  return scaling === null ? [] : [m.says_scaling({ function: functionText(scaling.function, format) })]
}

function stepsText({ stride, padding }: { readonly stride: number; readonly padding: string }): string[] {
  return [...(stride === 1 ? [] : [m.says_stride({ stride })]), layerChoiceName(padding)]
}

/** Its settings in a few words: 64 of 5 × 5, same. A stride of 1, or of a pool's window, goes without saying. */
function summaryParts(layer: Layer, format: Formats): string[] {
  switch (layer.kind) {
    case 'conv':
      return [
        m.says_kernels({ count: format.whole(layer.filters), window: windowText(layer.kernel) }),
        ...stepsText(layer),
        ...(layer.bias ? [] : [m.says_no_bias()]),
      ]
    case 'depthwise-conv':
      return [
        m.says_depthwise({ count: format.whole(layer.multiplier), window: windowText(layer.kernel) }),
        ...stepsText(layer),
        ...(layer.bias ? [] : [m.says_no_bias()]),
      ]
    case 'max-pool':
    case 'average-pool':
      return [
        windowText({ height: layer.size, width: layer.size }),
        ...(layer.stride === layer.size && layer.padding === 'valid' ? [] : stepsText(layer)),
        ...scalingText(layer.scaling, format),
      ]
    case 'global-max-pool':
    case 'global-average-pool':
      return [m.says_whole_map(), ...scalingText(layer.scaling, format)]
    case 'batch-norm':
      return [`ε ${format.figures(layer.epsilon)}`, m.says_momentum({ momentum: format.figures(layer.momentum) })]
    case 'activation':
      return [functionText(layer.function, format)]
    case 'dense':
      return [
        m.says_units({ count: layer.units, text: format.whole(layer.units) }),
        ...(layer.bias ? [] : [m.says_no_bias()]),
      ]
    case 'dropout':
      return [m.says_rate({ rate: format.percent(layer.rate, 0) })]
    case 'scale':
      return [`× ${format.figures(layer.factor)}`]
    case 'flatten':
      return []
    case 'add':
    case 'concat':
      return [layer.from.map(sourceName).join(layer.kind === 'add' ? ' + ' : ', ')]
  }
}

/** What a layer takes, as it is called: a layer's name, or the image. */
export function sourceName(name: string): string {
  return name === imageName ? m.layer_image() : name
}

/** Kind and settings of a layer, and what it takes where that is not the layer before it. */
export function aboutLayer(layer: Layer, format: Formats): string {
  const taken = isMerging(layer) || layer.from === undefined ? [] : [m.says_from({ from: sourceName(layer.from) })]
  const parts = [...summaryParts(layer, format), ...(isFrozen(layer) ? [m.says_frozen()] : []), ...taken]
  return parts.length === 0 ? kindName(layer.kind) : `${kindName(layer.kind)} · ${format.items(parts)}`
}

/** softmax, or one tanh neuron, with what is trained. */
export function headText(head: Head, format: Formats): string {
  if (head.kind === 'softmax')
    return head.labelSmoothing === 0
      ? m.head_softmax()
      : m.head_softmax_smoothed({ share: format.figures(head.labelSmoothing) })
  return head.loss === 'hinge' ? m.head_tanh_hinge() : m.head_tanh_squared()
}

/** 14 × 14, or that it is the whole image. */
export function fieldText(row: LayerRow, image: { readonly height: number; readonly width: number }): string {
  const { height, width } = row.receptiveField
  return height >= image.height && width >= image.width ? m.field_all() : windowText({ height, width })
}
