import { describe, expect, test } from 'vitest'
import { confusedOrder } from '../../../core/errors/confusedOrder.ts'
import { compareErrors } from '../../../core/errors/compareErrors.ts'
import { calibrationCsv, comparedCsv, confusionCsv, perClassCsv, predictionsCsv } from '../../../core/errors/csv.ts'
import { errorsReportOf } from '../../../core/errors/errorsReportOf.ts'
import {
  calibrationLatex,
  comparisonLatex,
  confusionLatex,
  latexText,
  perClassLatex,
  thresholdsLatex,
} from '../../../core/errors/latex.ts'
import { passFrom } from './madePass.ts'

const names = ['cat, tame', 'say "dog"', 'a_b & 50 %']
const pass = passFrom(
  [0, 1, 1],
  [
    [9, 0, 0],
    [9, 0, 0],
    [0, 9, 0],
  ],
)
const subject = { run: 1, checkpoint: 2, sha256: '0'.repeat(64), classes: names, storedAccuracy: null }
const report = errorsReportOf(subject, pass)

describe('the tables of errors', () => {
  test('are CSV that quotes what would be read as several fields', () => {
    expect(confusionCsv(report, names).split('\n')).toEqual([
      'true,"cat, tame","say ""dog""",a_b & 50 %',
      '"cat, tame",1,0,0',
      '"say ""dog""",1,1,0',
      'a_b & 50 %,0,0,0',
      '',
    ])
    const perClass = perClassCsv(report, names).split('\n')
    expect(perClass[1]).toBe(`"cat, tame",0.5,1,${2 / 3},1,2,1`)
    expect(perClass[4].startsWith('macro mean,0.5,0.5,')).toBe(true)
    expect(calibrationCsv(report).split('\n')).toHaveLength(17)
    const predictions = predictionsCsv(pass, names).split('\n')
    expect(predictions).toHaveLength(5)
    expect(predictions[2].startsWith('1,"say ""dog""","cat, tame",0,')).toBe(true)
    const other = passFrom(
      [0, 1, 1],
      [
        [0, 0, 9],
        [0, 9, 0],
        [0, 9, 0],
      ],
    )
    const compared = comparedCsv(pass, other, names).split('\n')
    expect(compared[0]).toBe(
      'image,true,first_predicted,first_right,first_confidence,second_predicted,second_right,second_confidence',
    )
    expect(compared[2]).toMatch(/^1,"say ""dog""","cat, tame",0,0\.999\d*,"say ""dog""",1,0\.999\d*$/)
    expect(compared).toHaveLength(5)
  })

  test('are LaTeX that sets every sign', () => {
    expect(latexText('\\~^_{}&%$#')).toBe('\\textbackslash{}\\textasciitilde{}\\textasciicircum{}\\_\\{\\}\\&\\%\\$\\#')
    const confusion = confusionLatex(report.confusion, names, 'true', [1, 0, 2])
    expect(confusion).toContain('\\begin{tabular}{lrrr}')
    expect(confusion).toContain('true & say "dog" & cat, tame & a\\_b \\& 50 \\% \\\\')
    expect(confusion).toContain('say "dog" & 1 & 1 & 0 \\\\')
    const words = { className: 'class', precision: 'P', recall: 'R', f1: 'F1', images: 'images', macro: 'mean' }
    const perClass = perClassLatex(report, names, words, (value) => value.toFixed(1))
    expect(perClass).toContain('cat, tame & 0.5 & 1.0 & 0.7 & 1 \\\\')
    expect(perClass).toContain('mean & 0.5 & 0.5 & 0.4 & 3 \\\\')
  })

  test('are LaTeX of certainty and of comparisons too', () => {
    const percent = (share: number): string => `${Math.round(100 * share)} %`
    const calibration = calibrationLatex(
      report.calibration.bins,
      { confidence: 'sure', accuracy: 'right', images: 'images' },
      percent,
    )
    // The one bin that has images.
    expect(calibration.split('\\\\')).toHaveLength(3)
    expect(calibration).toContain('100 \\% & 67 \\% & 3 \\\\')
    const thresholds = thresholdsLatex(
      report.thresholds,
      { threshold: 'from', coverage: 'answered', accuracy: 'right' },
      percent,
    )
    expect(thresholds.split('\\\\')).toHaveLength(13)
    expect(thresholds).toContain('0 \\% & 100 \\% & 67 \\% \\\\')
    expect(thresholds).toContain('100 \\% & 0 \\% & -- \\\\')
    const side = { run: 1, checkpoint: 2, sha256: '0'.repeat(64), pass }
    const words = {
      accuracy: 'right',
      first: 'A',
      second: 'B',
      both: 'both',
      onlyFirst: 'only A',
      onlySecond: 'only B',
    }
    const compared = comparisonLatex(
      compareErrors(side, side, names),
      { ...words, neither: 'none', test: 'p = 1' },
      percent,
    )
    expect(compared).toMatch(/A & 67 \\% \(\d+ \\%--\d+ \\%\) \\\\/)
    expect(compared).toContain('both & 2 \\\\')
    expect(compared).toContain('p = 1 &  \\\\')
  })
})

describe('the order of confused classes', () => {
  test('puts those together that are taken for each other', () => {
    const confusion = [
      [80, 0, 0, 20, 0],
      [0, 90, 1, 0, 9],
      [0, 1, 99, 0, 0],
      [25, 0, 0, 75, 0],
      [0, 12, 0, 0, 88],
    ]
    const order = confusedOrder(confusion)
    const next = (one: number, other: number): number => Math.abs(order.indexOf(one) - order.indexOf(other))
    expect(next(0, 3)).toBe(1)
    expect(next(1, 4)).toBe(1)
    expect(order).toEqual(confusedOrder(confusion))
  })

  test('is there for a matrix without mistakes, of two classes and of hundreds', () => {
    expect(
      confusedOrder([
        [1, 0],
        [0, 0],
      ]),
    ).toEqual([0, 1])
    const many = Array.from({ length: 369 }, (_, row) =>
      Array.from({ length: 369 }, (_, column) => (row === column ? 50 : (row * 7 + column * 13) % 11)),
    )
    expect(new Set(confusedOrder(many)).size).toBe(369)
  })
})
