/** How a value of a feature map was computed, with the numbers that went in. */
import { z } from 'zod'
import { Pixels } from '../data/pixels.ts'
import { ActivationFunction } from '../layers/parts/activationFunction.ts'
import { RunId } from '../run/run.ts'
import { MapQuestion } from './looking.ts'

const count = z.int().min(0)

/** Null where it is not finite. */
const Real = z.number().nullable()

/** A value of one map; of a vector the map is the unit, and `y` and `x` are 0. */
export const ValueQuestion = z.strictObject({
  ...MapQuestion.shape,
  y: count,
  x: count,
  /** Whose products are listed, of a convolution. Null: the first one that the kernel sees. */
  inputChannel: count.nullable(),
})
export type ValueQuestion = z.infer<typeof ValueQuestion>

/** A place of what comes in. It lies in the padding where it is beyond the edges of the map. */
const place = { y: z.int(), x: z.int(), padding: z.boolean() }

const Product = { value: Real, weight: z.number(), product: Real }

/** One sum of products: of a convolution's kernel and the patch under it. */
const Products = z.strictObject({
  kind: z.literal('products'),
  from: z.string(),
  kernel: z.strictObject({ height: z.int().min(1), width: z.int().min(1) }),
  /** The input channel whose products are listed. */
  inputChannel: count,
  /** Row by row. A value in the padding is 0. */
  terms: z.array(z.strictObject({ ...place, ...Product })),
  /** The sum of the products of each input channel that the kernel sees. */
  channels: z.array(z.strictObject({ channel: count, sum: Real })),
  /** Null where the layer has none. */
  bias: z.number().nullable(),
})

/** One unit of a dense layer. */
const WeightedInputs = z.strictObject({
  kind: z.literal('weighted-inputs'),
  from: z.string(),
  /** The largest products first. */
  terms: z.array(z.strictObject({ input: count, ...Product })),
  /** Those that are not listed. */
  rest: z.strictObject({ count, sum: Real }),
  /** Null where the layer has none. */
  bias: z.number().nullable(),
})

/** A pool: the largest value of a window, or the mean of those that are not in the padding. */
const Window = z.strictObject({
  kind: z.literal('window'),
  takes: z.enum(['largest', 'mean']),
  from: z.string(),
  map: count,
  window: z.strictObject({ height: z.int().min(1), width: z.int().min(1) }),
  /** Row by row; null where there are too many to list. A value in the padding does not count and is null. */
  terms: z.array(z.strictObject({ ...place, value: Real })).nullable(),
  /** Values that count. */
  counted: count,
  /** The first largest value; null for a mean. */
  winner: z.strictObject({ y: count, x: count }).nullable(),
  pooled: Real,
  /** What comes after it: f(scale * pooled + shift). Null for a pool alone. */
  scaling: z
    .strictObject({ scale: z.number(), shift: z.number(), shifted: Real, function: ActivationFunction })
    .nullable(),
})

/** One value, and what was made of it. */
const one = { from: z.string(), value: Real }

/** How a layer came to a value. */
export const Computation = z.discriminatedUnion('kind', [
  Products,
  WeightedInputs,
  Window,
  /** scale * (value - mean) / sqrt(variance + epsilon) + shift */
  z.strictObject({
    kind: z.literal('norm'),
    ...one,
    mean: z.number(),
    variance: z.number(),
    epsilon: z.number(),
    scale: z.number(),
    shift: z.number(),
  }),
  z.strictObject({ kind: z.literal('function'), ...one, function: ActivationFunction }),
  z.strictObject({ kind: z.literal('factor'), ...one, factor: z.number() }),
  /** The sum of the values at this place. */
  z.strictObject({ kind: z.literal('added'), parts: z.array(z.strictObject(one)) }),
  /** The value as it came in, from where it stood. */
  z.strictObject({ kind: z.literal('passed-on'), ...one, map: count, y: count, x: count }),
  /** Of what enters the network: the pixel of 0 to 255, and how pixels are scaled. */
  z.strictObject({ kind: z.literal('pixel'), pixel: count.max(255), pixels: Pixels }),
])
export type Computation = z.infer<typeof Computation>
export type ComputationOf<Kind extends Computation['kind']> = Extract<Computation, { kind: Kind }>

/** A value of a layer's output, and how it was computed. */
export const ValueSum = z.strictObject({
  run: RunId,
  /** Step of the checkpoint. */
  checkpoint: count,
  layer: z.string(),
  map: count,
  y: count,
  x: count,
  /** As the network has it, in single precision. */
  value: Real,
  /** From the numbers below, in double precision. */
  computed: Real,
  how: Computation,
})
export type ValueSum = z.infer<typeof ValueSum>

/** A number as it is answered: null where it is not finite. */
export function real(value: number): number | null {
  return Number.isFinite(value) ? value : null
}
