import { z } from 'zod'

/** Number of equally wide bins of every histogram of health. */
export const histogramBins = 40

/**
 * How many values lie in each of equally wide bins. Bin b of n reaches from `low + b * (high - low) / n` to `low + (b +
 * 1) * (high - low) / n`; the last one includes `high`. The counts add up to the number of values.
 */
export const Histogram = z.strictObject({
  /** The smallest of the values. */
  low: z.number(),
  /** The largest of the values, or a little more where all are equal. */
  high: z.number(),
  counts: z.array(z.int().min(0)).length(histogramBins),
})
export type Histogram = z.infer<typeof Histogram>

/** What a layer has a histogram of: its trained values, its output, and the gradients by its trained values. */
export const Observed = z.enum(['weights', 'activations', 'gradients'])
export type Observed = z.infer<typeof Observed>

const Norm = z.number().min(0)

/**
 * The health of one layer after one step. Units are counted of layers whose units can fall silent, such as ReLUs: a unit
 * is a map after a convolution, or a neuron after a dense layer. It is silent when it gives nothing above 0 at any place
 * of any image of the fixed batch. Norms are of layers with trained values, of all of these taken as one vector.
 */
export const LayerHealth = z.strictObject({
  layer: z.string(),
  /** Whether all weights, activations and gradients are finite. What is not is null below. */
  finite: z.boolean(),
  units: z.int().min(1).nullable(),
  silent: z.int().min(0).nullable(),
  /** Length of the gradient of the fixed batch's mean loss, without label smoothing, clipping and weight decay. */
  gradientNorm: Norm.nullable(),
  weightNorm: Norm.nullable(),
  /** Length of the step's update, divided by that of the weights before it; null where these are all 0, and at step 0. */
  updateRatio: Norm.nullable(),
  weights: Histogram.nullable(),
  activations: Histogram.nullable(),
  gradients: Histogram.nullable(),
})
export type LayerHealth = z.infer<typeof LayerHealth>

/** The health of a network after a step, layer by layer in the network's order. Step 0 is before training. */
export const Health = z.strictObject({
  step: z.int().min(0),
  /** Images of the fixed batch. */
  images: z.int().min(1),
  layers: z.array(LayerHealth),
})
export type Health = z.infer<typeof Health>

/**
 * Steps from one measurement of health to the next; 0: it is not measured. Like the goal it is no part of a run's
 * configuration, because it changes no bit of it.
 */
export const HealthEvery = z.int().min(0).max(10_000_000)

/**
 * The share of a layer's units from which on their silence is worth a warning: the lab's text warns that 40 % of a
 * network can die when the learning rate is too high.
 */
export const silentWarning = 0.4

/** The share of silent units; null where none are counted. */
export function silentShare({ units, silent }: Pick<LayerHealth, 'units' | 'silent'>): number | null {
  return units === null || silent === null ? null : silent / units
}
