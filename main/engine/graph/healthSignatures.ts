import { gradientsBy } from '../../../core/graph/gradients.ts'
import type { AnyValue, GraphBuilder, Signature, Value } from '../../../core/graph/graphBuilder.ts'
import { abs, add, l2Loss, max, maximum, min, mul, sub, sum } from '../../../core/graph/operations/arithmetic.ts'
import { greater } from '../../../core/graph/operations/classification.ts'
import { cast, concat, pack, reshape } from '../../../core/graph/operations/layout.ts'
import { all, firstOf, histogramFixedWidth, isFinite, valuesWhere } from '../../../core/graph/operations/observation.ts'
import {
  assignVariable,
  deepCopy,
  destroyVariable,
  readVariable,
  varHandle,
} from '../../../core/graph/operations/variables.ts'
import { histogramBins } from '../../../core/health/health.ts'
import type { ProcessorFeatures } from '../../../core/layers/definition.ts'
import { rulesOf } from '../../../core/layers/registry.ts'
import type { LayerGeometry } from '../../../core/network/geometry.ts'
import type { Model } from '../../../core/network/model.ts'
import { sizeOf } from '../../../core/network/shapes.ts'
import { headNodes } from './head.ts'
import { found, networkNodes } from './network.ts'
import type { Handles } from './variableSignatures.ts'

/** Where some values are described: places in the outputs `numbers` and `histograms`. */
export interface DescribedPlaces {
  /** 1 where all are finite, otherwise 0. */
  readonly finite: number
  /** The ends of the histogram. What is not finite counts as 0 in it. */
  readonly low: number
  readonly high: number
  readonly histogram: number
}

/** Where the health of a layer's trained values is. */
export interface WeightPlaces {
  readonly weights: DescribedPlaces
  readonly gradients: DescribedPlaces
  /** Halves of sums of squares: of the weights, of the weights kept before the step, of what the step added, of the gradients. */
  readonly halfSquare: number
  readonly keptHalfSquare: number
  readonly updateHalfSquare: number
  readonly gradientHalfSquare: number
}

/** Where the health of a layer is in the outputs of `health`. */
export interface LayerPlaces {
  readonly layer: string
  readonly activations: DescribedPlaces
  /** Null where no units are counted. */
  readonly firing: { readonly units: number; readonly count: number } | null
  /** Null where nothing is trained. */
  readonly trained: WeightPlaces | null
}

/** The signatures of health, and how to read their outputs. */
export interface HealthSignatures {
  /**
   * `keepWeights`: keeps copies of the trained values until the next `health`. `health`: inputs `images` and `labels`;
   * outputs `numbers` `[numbers]` and `histograms` `[histograms, bins]`, int32. Neither changes what training reads.
   */
  readonly signatures: Readonly<Record<'keepWeights' | 'health', Signature>>
  readonly places: readonly LayerPlaces[]
}

/** Values one after the other, each added value with its place. */
class Column<Type extends 'float32' | 'int32'> {
  readonly values: Value<Type>[] = []

  add(value: Value<Type>): number {
    return this.values.push(value) - 1
  }
}

/** Describes values: whether they are finite, and their histogram. */
class Descriptions {
  readonly numbers = new Column<'float32'>()
  readonly histograms = new Column<'int32'>()

  /** @param sample What the histogram is of. */
  describe(graph: GraphBuilder, values: Value, sample: Value = values): DescribedPlaces {
    const sound = isFinite(graph, 'is_finite', values)
    const soundSample = sample === values ? sound : isFinite(graph, 'is_sample_finite', sample)
    // TensorFlow's histogram would count NaN to a bin outside of its memory.
    const counted = valuesWhere(graph, 'counted', soundSample, sample, graph.number('for_others', 0))
    const axes = sample.shape.map((_, axis) => axis)
    const low = min(graph, 'low', counted, axes)
    const largest = max(graph, 'largest', counted, axes)
    // Wider than nothing, and than the distance between neighbouring floats: TensorFlow refuses an empty range.
    const least = add(
      graph,
      'least_width',
      mul(graph, 'share_of_low', abs(graph, 'size_of_low', low), graph.number('share', 1e-6)),
      graph.number('tiny', 1e-30),
    )
    const high = maximum(graph, 'high', largest, add(graph, 'least_high', low, least))
    const histogram = histogramFixedWidth(graph, 'histogram', counted, pack(graph, 'range', [low, high]), histogramBins)
    return {
      finite: this.numbers.add(cast(graph, 'finite', all(graph, 'all_finite', sound), 'float32')),
      low: this.numbers.add(low),
      high: this.numbers.add(high),
      histogram: this.histograms.add(histogram),
    }
  }
}

/** Values of an output that its histogram counts at most, unless a single image has more. */
const mostCounted = 500_000

/** The outputs of as many of the first images as a histogram counts: those of all but for large maps. */
function countedOf(graph: GraphBuilder, output: Value): Value {
  const [batch, ...extents] = output.shape
  const images = Math.min(batch, Math.max(1, Math.floor(mostCounted / sizeOf(extents))))
  return images === batch ? output : firstOf(graph, 'counted_images', output, images)
}

/** Tensors of any shapes as one vector. */
function vectorOf(graph: GraphBuilder, name: string, tensors: readonly Value[]): Value {
  const flat = tensors.map((tensor, index) => reshape(graph, `${name}_${index}`, tensor, [-1]))
  return flat.length === 1 ? flat[0] : concat(graph, name, flat, 0)
}

