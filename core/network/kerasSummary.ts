import type { ActivationFunction } from '../layers/parts/activationFunction.ts'
import { imageName } from '../layers/parts/fields.ts'
import type { Layer } from '../layers/registry.ts'
import type { LayerTable } from './layerTable.ts'
import type { Model } from './model.ts'
import type { Shape } from './shapes.ts'

/** What the layers are called in Keras. */
const classNames: Record<Layer['kind'], string> = {
  conv: 'Conv2D',
  'depthwise-conv': 'DepthwiseConv2D',
  'batch-norm': 'BatchNormalization',
  activation: 'Activation',
  'max-pool': 'MaxPooling2D',
  'average-pool': 'AveragePooling2D',
  'global-max-pool': 'GlobalMaxPooling2D',
  'global-average-pool': 'GlobalAveragePooling2D',
  flatten: 'Flatten',
  dense: 'Dense',
  dropout: 'Dropout',
  scale: 'Rescaling',
  add: 'Add',
  concat: 'Concatenate',
}

/** Activations that are classes of their own there. */
const activationNames: Partial<Record<ActivationFunction['kind'], string>> = {
  relu: 'ReLU',
  'leaky-relu': 'LeakyReLU',
  elu: 'ELU',
}

function classNameOf(layer: Layer): string {
  return (layer.kind === 'activation' ? activationNames[layer.function.kind] : undefined) ?? classNames[layer.kind]
}

interface Column {
  readonly title: string
  /** At least so many characters, as Keras has them; a longer cell makes the column wider. */
  readonly least: number
  readonly right?: boolean
}

const inARow: readonly Column[] = [
  { title: 'Layer (type)', least: 36 },
  { title: 'Output Shape', least: 27 },
  { title: 'Param #', least: 15, right: true },
]

const branched: readonly Column[] = [
  { title: 'Layer (type)', least: 29 },
  { title: 'Output Shape', least: 25 },
  { title: 'Param #', least: 15, right: true },
  { title: 'Connected to', least: 26 },
]

function ruled(columns: readonly Column[], rows: readonly (readonly string[])[]): string[] {
  const widths = columns.map(({ title, least }, index) =>
    Math.max(least, title.length, ...rows.map((row) => row[index].length)),
  )
  const line = (left: string, bar: string, middle: string, right: string): string =>
    `${left}${widths.map((width) => bar.repeat(width + 2)).join(middle)}${right}`
  const cells = (row: readonly string[], edge: string): string => {
    const padded = row.map((cell, index) =>
      columns[index].right === true ? cell.padStart(widths[index]) : cell.padEnd(widths[index]),
    )
    return `${edge} ${padded.join(` ${edge} `)} ${edge}`
  }
  const titles = columns.map(({ title }) => title)
  const between = line('├', '─', '┼', '┤')
  return [
    line('┏', '━', '┳', '┓'),
    cells(titles, '┃'),
    line('┡', '━', '╇', '┩'),
    ...rows.flatMap((row, index) => [...(index === 0 ? [] : [between]), cells(row, '│')]),
    line('└', '─', '┴', '┘'),
  ]
}

const units = ['B', 'KB', 'MB', 'GB', 'TB']

/** Bytes of so many float32, in powers of 1024. */
function memoryText(values: number): string {
  let size = values * 4
  let unit = 0
  while (size >= 1024 && unit < units.length - 1) {
    size /= 1024
    unit += 1
  }
  return `${size.toFixed(2)} ${units[unit]}`
}

function count(values: number): string {
  return values.toLocaleString('en-US')
}

function shapeCell(shape: Shape): string {
  return `(${['None', ...shape].join(', ')})`
}

/**
 * A network as `model.summary()` of Keras 3 prints it: columns of its widths for a network in a row, and for one with
 * branches what each layer is connected to. Keras breaks a cell that is too long; here its column becomes wider.
 */
export function kerasSummary(name: string, { input }: Pick<Model, 'input'>, { rows, totals }: LayerTable): string {
  const sequential = rows.every(
    ({ inputs }, place) =>
      inputs.length === 1 && inputs[0].from === (place === 0 ? imageName : rows[place - 1].layer.name),
  )
  const cells = rows.map(({ layer, inputs, shape, parameters, untrained }) => [
    `${layer.name} (${classNameOf(layer)})`,
    shapeCell(shape),
    count(parameters + untrained),
    inputs.map(({ from }) => `${from}[0][0]`).join(', '),
  ])
  const image = ['input (InputLayer)', shapeCell([input.height, input.width, input.channels]), '0', '-']
  const table = sequential
    ? ruled(
        inARow,
        cells.map((row) => row.slice(0, inARow.length)),
      )
    : ruled(branched, [image, ...cells])
  const line = (title: string, values: number): string => ` ${title} params: ${count(values)} (${memoryText(values)})`
  return [
    `Model: "${name}"`,
    ...table,
    line('Total', totals.parameters + totals.untrained),
    line('Trainable', totals.parameters),
    line('Non-trainable', totals.untrained),
    '',
  ].join('\n')
}
