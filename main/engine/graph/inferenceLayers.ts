import type { LayerGeometry } from '../../../core/network/geometry.ts'
import type { ProcessorFeatures } from '../../../core/layers/definition.ts'
import { type Layer, rulesOf } from '../../../core/layers/registry.ts'
import { followedAlone, redirected, swapped } from '../../../core/network/neighbours.ts'
import { isMaxPool, isMonotonic, poolFirst } from '../../../core/network/poolFirst.ts'

/** The layers of a network as computed for inference. */
export interface InferenceLayers {
  readonly measured: readonly LayerGeometry[]
  /** Batch normalisations that were folded into a convolution, by the name of that convolution. */
  readonly norms: ReadonlyMap<string, Layer>
}

/**
 * Whether a layer is a convolution computed by TensorFlow's own operation, which can also add a bias and apply a ReLU.
 */
function fuses(
  geometry: LayerGeometry,
  processor: ProcessorFeatures,
): geometry is LayerGeometry & { readonly layer: Extract<Layer, { bias: boolean }> } {
  return 'bias' in geometry.layer && rulesOf(geometry.layer).fusesBiasAndRelu?.(geometry, processor) === true
}

/** Whether a layer can be folded into a convolution before it. */
function isFoldable({ layer }: LayerGeometry): boolean {
  return rulesOf(layer).fold !== undefined
}

/** The index of the first max pool between a convolution and its batch normalisation; -1 if there is none. */
function poolBeforeNorm(measured: readonly LayerGeometry[], processor: ProcessorFeatures): number {
  return measured.findIndex(
    (pool, place) =>
      place > 0 &&
      isMaxPool(pool) &&
      fuses(measured[place - 1], processor) &&
      followedAlone(measured, place - 1) &&
      followedAlone(measured, place) &&
      isFoldable(measured[place + 1]),
  )
}

/**
 * Moves batch normalisations in front of the max pools that separate them from their convolutions. Also returns the
 * names of those that were moved.
 */
function normFirst(
  measured: readonly LayerGeometry[],
  processor: ProcessorFeatures,
  moved: readonly string[] = [],
): { measured: readonly LayerGeometry[]; moved: readonly string[] } {
  const place = poolBeforeNorm(measured, processor)
  return place < 0
    ? { measured, moved }
    : normFirst(swapped(measured, place), processor, [...moved, measured[place + 1].layer.name])
}

/**
 * Names of the batch normalisations that may move in front of a max pool. Their scales decide whether `rising` holds.
 */
export function pooledNorms(measured: readonly LayerGeometry[], processor: ProcessorFeatures): readonly string[] {
  return normFirst(measured, processor).moved
}

/** Folds the batch normalisations directly after TensorFlow's own convolutions into those convolutions. */
function folded({ measured, norms }: InferenceLayers, processor: ProcessorFeatures): InferenceLayers {
  for (const [place, conv] of measured.entries()) {
    if (!fuses(conv, processor) || norms.has(conv.layer.name) || !followedAlone(measured, place)) continue
    const next = measured[place + 1]
    if (!isFoldable(next)) continue
    const rest = measured.slice(place + 2).map((geometry) => redirected(geometry, next.layer.name, conv.layer.name))
    const withBias: LayerGeometry = { ...conv, layer: { ...conv.layer, bias: true } }
    return folded(
      {
        measured: [...measured.slice(0, place), withBias, ...rest],
        norms: new Map([...norms, [conv.layer.name, next.layer]]),
      },
      processor,
    )
  }
  return { measured, norms }
}

/** Moves each ReLU in front of a max pool if TensorFlow's own convolution before the pool can apply it. */
function reluInConvolution(measured: readonly LayerGeometry[], processor: ProcessorFeatures): readonly LayerGeometry[] {
  const place = measured.findIndex((pool, index) => {
    if (index === 0) return false
    const before = measured[index - 1]
    return (
      fuses(before, processor) &&
      before.layer.bias &&
      followedAlone(measured, index - 1) &&
      isMaxPool(pool) &&
      followedAlone(measured, index) &&
      isMonotonic(measured[index + 1])
    )
  })
  return place < 0 ? measured : reluInConvolution(swapped(measured, place), processor)
}

/**
 * The layers for inference. Batch normalisations and ReLUs are folded into the convolutions before them, and the
 * remaining max pools move in front of ReLUs (`poolFirst.ts`). The outputs differ only by rounding.
 * @param rising Whether no scale of the `pooledNorms` is negative. These normalisations then keep the order of values,
 *   so they may swap places with the pools and be folded into the convolutions too.
 */
export function inferenceLayers(
  measured: readonly LayerGeometry[],
  rising: boolean,
  processor: ProcessorFeatures,
): InferenceLayers {
  const ordered = rising ? normFirst(measured, processor).measured : measured
  const { measured: layers, norms } = folded({ measured: ordered, norms: new Map() }, processor)
  return { measured: reluInConvolution(poolFirst(layers), processor), norms }
}