/** `[batch, height, width, channels]` or `[batch, units]`: how many channels or units are above 0 anywhere. */
function firingOf(graph: GraphBuilder, output: Value): Value {
  const highest = max(
    graph,
    'highest',
    output,
    output.shape.slice(0, -1).map((_, axis) => axis),
  )
  return sum(
    graph,
    'firing',
    cast(graph, 'fires', greater(graph, 'above_zero', highest, graph.number('zero', 0)), 'float32'),
    [0],
  )
}

/** Whether a layer has trained values or units that can fall silent. */
function hasHealth({ layer, variables }: LayerGeometry): boolean {
  return variables.some(({ trained }) => trained) || rulesOf(layer).canFallSilent?.(layer) === true
}

/**
 * Measures health: what every layer gives for a batch with the running statistics, each computed by its definition, and
 * the gradients of the batch's mean plain loss. Nodes of their own that training never runs, so that they change no bit
 * of it.
 * @param how.batch Number of images.
 */
export function healthSignatures(
  parent: GraphBuilder,
  variables: Handles,
  {
    model,
    measured,
    batch,
    processor,
  }: { model: Model; measured: readonly LayerGeometry[]; batch: number; processor: ProcessorFeatures },
): HealthSignatures {
  const keeping = parent.within('keep_weights')
  const graph = parent.within('health')
  const trained = measured.flatMap((layer) => layer.variables).filter((variable) => variable.trained)
  const kept = new Map(
    trained.map(({ name, shape }) => [name, varHandle(keeping, name, `kept/${name}`, shape)] as const),
  )
  const copied = trained.map(({ name }) => {
    const copy = deepCopy(keeping, `${name}/copy`, readVariable(keeping, `${name}/value`, found(variables, name)))
    return assignVariable(keeping, `${name}/assign`, found(kept, name), copy)
  })
  const count = keeping.fetch('kept', keeping.number('count', trained.length), copied)

  const { height, width, channels } = model.input
  const images = graph.placeholder('images', 'float32', [batch, height, width, channels])
  const labels = graph.placeholder('labels', 'int32', [batch])
  const values = new Map<string, Value>()
  const network = networkNodes(graph, {
    measured,
    input: images,
    mode: 'inspection',
    processor,
    read: (place, role, name) => {
      const value = readVariable(place, role, found(variables, name))
      values.set(name, value)
      return value
    },
    seeds: new Map(),
  })
  const head = headNodes(graph.within('head'), model.head, {
    logits: network.logits,
    labels,
    mixed: null,
    classes: sizeOf(measured[measured.length - 1].output),
    mode: 'inference',
  })
  const wanted = trained.map(({ name }) => found(values, name))
  const byLogits = mul(graph, 'mean_gradient', head.gradients, graph.number('share', 1 / batch))
  const gradients = gradientsBy(graph, network.logits, byLogits, wanted)
  const gradientBy = (name: string): Value => {
    const gradient = gradients.get(found(values, name))
    if (gradient === undefined) throw new Error(`the loss does not depend on ${name}`)
    return gradient
  }

  const described = new Descriptions()
  const { numbers } = described
  const places = measured.filter(hasHealth).map((geometry): LayerPlaces => {
    const { layer, output } = geometry
    const place = graph.within(layer.name).within('observed')
    const maps = found(network.outputs, layer.name).in('images-first')
    const own = geometry.variables.filter((variable) => variable.trained)
    return {
      layer: layer.name,
      activations: described.describe(place.within('activations'), maps, countedOf(place, maps)),
      firing:
        rulesOf(layer).canFallSilent?.(layer) === true
          ? { units: output[output.length - 1], count: numbers.add(firingOf(place, maps)) }
          : null,
      trained:
        own.length === 0
          ? null
          : weightPlaces(
              place,
              own.map(({ name }) => name),
            ),
    }
  })

  function weightPlaces(place: GraphBuilder, names: readonly string[]): WeightPlaces {
    const now = vectorOf(
      place,
      'weights',
      names.map((name) => found(values, name)),
    )
    const before = vectorOf(
      place,
      'kept',
      names.map((name) => readVariable(place, `${name}/kept`, found(kept, name))),
    )
    const gradient = vectorOf(place, 'gradients', names.map(gradientBy))
    return {
      weights: described.describe(place.within('weights_described'), now),
      gradients: described.describe(place.within('gradients_described'), gradient),
      halfSquare: numbers.add(l2Loss(place, 'half_square', now)),
      keptHalfSquare: numbers.add(l2Loss(place, 'kept_half_square', before)),
      updateHalfSquare: numbers.add(l2Loss(place, 'update_half_square', sub(place, 'update', now, before))),
      gradientHalfSquare: numbers.add(l2Loss(place, 'gradient_half_square', gradient)),
    }
  }

  const observed = pack(graph, 'numbers', numbers.values)
  const histograms = pack(graph, 'histograms', described.histograms.values)
  const freed = trained.map(({ name }) => destroyVariable(graph, `${name}/freed`, found(kept, name), [observed]))
  return {
    signatures: {
      keepWeights: { inputs: new Map(), outputs: new Map([['kept', count]]) },
      health: {
        inputs: new Map<string, AnyValue>([
          ['images', images],
          ['labels', labels],
        ]),
        outputs: new Map<string, AnyValue>([
          ['numbers', graph.fetch('observed_numbers', observed, freed)],
          ['histograms', graph.fetch('observed_histograms', histograms)],
        ]),
      },
    },
    places,
  }
}
