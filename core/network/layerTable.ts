import type { LayerInput } from '../layers/definition.ts'
import { type Layer, rulesOf } from '../layers/registry.ts'
import { type FieldSize, fieldSizes } from './fieldSizes.ts'
import { type LayerGeometry, measure } from './geometry.ts'
import type { Model } from './model.ts'
import { multiplyAddsOf } from './multiplyAdds.ts'
import type { ShapeFormula } from './shapeFormula.ts'
import { type Shape, sizeOf } from './shapes.ts'

/** Bytes of a float32. */
const floatBytes = 4

/** A variable of a layer: what it is for, and how many numbers it has as a product. */
export interface VariableCount {
  /** `kernel`, `bias`, `scale`, `shift`, `mean` or `variance`. */
  readonly role: string
  /** Their product is the number of values. */
  readonly shape: readonly number[]
  readonly values: number
  /** Trained by the optimizer; the others are kept and not trained. */
  readonly trained: boolean
}

/** A layer in numbers. */
export interface LayerRow {
  readonly layer: Layer
  readonly inputs: readonly LayerInput[]
  /** `[height, width, channels]` or `[units]`. */
  readonly shape: Shape
  readonly formula: ShapeFormula
  readonly variables: readonly VariableCount[]
  /** Numbers that the optimizer trains. */
  readonly parameters: number
  /** Numbers that are kept and not trained, such as running statistics and the weights of a frozen layer. */
  readonly untrained: number
  /** Of one image's way through the layer. */
  readonly multiplyAdds: number
  /** Bytes of the output for one image, float32; 0 where it is the memory of its input. */
  readonly activationBytes: number
  readonly receptiveField: FieldSize
  /** Whether it pools by 2 a map with an odd height or width: a row or column more than its windows halve. */
  readonly oddSide: boolean
}

/** Sums over the layers. */
export interface LayerTotals {
  readonly parameters: number
  readonly untrained: number
  readonly multiplyAdds: number
  readonly activationBytes: number
}

/** All layers of a network in numbers, in their order, and their sums. */
export interface LayerTable {
  readonly rows: readonly LayerRow[]
  readonly totals: LayerTotals
}

function isOddBeforeHalving(formula: ShapeFormula): boolean {
  return (
    formula.kind === 'window' &&
    formula.pools &&
    formula.stride === 2 &&
    (formula.height.extent % 2 === 1 || formula.width.extent % 2 === 1)
  )
}

/** The row of a layer that was measured. */
export function layerRow(geometry: LayerGeometry, receptiveField: FieldSize): LayerRow {
  const { layer, inputs, output, parameters } = geometry
  const rules = rulesOf(layer)
  const formula = rules.shapeFormula?.(geometry) ?? { kind: 'unchanged', shape: inputs[0].shape }
  const variables = geometry.variables.map(({ name, shape, trained }) => ({
    role: name.slice(layer.name.length + 1),
    shape,
    values: sizeOf(shape),
    trained,
  }))
  return {
    layer,
    inputs,
    shape: output,
    formula,
    variables,
    parameters,
    untrained: variables.reduce((sum, { trained, values }) => sum + (trained ? 0 : values), 0),
    multiplyAdds: multiplyAddsOf(geometry),
    activationBytes: rules.sharesMemory === true ? 0 : sizeOf(output) * floatBytes,
    receptiveField,
    oddSide: isOddBeforeHalving(formula),
  }
}

/** The sums of some rows. */
export function totalsOf(rows: readonly LayerRow[]): LayerTotals {
  const sum = (of: (row: LayerRow) => number): number => rows.reduce((total, row) => total + of(row), 0)
  return {
    parameters: sum(({ parameters }) => parameters),
    untrained: sum(({ untrained }) => untrained),
    multiplyAdds: sum(({ multiplyAdds }) => multiplyAdds),
    activationBytes: sum(({ activationBytes }) => activationBytes),
  }
}

/**
 * A network in numbers, layer by layer. Cheap enough to be asked at each key.
 * @throws LabError `model-invalid`, as `measure`; `checkNetwork` gives the rows of a network that does not work, too.
 */
export function layerTable(model: Model): LayerTable {
  const measured = measure(model)
  const fields = fieldSizes(measured)
  const rows = measured.map((geometry, place) => layerRow(geometry, fields[place]))
  return { rows, totals: totalsOf(rows) }
}
