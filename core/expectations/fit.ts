import { meanOf } from '../statistics/sample.ts'
import type { ExpectedRun } from './judged.ts'

/** A run of which an accuracy was expected and which is done; accuracies as shares in 0..1. */
export interface ExpectedPoint {
  readonly run: number
  readonly name: string | null
  readonly expected: number
  readonly reached: number
}

/** How well expectations fit, over many runs. */
export interface ExpectationFit {
  /** By ascending number of the run. */
  readonly points: readonly ExpectedPoint[]
  /** Mean of reached minus expected, as a share: above 0 more was reached than expected. Null without points. */
  readonly meanDifference: number | null
  /** Mean of their distances, as a share. Null without points. */
  readonly meanDistance: number | null
  /** Expectations of the better run that have come out right or wrong. Where both were equal, neither was better. */
  readonly decided: number
  readonly right: number
}

/** The fewest points of which a chart says something. */
export const fewestPoints = 2

/** How well expectations fit. Those that are open count nowhere. */
export function fitOf(expected: readonly ExpectedRun[]): ExpectationFit {
  const points = expected.flatMap(({ run, name, expectation: { accuracy }, reached }): ExpectedPoint[] =>
    accuracy === null || reached === null ? [] : [{ run, name, expected: accuracy, reached }],
  )
  points.sort((one, next) => one.run - next.run)
  const differences = points.map((point) => point.reached - point.expected)
  const mean = (values: readonly number[]): number | null => (values.length === 0 ? null : meanOf(values))
  const verdicts = expected.flatMap(({ other }) => (other === null ? [] : [other.verdict]))
  const right = verdicts.filter((verdict) => verdict === 'right').length
  return {
    points,
    meanDifference: mean(differences),
    meanDistance: mean(differences.map(Math.abs)),
    decided: right + verdicts.filter((verdict) => verdict === 'wrong').length,
    right,
  }
}
