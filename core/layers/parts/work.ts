import { sizeOf } from '../../network/shapes.ts'
import type { MeasuredLayer } from '../definition.ts'

/** The numbers that a layer takes and gives for one image. */
export function valuesThrough({ inputs, output }: MeasuredLayer<unknown>): {
  readonly in: number
  readonly out: number
} {
  return { in: inputs.reduce((sum, { shape }) => sum + sizeOf(shape), 0), out: sizeOf(output) }
}

/** The trained and kept numbers of a layer. */
export function weightsOf({ variables }: MeasuredLayer<unknown>): number {
  return variables.reduce((sum, { shape }) => sum + sizeOf(shape), 0)
}

/** Channels as vector instructions of AVX-512 take them: in groups of 16. */
export function inGroups(channels: number): number {
  return Math.ceil(channels / 16) * 16
}
