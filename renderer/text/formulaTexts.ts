import type { LayerRow, VariableCount } from '../../core/network/layerTable.ts'
import type { AxisFormula, ShapeFormula } from '../../core/network/shapeFormula.ts'
import * as m from '../messages/compiled/messages.js'
import type { Formats } from './formats.ts'
import { sizeText } from './networkTexts.ts'

type WindowFormula = Extract<ShapeFormula, { kind: 'window' }>

/** One axis of a window as the lab's text writes it: mW − kW + 1, with stride and padding where they count. */
function axisLine(
  axis: 'W' | 'H',
  { extent, window, result }: AxisFormula,
  { padding, stride }: WindowFormula,
): string {
  const [map, kernel] = [`m${axis}`, `k${axis}`]
  if (padding === 'same') return `⌈${map} ÷ s⌉ = ⌈${extent} ÷ ${stride}⌉ = ${result}`
  if (stride === 1) return `${map} − ${kernel} + 1 = ${extent} − ${window} + 1 = ${result}`
  return `⌊(${map} − ${kernel}) ÷ s⌋ + 1 = ⌊(${extent} − ${window}) ÷ ${stride}⌋ + 1 = ${result}`
}

function isSquare({ height, width }: WindowFormula): boolean {
  return height.extent === width.extent && height.window === width.window
}

function paddingLine({ width, height, stride, padding }: WindowFormula): string[] {
  if (padding === 'valid') return []
  const without = ({ extent, window }: AxisFormula): number => Math.max(0, Math.floor((extent - window) / stride) + 1)
  const [wide, high] = [without(width), without(height)]
  return [m.formula_without_padding({ size: wide === high ? String(wide) : `${high} × ${wide}` })]
}

/** What a number is made of, and the number; the number alone where it is made of nothing else. */
function equation(made: string, count: number, format: Formats): string {
  const whole = format.whole(count)
  return made === whole ? whole : `${made} = ${whole}`
}

function shapeLines(formula: ShapeFormula, format: Formats): string[] {
  switch (formula.kind) {
    case 'window':
      return [
        m.formula_width({ formula: axisLine('W', formula.width, formula) }),
        isSquare(formula)
          ? m.formula_height_same()
          : m.formula_height({ formula: axisLine('H', formula.height, formula) }),
        ...paddingLine(formula),
      ]
    case 'whole-map':
      return [m.formula_whole_map({ map: sizeText([formula.map[0], formula.map[1], 1], format).replace(/ × 1$/, '') })]
    case 'flattened':
      return [equation(sizeText(formula.factors, format), formula.units, format)]
    case 'units':
      return [m.formula_units({ inputs: format.whole(formula.inputs), units: format.whole(formula.units) })]
    case 'joined':
      return [`${formula.parts.map((part) => format.whole(part)).join(' + ')} = ${format.whole(formula.sum)}`]
    case 'unchanged':
      return [m.formula_unchanged({ shape: sizeText(formula.shape, format) })]
  }
}

function productText({ shape }: VariableCount, format: Formats): string {
  return shape.map((extent) => format.whole(extent)).join(' × ')
}

function parameterLines({ variables, parameters }: LayerRow, format: Formats): string[] {
  const trained = variables.filter((one) => one.trained)
  if (trained.length === 0) return []
  const sum = trained.map((one) => productText(one, format)).join(' + ')
  return [m.formula_parameters({ count: equation(sum, parameters, format) })]
}

function untrainedLines({ variables, untrained }: LayerRow, format: Formats): string[] {
  const kept = variables.filter((one) => !one.trained)
  if (kept.length === 0) return []
  const sum = kept.map((one) => productText(one, format)).join(' + ')
  return [m.formula_untrained({ count: equation(sum, untrained, format) })]
}

function workLines({ multiplyAdds, shape, variables: [kernel] }: LayerRow, format: Formats): string[] {
  if (multiplyAdds === 0) return []
  const product =
    shape.length === 3 ? `${format.whole(kernel.values)} × ${shape[0]} × ${shape[1]}` : productText(kernel, format)
  return [m.formula_multiply_adds({ count: equation(product, multiplyAdds, format) })]
}

/** How the numbers of a layer come about, a line each: its maps, parameters, multiply-adds and memory. */
export function formulaLines(row: LayerRow, format: Formats): string[] {
  const memory = row.activationBytes === 0 ? [] : [m.formula_memory({ size: format.bytes(row.activationBytes) })]
  return [
    ...shapeLines(row.formula, format),
    ...parameterLines(row, format),
    ...untrainedLines(row, format),
    ...workLines(row, format),
    ...memory,
  ]
}
