import { describe, expect, it } from 'vitest'
import { activationValue } from '../../core/layers/parts/activationValue.ts'
import { cellColours, scaleFromZero } from '../../renderer/panels/numbers/cellColours.ts'
import { formatsFor } from '../../renderer/text/formats.ts'
import { activationFormula, cellDecimals, cellText, numberText, termText } from '../../renderer/text/sumTexts.ts'
import { weightText } from '../../renderer/text/weightTexts.ts'

const en = formatsFor('en')
const ru = formatsFor('ru')

describe('numbers of a sum', () => {
  it('have a true minus sign, and brackets where they are multiplied', () => {
    expect([numberText(-0.0123456789, en), numberText(2, en)]).toEqual(['−0.0123457', '2'])
    expect([termText(-0.5, ru), termText(0.5, ru)]).toEqual(['(−0,5)', '0,5'])
    expect(numberText(-0, en)).toBe('0')
  })

  it('are said in words where they are not finite', () => {
    expect(numberText(null, en)).not.toMatch(/\d/)
    expect(cellText(null, 2, en)).toBe('–')
  })

  it('stand in cells with about five characters', () => {
    const cells = (...values: number[]): string[] => values.map((value) => cellText(value, cellDecimals(values), en))
    expect(cells(0.0654, -0.0001)).toEqual(['0.065', '0.000'])
    expect(cells(1.234, -0.5)).toEqual(['1.23', '−0.50'])
    expect(cells(250, -12.6)).toEqual(['250', '−13'])
    expect(cells(0, 0)).toEqual(['0', '0'])
  })
})

describe('a weight', () => {
  it('has as many decimals as give the largest of its layer three figures', () => {
    expect([0.0654321, -0.0654321, 0.0000001].map((weight) => weightText(weight, 0.0654321, en))).toEqual([
      '0.0654',
      '−0.0654',
      '0.0000',
    ])
    expect(weightText(-1.5, 20, ru)).toBe('−1,5')
    expect(weightText(0, 0, en)).toBe('0.00')
  })
})

describe('an activation function', () => {
  it.each([
    ['linear', 'x', -2],
    ['relu', 'max(0, x)', 0],
    ['tanh', 'tanh x', Math.tanh(-2)],
  ] as const)('%s is written as %s', (kind, formula, value) => {
    expect(activationFormula({ kind }, en)).toBe(formula)
    expect(activationValue({ kind }, -2)).toBe(value)
  })

  it('with a slope has it in its formula', () => {
    expect(activationFormula({ kind: 'leaky-relu', slope: 0.1 }, ru)).toBe('max(0,1 · x, x)')
  })
})

describe('a cell', () => {
  const scale = { low: -1, high: 1 }

  it('has the colour of the picture, and text that stands out from it', () => {
    expect(cellColours(0, 'seismic', scale)).toEqual({ background: 'rgb(255 253 253)', text: '#000' })
    expect(cellColours(-1, 'seismic', scale)).toEqual({ background: 'rgb(0 0 76)', text: '#fff' })
    expect(cellColours(1, 'binary', { low: 0, high: 1 })).toEqual({ background: 'rgb(0 0 0)', text: '#fff' })
  })

  it('of values above zero has its scale begin there', () => {
    expect(scaleFromZero([0.5, 2, null])).toEqual({ low: 0, high: 2 })
    expect(scaleFromZero([-0.5, -2])).toEqual({ low: -2, high: 0 })
  })
})
