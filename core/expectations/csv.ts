import { csv } from '../errors/csvText.ts'
import { type ExpectedRun, offBy } from './judged.ts'

/** Expectations beside what has come of them: a row a run, accuracies as shares. */
export function expectationsCsv(expected: readonly ExpectedRun[]): string {
  return csv([
    ['run', 'name', 'expected', 'reached', 'off', 'compared with', 'better', 'came out', 'because', 'locked'],
    ...expected.map(({ run, name, expectation: { accuracy, versus, because, lockedAt }, reached, other }) => [
      run,
      name,
      accuracy,
      reached,
      offBy(accuracy, reached),
      versus?.run ?? null,
      versus?.better ?? null,
      other?.verdict ?? null,
      because,
      lockedAt,
    ]),
  ])
}
