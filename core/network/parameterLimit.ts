import { phrase, type Phrase } from '../words/phrases.ts'
import { refuse } from '../words/problems.ts'
import type { LayerGeometry } from './geometry.ts'

/**
 * The most parameters of a network that is trained here. Each is kept about ten times while it trains: for TensorFlow,
 * for the optimizer's moments, as it was at first, and in a checkpoint being written.
 */
export const mostParameters = 250_000_000

/** The layer with the most parameters of a network with too many, and what is wrong with it. */
export interface TooLarge {
  readonly place: number
  /** Parameters beyond the limit. */
  readonly beyond: number
  readonly detail: Phrase
}

/** Null where the parameters are within the limit. */
export function tooLarge(measured: readonly LayerGeometry[]): TooLarge | null {
  const parameters = measured.reduce((sum, one) => sum + one.parameters, 0)
  if (parameters <= mostParameters) return null
  const place = measured.reduce((most, one, index) => (one.parameters > measured[most].parameters ? index : most), 0)
  const detail = phrase('too-many-parameters', {
    own: measured[place].parameters,
    parameters,
    most: mostParameters,
  })
  return { place, beyond: parameters - mostParameters, detail }
}

/** @throws LabError `model-invalid` naming the layer with the most parameters. */
export function checkParameters(measured: readonly LayerGeometry[]): void {
  const found = tooLarge(measured)
  if (found !== null) refuse('model-invalid', { layer: measured[found.place].layer.name, detail: found.detail })
}
