import { expect, test } from 'vitest'
import { symbolText } from '../../../core/data/symbolText.ts'
import { hasySymbols } from '../../../main/datasets/sets/names/hasyv2.ts'

test('a symbol of LaTeX is shown as what it stands for, and a plain character as itself', () => {
  expect(['\\alpha', '\\sum', '\\mathbb{R}', '\\not\\equiv', 'A', '+', '\\backslash'].map(symbolText)).toEqual([
    'α',
    '∑',
    'ℝ',
    '≢',
    'A',
    '+',
    '\\',
  ])
})

test('a command that is not known is shown as it is written', () => {
  expect(symbolText('\\constructor')).toBe('\\constructor')
  expect(symbolText('constructor')).toBe('constructor')
})

test('every symbol of HASYv2 has a text of one character', () => {
  const texts = hasySymbols.map(([, latex]) => symbolText(latex).replace('\uFE00', ''))
  expect(texts.filter((text) => [...text].length !== 1)).toEqual([])
})
