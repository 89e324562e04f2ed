import { explain } from '../inspect/sums/registry.ts'
import type { ValueSum } from '../inspect/valueSum.ts'
import type { MeasuredLayer } from '../layers/definition.ts'
import { imageName } from '../layers/parts/fields.ts'
import { valuePlace, type ValuePlace } from '../layers/parts/reach.ts'
import { type Layer, rulesOf } from '../layers/registry.ts'
import { type Shape, sizeOf } from '../network/shapes.ts'

/** What comes into a layer: `[height, width, channels]` row by row with channels innermost, or `[units]`. */
export interface LayerValues {
  readonly shape: Shape
  readonly values: ArrayLike<number>
}

/** The values of a layer's variables by their role, as a checkpoint lays them out. */
export type LayerWeights = Readonly<Record<string, ArrayLike<number>>>

/** A layer on its own: measured on what comes in, with weights that somebody has chosen. */
export class OneLayer {
  readonly geometry: MeasuredLayer<Layer>
  readonly #values: ArrayLike<number>
  readonly #weights: LayerWeights

  /** @throws LabError `model-invalid` where the layer does not fit what comes in. */
  constructor(layer: Layer, { shape, values }: LayerValues, weights: LayerWeights = {}) {
    const inputs = [{ from: imageName, shape }] as const
    this.geometry = { layer, inputs, ...rulesOf(layer).measure(layer, inputs) }
    this.#values = values
    this.#weights = weights
  }

  get shape(): Shape {
    return this.geometry.output
  }

  /** How the layer comes to one value, with all that goes in. */
  explain(at: ValuePlace, inputChannel: number | null = null): Pick<ValueSum, 'how'> & { readonly computed: number } {
    return explain({
      geometry: this.geometry,
      inputs: [this.#values],
      read: (role) => this.#read(role),
      at,
      inputChannel,
    })
  }

  /** All values, in the layout of the shape. */
  values(): Float64Array {
    const { output } = this.geometry
    return Float64Array.from({ length: sizeOf(output) }, (_, index) => this.explain(valuePlace(index, output)).computed)
  }

  #read(role: string): ArrayLike<number> {
    const values = this.#weights[role]
    if (values === undefined) throw new Error(`no ${role} was given`)
    return values
  }
}
