import type { ExpectationFit } from '../../core/expectations/fit.ts'
import type { KeptExpectation } from '../../core/expectations/expectation.ts'
import { type ExpectedRun, offBy } from '../../core/expectations/judged.ts'
import { absent, percent, table } from './format.ts'

/** A difference of accuracies in points with its sign: `-3.6`. */
export function points(difference: number): string {
  const written = (Math.abs(difference) * 100).toFixed(1)
  return Number(written) === 0 ? written : `${difference < 0 ? '-' : '+'}${written}`
}

/** How far a run came out from what was expected: `3.6 points less than expected`. */
export function offWords(off: number): string {
  const written = points(off)
  if (Number(written) === 0) return 'as expected'
  return `${written.slice(1)} points ${off < 0 ? 'less' : 'more'} than expected`
}

/** What is expected, in a sentence or two. */
export function expectationWords({ accuracy, versus, because, lockedAt }: KeptExpectation): string {
  const parts = [
    ...(accuracy === null ? [] : [`${percent(accuracy)} on the test set`]),
    ...(versus === null ? [] : [`${versus.better === 'this' ? 'better' : 'worse'} than run ${versus.run}`]),
  ]
  const expected = parts.length === 0 ? 'Written before it began' : `Expected: ${parts.join(', ')}`
  const locked = lockedAt === null ? 'it can be changed until the run begins' : `locked ${lockedAt}`
  return `${expected}${because === '' ? '' : ` (“${because}”)`}; ${locked}.`
}

/** Expectations as rows of a table. */
export function expectationsTable(runs: readonly ExpectedRun[]): string {
  const rows = runs.map(({ run, name, expectation: { accuracy, versus, because }, reached, other }) => {
    const off = offBy(accuracy, reached)
    return [
      String(run),
      name ?? absent,
      accuracy === null ? absent : percent(accuracy),
      reached === null ? absent : percent(reached),
      off === null ? absent : points(off),
      versus === null ? absent : `${versus.better === 'this' ? 'better' : 'worse'} than ${versus.run}`,
      other === null ? absent : other.verdict,
      because === '' ? absent : because.split('\n')[0],
    ]
  })
  return table(['RUN', 'NAME', 'EXPECTED', 'REACHED', 'OFF', 'COMPARED', 'CAME OUT', 'WHY'], rows)
}

/** How well expectations fit, in sentences. */
export function fitWords({ points: known, meanDifference, meanDistance, decided, right }: ExpectationFit): string {
  const runs = known.length === 1 ? '1 run' : `${known.length} runs`
  const accuracy =
    meanDifference === null || meanDistance === null
      ? 'No run of which an accuracy was expected is done yet.'
      : `Over ${runs}: off by ${points(meanDistance).replace('+', '')} points on average; reached minus expected is ${points(meanDifference)} on average.`
  return decided === 0 ? accuracy : `${accuracy} Which run is better: ${right} of ${decided} right.`
}
