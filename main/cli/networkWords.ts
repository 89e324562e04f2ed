import type { LayerRow, LayerTable } from '../../core/network/layerTable.ts'
import { layerSettingsText } from '../../core/network/layerSettings.ts'
import type { ChosenClassifier } from '../../core/network/checkNetwork.ts'
import type { NetworkOrigin } from '../../core/network/savedNetwork.ts'
import type { AxisFormula, ShapeFormula } from '../../core/network/shapeFormula.ts'
import { shapeText } from '../../core/network/shapes.ts'
import { bytes, table } from './format.ts'

/** A network of one's own by the name and version that a run remembers. */
export function networkName({ name, version }: NetworkOrigin): string {
  return version === null ? name : `${name} (version ${version})`
}

/** One axis of a window: `28 - 5 + 1 = 24`, `floor((28 - 3) / 2) + 1 = 13` or `ceil(13 / 2) = 7`. */
function axisText(
  { extent, window, result }: AxisFormula,
  { stride, padding }: { readonly stride: number; readonly padding: string },
): string {
  if (padding === 'same') return `ceil(${extent} / ${stride}) = ${result}`
  if (stride === 1) return `${extent} - ${window} + 1 = ${result}`
  const quotient = `(${extent} - ${window}) / ${stride}`
  return `${(extent - window) % stride === 0 ? quotient : `floor(${quotient})`} + 1 = ${result}`
}

/** How the extents of a layer's maps, or its units, follow from what comes in. */
export function formulaText(formula: ShapeFormula): string {
  switch (formula.kind) {
    case 'window': {
      const [rows, columns] = [axisText(formula.height, formula), axisText(formula.width, formula)]
      return rows === columns ? rows : `${rows}, ${columns}`
    }
    case 'whole-map':
      return `one value of ${formula.map[0]} x ${formula.map[1]}`
    case 'flattened':
      return `${formula.factors.join(' x ')} = ${formula.units}`
    case 'joined':
      return `${formula.parts.join(' + ')} = ${formula.sum}`
    case 'units':
    case 'unchanged':
      return ''
  }
}

/** The trained numbers of a layer as a sum of products: `5 x 5 x 64 x 64 + 64 = 102464`. */
export function parametersText({ variables, parameters }: Pick<LayerRow, 'variables' | 'parameters'>): string {
  const products = variables.filter(({ trained }) => trained).map(({ shape }) => shape.join(' x '))
  return products.length === 0 ? '' : `${products.join(' + ')} = ${parameters}`
}

function fieldText({ height, width }: LayerRow['receptiveField']): string {
  return `${height} x ${width}`
}

/** The layers of a network with their numbers. */
export function layersText({ rows, totals }: LayerTable): string {
  const headings = [
    'LAYER',
    'KIND',
    'TAKES',
    'SETTINGS',
    'MAPS',
    'OUTPUT',
    'PARAMETERS',
    'MULTIPLY-ADDS',
    'MAPS IN MEMORY',
    'FIELD',
  ]
  const lines = rows.map((row) => [
    row.layer.name,
    row.layer.kind,
    row.inputs.map(({ from }) => from).join(' '),
    layerSettingsText(row.layer),
    formulaText(row.formula),
    shapeText(row.shape),
    parametersText(row),
    String(row.multiplyAdds),
    bytes(row.activationBytes),
    fieldText(row.receptiveField),
  ])
  const odd = rows.filter(({ oddSide }) => oddSide).map(({ layer }) => layer.name)
  return [
    table(headings, lines),
    '',
    `${totals.parameters} parameters, ${totals.untrained} numbers that are kept and not trained; ${totals.multiplyAdds} multiply-adds and ${bytes(totals.activationBytes)} of maps an image.`,
    ...(odd.length === 0
      ? []
      : [
          `Pools by 2 over an odd side: ${odd.join(', ')}. A row or column is left over or padded; even sides are better.`,
        ]),
  ].join('\n')
}

/** Which layer tells the classes of the data apart, where the data decide how many units it has. */
export function classifierText(classifier: ChosenClassifier | null, data: string): string[] {
  return classifier === null
    ? []
    : [`Layer ${classifier.layer} has ${classifier.units} units for the classes of ${data}.`]
}

/** A layer as `lab network check --json` has it. The receptive field is one number where it is a square. */
export function layerValue({ layer, inputs, shape, ...row }: LayerRow): object {
  const { height, width } = row.receptiveField
  return {
    name: layer.name,
    kind: layer.kind,
    shape,
    parameters: row.parameters,
    multiplyAdds: row.multiplyAdds,
    receptiveField: height === width ? height : [height, width],
    untrained: row.untrained,
    activationBytes: row.activationBytes,
    oddSide: row.oddSide,
    inputs: inputs.map(({ from }) => from),
  }
}
