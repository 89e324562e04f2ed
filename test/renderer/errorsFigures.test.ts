import { describe, expect, it } from 'vitest'
import { thresholdsCsv } from '../../core/errors/csv.ts'
import type { CalibrationBin, ClassScores } from '../../core/errors/errorsReport.ts'
import { binAt, calibrationFigure } from '../../renderer/pages/Errors/calibrationFigure.ts'
import { classFigure } from '../../renderer/pages/Errors/classFigure.ts'
import { sortedClasses } from '../../renderer/pages/Errors/classRows.ts'
import { headlineOf } from '../../renderer/pages/Errors/headlineTiles.ts'
import { thresholdFigure } from '../../renderer/pages/Errors/thresholdFigure.ts'
import { formatsFor } from '../../renderer/text/formats.ts'

const size = { width: 400, height: 300 }
const titles = { x: 'x', y: 'y', counts: 'n', accuracy: 'a', coverage: 'c' }
const percent = (share: number): string => `${share * 100} %`

describe('the calibration curve', () => {
  const bins: CalibrationBin[] = [
    { low: 0, high: 0.5, images: 0, confidence: null, accuracy: null },
    { low: 0.5, high: 1, images: 8, confidence: 0.8, accuracy: 0.75 },
  ]

  it('draws a bar of accuracy and one of the answers for each bin that has any', () => {
    const { shapes } = calibrationFigure(bins, null, size, titles, percent)
    const bars = shapes.flatMap((shape) => (shape.kind === 'rect' ? [shape] : []))
    expect(bars.map(({ ink }) => ink)).toEqual(['series-1', 'edge'])
    expect(bars[1].y + bars[1].height).toBe(size.height)
  })

  it('finds the bin under the pointer, at the edges the last one', () => {
    expect([binAt(0, 400, 15), binAt(399, 400, 15)]).toEqual([0, 14])
  })
})

describe('accuracy against a threshold', () => {
  const thresholds = [
    { threshold: 0, coverage: 1, accuracy: 0.5 },
    { threshold: 1, coverage: 0, accuracy: null },
  ]

  it('ends where no answer is left', () => {
    const { shapes } = thresholdFigure(thresholds, 0.8, size, titles, percent)
    const curves = shapes.flatMap((shape) => (shape.kind === 'line' && shape.width === 2 ? [shape.points.length] : []))
    expect(curves).toEqual([2, 2, 1, 2])
  })

  it('is written as CSV', () => {
    expect(thresholdsCsv({ thresholds })).toBe('threshold,coverage,accuracy\n0,1,0.5\n1,0,\n')
  })
})

describe('the table of classes', () => {
  const scores = (f1: number, images: number, change: Partial<ClassScores> = {}): ClassScores => ({
    precision: f1,
    recall: f1,
    f1,
    images,
    predicted: 1,
    correct: 0,
    undefined: [],
    ...change,
  })
  const perClass = [scores(0.5, 2), scores(0.9, 3), scores(0, 0, { undefined: ['recall'] }), scores(0.5, 9)]
  const names = ['b', 'a', 'd', 'c']
  const sorted = (by: 'name' | 'recall' | 'images', descending: boolean): number[] =>
    sortedClasses(perClass, { by, descending }, (label) => names[label], 'en')

  it('is sorted by any column, either way', () => {
    expect(sorted('name', false)).toEqual([1, 0, 3, 2])
    expect(sorted('images', true)).toEqual([3, 1, 0, 2])
  })

  it('has what is not defined last, either way', () => {
    expect(sorted('recall', false)).toEqual([0, 3, 1, 2])
    expect(sorted('recall', true)).toEqual([1, 0, 3, 2])
  })

  it('is drawn in its order, with a bar under each score that is defined', () => {
    const report = { perClass, macro: { precision: 0.1, recall: 0.2, f1: 0.3 }, images: 14 }
    const words = { className: 'Class', precision: 'P', recall: 'R', f1: 'F1', images: 'Images', macro: 'Mean' }
    const formats = { score: (share: number) => share.toFixed(1), count: String }
    const { shapes, width } = classFigure(report, sorted('recall', true), (label) => names[label], words, formats)
    const texts = shapes.flatMap((shape) => (shape.kind === 'text' ? [shape.text] : []))
    expect(texts.slice(5, 10)).toEqual(['a', '0.9', '0.9', '0.9', '3'])
    expect(texts.slice(20)).toEqual(['d', '0.0', '–', '0.0', '0', 'Mean', '0.1', '0.2', '0.3', '14'])
    const bars = shapes.flatMap((shape) => (shape.kind === 'rect' ? [shape] : []))
    expect(bars).toHaveLength(11)
    expect(bars[3].width / bars[0].width).toBeCloseTo(0.5 / 0.9)
    expect(shapes.every((shape) => shape.kind !== 'text' || shape.x < width)).toBe(true)
  })
})

describe('the headline', () => {
  const report = {
    macro: { precision: 0, recall: 0, f1: 0.5 },
    calibration: { error: 0.02, bins: [] },
    topK: [
      { k: 1, accuracy: 0.5 },
      { k: 2, accuracy: 0.6 },
    ],
  }

  it('has the accuracy of the first five, or of as many as there can be', () => {
    const five = { ...report, topK: [...report.topK, { k: 5, accuracy: 0.9 }, { k: 10, accuracy: 1 }] }
    expect(headlineOf(five, formatsFor('en'))[0]).toMatchObject({ name: 'Top-5 accuracy', value: '90.0\u00a0%' })
    expect(headlineOf(report, formatsFor('en'))[0].name).toBe('Top-2 accuracy')
  })

  it('has none of two classes', () => {
    const two = { ...report, topK: report.topK.slice(0, 1) }
    expect(headlineOf(two, formatsFor('en')).map(({ key }) => key)).toEqual(['f1', 'calibration'])
  })
})
