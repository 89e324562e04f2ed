import type { Expectation } from '../../core/expectations/expectation.ts'
import type { ExpectationFit } from '../../core/expectations/fit.ts'
import type { ExpectedRun } from '../../core/expectations/judged.ts'
import * as m from '../messages/compiled/messages.js'
import type { Formats } from './formats.ts'

/** A difference of accuracies in points with its sign. */
export function pointsText(off: number, format: Formats): string {
  return format.signed(off * 100, 1)
}

/** How far a run came out from what was expected, in a few words. */
export function offText(off: number, format: Formats): string {
  const points = format.decimal(Math.abs(off) * 100, 1)
  if (points === format.decimal(0, 1)) return m.expected_met()
  return off < 0 ? m.expected_less({ points }) : m.expected_more({ points })
}

/** Which run is expected to be better. */
export function versusText(better: 'this' | 'other', other: string): string {
  return better === 'this' ? m.expected_better({ run: other }) : m.expected_worse({ run: other })
}

/** What is expected, in a few words; empty where nothing is. */
export function expectationText(
  expectation: Expectation | null,
  nameOf: (run: number) => string,
  format: Formats,
): string {
  if (expectation === null) return ''
  const { accuracy, versus, because } = expectation
  const parts = [
    ...(accuracy === null ? [] : [format.percent(accuracy)]),
    ...(versus === null ? [] : [versusText(versus.better, nameOf(versus.run))]),
  ]
  return parts.length === 0 ? because : parts.join(' · ')
}

/** What has come of the comparison with another run. */
export function expectedVerdictText(
  reached: number | null,
  { verdict, reached: others }: NonNullable<ExpectedRun['other']>,
  format: Formats,
): string {
  const figures = {
    reached: reached === null ? '' : format.percent(reached, 2),
    other: others === null ? '' : format.percent(others, 2),
  }
  switch (verdict) {
    case 'right':
      return m.verdict_right(figures)
    case 'wrong':
      return m.verdict_wrong(figures)
    case 'equal':
      return m.verdict_equal({ reached: figures.reached })
    case 'open':
      return m.verdict_open()
    case 'gone':
      return m.verdict_gone()
  }
}

/** The same in one word, for a table. */
export function verdictWord(verdict: NonNullable<ExpectedRun['other']>['verdict']): string {
  return {
    right: m.verdict_word_right,
    wrong: m.verdict_word_wrong,
    equal: m.verdict_word_equal,
    open: m.verdict_word_open,
    gone: m.verdict_word_gone,
  }[verdict]()
}

/** How well expectations fit, in sentences. */
export function fitTexts(
  { points, meanDifference, meanDistance, decided, right }: ExpectationFit,
  format: Formats,
): string[] {
  return [
    ...(meanDifference === null || meanDistance === null
      ? []
      : [
          m.fit_points({
            count: points.length,
            text: format.whole(points.length),
            distance: format.decimal(meanDistance * 100, 1),
            difference: pointsText(meanDifference, format),
          }),
        ]),
    ...(decided === 0 ? [] : [m.fit_verdicts({ right: format.whole(right), decided: format.whole(decided) })]),
  ]
}
