import { describe, expect, test } from 'vitest'
import { accuracyInterval } from '../../../core/errors/accuracyInterval.ts'
import { errorsReportOf } from '../../../core/errors/errorsReportOf.ts'
import { mcnemar } from '../../../core/errors/mcnemar.ts'
import { suspectsBlindly } from '../../../core/errors/suspectedLabels.ts'
import { notSuspected } from '../../../core/errors/testPass.ts'
import { made, passOf } from './madePass.ts'

function close(values: Iterable<number>, expected: readonly number[], digits = 12): void {
  const found = [...values]
  expect(found).toHaveLength(expected.length)
  found.forEach((value, index) => expect(value).toBeCloseTo(expected[index], digits))
}

describe.each(made.cases)('the figures of $name', (one) => {
  const { expected, classes } = one
  const pass = passOf(one)
  const names = Array.from({ length: classes }, (_, label) => `class ${label}`)
  const subject = { run: 1, checkpoint: 2, sha256: '0'.repeat(64), classes: names, storedAccuracy: null }
  const report = errorsReportOf(subject, pass)

  test('of each image are those of scipy', () => {
    expect([...pass.predicted]).toEqual(expected.predicted)
    close(pass.confidence, expected.confidence)
    close(pass.margin, expected.margin)
    close(pass.entropy, expected.entropy)
  })

  test('of each class are those of scikit-learn, with 0 where nothing can be divided', () => {
    expect(report.confusion).toEqual(expected.confusion)
    const { perClass, macro } = report
    close(
      perClass.map(({ precision }) => precision),
      expected.precision,
    )
    close(
      perClass.map(({ recall }) => recall),
      expected.recall,
    )
    close(
      perClass.map(({ f1 }) => f1),
      expected.f1,
    )
    expect(perClass.map(({ images }) => images)).toEqual(expected.support)
    close([macro.precision, macro.recall, macro.f1], expected.macro)
    for (const scores of perClass) {
      expect(scores.undefined.includes('precision')).toBe(scores.predicted === 0)
      expect(scores.undefined.includes('recall')).toBe(scores.images === 0)
      for (const name of scores.undefined) expect(scores[name]).toBe(0)
    }
  })

  test('of the most probable classes are those of scikit-learn', () => {
    const known = Object.entries(expected.topK)
    // scikit-learn takes no scores of two classes.
    if (known.length === 0) expect(report.topK).toEqual([{ k: 1, accuracy: report.accuracy }])
    else expect(report.topK.map(({ k }) => String(k))).toEqual(known.map(([k]) => k))
    known.forEach(([, accuracy], index) => expect(report.topK[index].accuracy).toBeCloseTo(accuracy, 12))
    expect(report.topK[0].accuracy).toBe(report.accuracy)
  })

  test('of the calibration are those of scikit-learn', () => {
    const { bins, error } = report.calibration
    expect(error).toBeCloseTo(expected.calibration.error, 12)
    expect(bins.map(({ images }) => images)).toEqual(expected.calibration.counts)
    close(
      bins.flatMap(({ accuracy }) => accuracy ?? []),
      expected.calibration.accuracy,
    )
    close(
      bins.flatMap(({ confidence }) => confidence ?? []),
      expected.calibration.confidence,
    )
  })

  test.skipIf(expected.suspected === null)('of the labels are those of cleanlab', () => {
    const suspected = [...pass.suspected].flatMap((label, image) => (label === notSuspected ? [] : [image]))
    expect(suspected).toEqual(expected.suspected)
    expect(report.suspectLabels).toBe(suspected.length)
  })

  test('of a threshold of confidence are counted', () => {
    for (const { threshold, coverage, accuracy } of report.thresholds) {
      const answered = expected.confidence.flatMap((confidence, image) => (confidence >= threshold ? [image] : []))
      expect(coverage).toBe(answered.length / one.labels.length)
      const right = answered.filter((image) => one.labels[image] === expected.predicted[image])
      expect(accuracy).toBe(answered.length === 0 ? null : right.length / answered.length)
    }
    expect(report.thresholds).toHaveLength(101)
  })

  test('stand in an order that is one of the classes', () => {
    expect(report.order.toSorted((first, second) => first - second)).toEqual(names.map((_, label) => label))
    expect(errorsReportOf(subject, pass).order).toEqual(report.order)
  })
})

test.each(made.wilson)("$correct of $images has statsmodels' interval", ({ correct, images, low, high }) => {
  const interval = accuracyInterval(correct, images)
  expect(interval.low).toBeCloseTo(low, 12)
  expect(interval.high).toBeCloseTo(high, 12)
})

test.each(made.mcnemar)("$onlyFirst against $onlySecond has statsmodels' probability", (one) => {
  const { kind, statistic, p } = mcnemar(one.onlyFirst, one.onlySecond)
  expect(kind).toBe(one.kind)
  expect(statistic).toBeCloseTo(one.statistic, 12)
  expect(Math.abs(p - one.p)).toBeLessThanOrEqual(1e-12 * one.p)
})

test('suspicions mean little from a network that knows little, and where there are more than wrong labels can be', () => {
  const images = 1000
  expect(suspectsBlindly({ accuracy: 0.49, suspectLabels: 5, images })).toBe(true)
  expect(suspectsBlindly({ accuracy: 0.7, suspectLabels: 101, images })).toBe(true)
  expect(suspectsBlindly({ accuracy: 0.7, suspectLabels: 100, images })).toBe(false)
})
