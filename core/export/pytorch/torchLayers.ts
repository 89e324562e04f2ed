import { imageName } from '../../layers/parts/fields.ts'
import type { ActivationFunction } from '../../layers/parts/activationFunction.ts'
import type { Layer } from '../../layers/registry.ts'
import { isFrozen } from '../../network/frozen.ts'
import type { LayerGeometry } from '../../network/geometry.ts'
import { type ExportedNetwork, type Weights, weightsOf } from '../exportedNetwork.ts'
import { channelsFirstKernel, groupedKernel, turnedAxes } from '../turnedAxes.ts'
import { type MapPadding, mapPadding, pads } from '../windowPadding.ts'
import { torchName } from './torchNames.ts'

/** A layer in Python: what it is made with, how it is used, and its weights in PyTorch's order. */
export interface TorchLayer {
  /** The module that the class keeps; null for a layer without one. */
  readonly module: string | null
  /** The statement of `forward`. */
  readonly statement: string
  /** By name within the state of the whole module, such as `conv_1.weight`. */
  readonly weights: ReadonlyMap<string, Weights>
}

function activated(activation: ActivationFunction, value: string): string {
  switch (activation.kind) {
    case 'linear':
      return value
    case 'relu':
      return `F.relu(${value})`
    case 'leaky-relu':
      return `F.leaky_relu(${value}, ${activation.slope})`
    case 'elu':
      return `F.elu(${value})`
    case 'gelu':
      return `F.gelu(${value})`
    case 'sigmoid':
      return `torch.sigmoid(${value})`
    case 'tanh':
      return `torch.tanh(${value})`
  }
}

/** `F.pad` takes left, right, top, bottom. */
function padded(value: string, padding: MapPadding, filled = '0.0'): string {
  if (!pads(padding)) return value
  const { top, left, bottom, right } = padding
  return `F.pad(${value}, (${left}, ${right}, ${top}, ${bottom}), value=${filled})`
}

/** The mean of each window. What padding adds does not count, so it is divided by how many values there are. */
function averaged(value: string, size: number, stride: number, padding: MapPadding): string {
  const pooled = (of: string): string => `F.avg_pool2d(${of}, ${size}, ${stride})`
  if (!pads(padding)) return pooled(value)
  return `${pooled(padded(value, padding))} / ${pooled(padded(`torch.ones_like(${value}[:1, :1])`, padding))}`
}

function yes(condition: boolean): string {
  return condition ? 'True' : 'False'
}

/**
 * A layer of the class. Maps are `[batch, channels, height, width]`.
 * Modules: https://docs.pytorch.org/docs/stable/nn.html
 * @param names The names of all layers.
 */
export function torchLayer(
  network: Pick<ExportedNetwork, 'tensors'>,
  { layer, inputs }: LayerGeometry,
  names: ReadonlySet<string>,
): TorchLayer {
  const attribute = torchName(layer.name, names)
  const values = inputs.map(({ from }) => (from === imageName ? imageName : torchName(from, names)))
  const [value] = values
  const [{ shape }] = inputs
  const channels = shape[shape.length - 1]
  const weights = new Map<string, Weights>()
  const frozen = isFrozen(layer) ? '.requires_grad_(False)' : ''
  const own = (role: string): Weights => weightsOf(network, `${layer.name}/${role}`)
  const keep = (as: string, of: Weights): void => {
    weights.set(`${attribute}.${as}`, of)
  }
  const made = (expression: string, module: string | null = null): TorchLayer => ({
    module: module === null ? null : `self.${attribute} = ${module}${frozen}`,
    statement: `${attribute} = ${expression}`,
    weights,
  })
  const applied = (to: string): string => `self.${attribute}(${to})`
  const scaled = ({ scaling }: Extract<Layer, { scaling: unknown }>, pooled: string): TorchLayer => {
    if (scaling === null) return made(pooled)
    keep('scale', own('scale'))
    keep('shift', own('shift'))
    return made(activated(scaling.function, applied(pooled)), `Scaling(${channels})`)
  }
  switch (layer.kind) {
    case 'conv':
    case 'depthwise-conv': {
      const { height, width } = layer.kernel
      const grouped = layer.kind === 'depthwise-conv'
      const filters = layer.kind === 'conv' ? layer.filters : channels * layer.multiplier
      keep('weight', grouped ? groupedKernel(own('kernel')) : channelsFirstKernel(own('kernel')))
      if (layer.bias) keep('bias', own('bias'))
      const settings = [`stride=${layer.stride}`, ...(grouped ? [`groups=${channels}`] : []), `bias=${yes(layer.bias)}`]
      return made(
        applied(padded(value, mapPadding(shape, height, width, layer))),
        `nn.Conv2d(${channels}, ${filters}, (${height}, ${width}), ${settings.join(', ')})`,
      )
    }
    case 'batch-norm': {
      keep('weight', own('scale'))
      keep('bias', own('shift'))
      keep('running_mean', own('mean'))
      keep('running_var', own('variance'))
      // PyTorch's momentum is the share of the batch, ours that of what was there.
      const momentum = Number((1 - layer.momentum).toPrecision(12))
      return made(applied(value), `nn.BatchNorm2d(${channels}, eps=${layer.epsilon}, momentum=${momentum})`)
    }
    case 'activation':
      return made(activated(layer.function, value))
    case 'max-pool': {
      const padding = mapPadding(shape, layer.size, layer.size, layer)
      const filled = padded(value, padding, 'float("-inf")')
      return scaled(layer, `F.max_pool2d(${filled}, ${layer.size}, ${layer.stride})`)
    }
    case 'average-pool': {
      const padding = mapPadding(shape, layer.size, layer.size, layer)
      return scaled(layer, averaged(value, layer.size, layer.stride, padding))
    }
    case 'global-max-pool':
      return scaled(layer, `${value}.amax((2, 3))`)
    case 'global-average-pool':
      return scaled(layer, `${value}.mean((2, 3))`)
    case 'flatten':
      // Row by row with channels innermost, as the dense layer behind it was trained.
      return made(shape.length === 3 ? `${value}.permute(0, 2, 3, 1).flatten(1)` : value)
    case 'dense':
      keep('weight', turnedAxes(own('kernel'), [1, 0]))
      if (layer.bias) keep('bias', own('bias'))
      return made(applied(value), `nn.Linear(${channels}, ${layer.units}, bias=${yes(layer.bias)})`)
    case 'dropout':
      return made(applied(value), `nn.Dropout(${layer.rate})`)
    case 'scale':
      return made(`${value} * ${layer.factor}`)
    case 'add':
      return made(values.join(' + '))
    case 'concat':
      return made(`torch.cat([${values.join(', ')}], 1)`)
  }
}
