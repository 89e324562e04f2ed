import type { Computation, ComputationOf, ValueSum } from '../../../../core/inspect/valueSum.ts'
import type { ValuePlace } from '../../../../core/layers/parts/reach.ts'

/** What the part that shows one way of computing a value is given. */
export interface SumProps<Kind extends Computation['kind']> {
  readonly sum: ValueSum
  readonly how: ComputationOf<Kind>
  /** The shape of a layer's output, or of `input`. */
  readonly shapeOf: (layer: string) => readonly number[]
  /** Shows how a value that came in was computed. */
  readonly onopen: (layer: string, place: ValuePlace) => void
}
