import type { LayerGeometry } from '../../../core/geometry.ts'
import type { BatchNormLayer, ConvLayer, DepthwiseConvLayer } from '../../../core/model.ts'
import { throughTransforms } from './convForm.ts'
import { changedOver, followedAlone, redirected } from './neighbours.ts'
import { keepsOrder, poolFirst, poolsAlone } from './poolFirst.ts'

/** The layers of a network as they are computed where nothing trains. */
export interface InferenceLayers {
  readonly measured: readonly LayerGeometry[]
  /**
   * Batch normalisations that are no layers any more, by the name of the convolution whose kernel and bias hold them.
   */
  readonly norms: ReadonlyMap<string, BatchNormLayer>
}

/**
 * A convolution that TensorFlow computes by its own operation, which adds a bias and applies a ReLU on the way at no
 * cost.
 */
function isDirect(
  geometry: LayerGeometry,
): geometry is LayerGeometry & { readonly layer: ConvLayer | DepthwiseConvLayer } {
  const { layer, inputs } = geometry
  if (layer.kind === 'depthwise-conv') return true
  const [{ shape }] = inputs
  return (
    layer.kind === 'conv' && !(shape.length === 3 && throughTransforms({ layer, input: shape, filters: layer.filters }))
  )
}

/** The place of the first max pool between a convolution and its batch normalisation; -1 where there is none. */
function poolBeforeNorm(measured: readonly LayerGeometry[]): number {
  return measured.findIndex(
    (pool, place) =>
      place > 0 &&
      poolsAlone(pool) &&
      isDirect(measured[place - 1]) &&
      followedAlone(measured, place - 1) &&
      followedAlone(measured, place) &&
      measured[place + 1].layer.kind === 'batch-norm',
  )
}

/**
 * With the batch normalisations before the max pools that stand between them and their convolutions; the names of those
 * that were moved.
 */
function normFirst(
  measured: readonly LayerGeometry[],
  moved: readonly string[] = [],
): { measured: readonly LayerGeometry[]; moved: readonly string[] } {
  const place = poolBeforeNorm(measured)
  return place < 0
    ? { measured, moved }
    : normFirst(changedOver(measured, place), [...moved, measured[place + 1].layer.name])
}

/** Names of the batch normalisations whose scales decide whether their networks are `rising`. */
export function pooledNorms(measured: readonly LayerGeometry[]): readonly string[] {
  return normFirst(measured).moved
}

/**
 * Without the batch normalisations that stand right behind a convolution of TensorFlow's own, which they are part of
 * from here on.
 */
function folded({ measured, norms }: InferenceLayers): InferenceLayers {
  for (const [place, conv] of measured.entries()) {
    if (!isDirect(conv) || norms.has(conv.layer.name) || !followedAlone(measured, place)) continue
    const { layer: norm } = measured[place + 1]
    if (norm.kind !== 'batch-norm') continue
    const rest = measured.slice(place + 2).map((geometry) => redirected(geometry, norm.name, conv.layer.name))
    const withBias: LayerGeometry = { ...conv, layer: { ...conv.layer, bias: true } }
    return folded({
      measured: [...measured.slice(0, place), withBias, ...rest],
      norms: new Map([...norms, [conv.layer.name, norm]]),
    })
  }
  return { measured, norms }
}

/** With each ReLU that a convolution of TensorFlow's own can apply right behind it, before the max pool. */
function reluInConvolution(measured: readonly LayerGeometry[]): readonly LayerGeometry[] {
  const place = measured.findIndex((pool, index) => {
    const before = measured.at(index - 1)
    if (
      index === 0 ||
      before === undefined ||
      !isDirect(before) ||
      !before.layer.bias ||
      !followedAlone(measured, index - 1)
    )
      return false
    return poolsAlone(pool) && followedAlone(measured, index) && keepsOrder(measured[index + 1])
  })
  return place < 0 ? measured : reluInConvolution(changedOver(measured, place))
}

/**
 * The layers for inference: batch normalisations become part of the convolutions before them, ReLUs as well, and other
 * max pools go before ReLUs (`poolFirst.ts`). The outputs differ by rounding.
 * @param rising Whether no scale of the `pooledNorms` is negative. Then these normalisations keep the order of values,
 *   may change places with the pools, and become part of the convolutions too.
 */
export function inferenceLayers(measured: readonly LayerGeometry[], rising: boolean): InferenceLayers {
  const ordered = rising ? normFirst(measured).measured : measured
  const { measured: layers, norms } = folded({ measured: ordered, norms: new Map() })
  return { measured: reluInConvolution(poolFirst(layers)), norms }
}
