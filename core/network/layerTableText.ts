import { csv } from '../errors/csvText.ts'
import { tabular } from '../errors/latex.ts'
import { layerSettingsText } from './layerSettings.ts'
import type { LayerRow, LayerTable } from './layerTable.ts'
import { shapeText } from './shapes.ts'

/**
 * The table of layers as CSV, in English: a row a layer and one with the sums. Bytes and multiply-adds are those of one
 * image; the receptive field is in pixels.
 */
export function layerTableCsv({ rows, totals }: LayerTable): string {
  return csv([
    [
      'layer',
      'kind',
      'inputs',
      'output',
      'settings',
      'parameters',
      'untrained',
      'multiply_adds',
      'activation_bytes',
      'receptive_field_height',
      'receptive_field_width',
    ],
    ...rows.map(({ layer, inputs, shape, receptiveField, ...row }) => [
      layer.name,
      layer.kind,
      inputs.map(({ from }) => from).join(' '),
      shapeText(shape),
      layerSettingsText(layer),
      row.parameters,
      row.untrained,
      row.multiplyAdds,
      row.activationBytes,
      receptiveField.height,
      receptiveField.width,
    ]),
    [
      'total',
      null,
      null,
      null,
      null,
      totals.parameters,
      totals.untrained,
      totals.multiplyAdds,
      totals.activationBytes,
      null,
      null,
    ],
  ])
}

/** What the heads of the table say, in a reader's language, and what a layer is. */
export interface LayerTableWords {
  readonly layer: string
  readonly kind: string
  readonly output: string
  readonly parameters: string
  readonly multiplyAdds: string
  readonly receptiveField: string
  readonly total: string
  /** The kind of a layer with what is worth saying of it. */
  readonly kindOf: (row: LayerRow) => string
  /** A whole number. */
  readonly number: (value: number) => string
}

/** The table of layers as a LaTeX table of the kind `tabular`, which needs no package. */
export function layerTableLatex({ rows, totals }: LayerTable, words: LayerTableWords): string {
  const { number } = words
  return tabular(
    [words.layer, words.kind, words.output, words.parameters, words.multiplyAdds, words.receptiveField],
    rows.map((row) => [
      row.layer.name,
      words.kindOf(row),
      shapeText(row.shape),
      number(row.parameters),
      number(row.multiplyAdds),
      `${row.receptiveField.height} x ${row.receptiveField.width}`,
    ]),
    [words.total, '', '', number(totals.parameters), number(totals.multiplyAdds), ''],
    'lllrrr',
  )
}
