import type { LayerGeometry } from '../../../core/network/geometry.ts'
import type { ProcessorFeatures } from '../../../core/layers/definition.ts'
import { type Layer, rulesOf } from '../../../core/layers/registry.ts'
import { followedAlone, redirected, swapped } from './neighbours.ts'
import { isMaxPool, isMonotonic, poolFirst } from './poolFirst.ts'

/** The layers of a network as they are computed where nothing trains. */
export interface InferenceLayers {
  readonly measured: readonly LayerGeometry[]
  /**
   * Batch normalisations that are no longer layers, by the name of the convolution whose kernel and bias include them.
   */
  readonly norms: ReadonlyMap<string, Layer>
}

/** A convolution that TensorFlow computes by its own operation, which adds a bias and applies a ReLU on the way. */
function fuses(
  geometry: LayerGeometry,
  processor: ProcessorFeatures,
): geometry is LayerGeometry & { readonly layer: Extract<Layer, { bias: boolean }> } {
  return 'bias' in geometry.layer && rulesOf(geometry.layer).fusesBiasAndRelu?.(geometry, processor) === true
}

/** Whether a layer can become part of a convolution before it. */
function isFoldable({ layer }: LayerGeometry): boolean {
  return rulesOf(layer).fold !== undefined
}

/** The place of the first max pool between a convolution and its batch normalisation; -1 where there is none. */
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
 * With the batch normalisations before the max pools that stand between them and their convolutions; the names of those
 * that were moved.
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

/** Names of the batch normalisations whose scales decide whether their networks are `rising`. */
export function pooledNorms(measured: readonly LayerGeometry[], processor: ProcessorFeatures): readonly string[] {
  return normFirst(measured, processor).moved
}

/**
 * Without the batch normalisations right behind convolutions of TensorFlow's own, which they are part of from here on.
 */
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

/** With each ReLU that a convolution of TensorFlow's own can apply right behind it, before the max pool. */
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
 * The layers for inference: batch normalisations become part of the convolutions before them, ReLUs as well, and other
 * max pools go before ReLUs (`poolFirst.ts`). The outputs differ by rounding.
 * @param rising Whether no scale of the `pooledNorms` is negative. Then these normalisations keep the order of values,
 *   may change places with the pools, and become part of the convolutions too.
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
