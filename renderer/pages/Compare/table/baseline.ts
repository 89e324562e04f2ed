import { offOf } from '../../../../core/expectations/judged.ts'
import type { Column } from '../../../../core/query/column.ts'
import type { RunFacts } from '../../../../core/query/runFacts.ts'
import type { RunSummary } from '../../../../core/run/run.ts'

/** Whether a run differs in a column from the run that others are compared with. Only what was chosen counts. */
export function differsFrom(baseline: RunSummary, facts: RunFacts, column: Column): boolean {
  switch (column) {
    case 'set':
      return facts.set !== baseline.config.data.dataset
    case 'network':
      return (facts.network ?? facts.preset) !== (baseline.network?.name ?? baseline.preset)
    case 'preset':
      return facts.preset !== baseline.preset
    case 'optimizer':
      return facts.optimizer !== baseline.config.optimizer.kind
    case 'schedule':
      return facts.schedule !== baseline.config.schedule.kind
    case 'rate':
      return facts.rate !== baseline.config.schedule.learningRate
    case 'batch':
      return facts.batch !== baseline.config.batch
    case 'seed':
      return facts.seed !== baseline.config.seed
    case 'steps':
      return facts.steps !== baseline.goal
    default:
      return false
  }
}

/** The facts of a run with what has happened since they were read, where the window follows the run. */
export function asItIs(facts: RunFacts, summary: RunSummary | null): RunFacts {
  if (summary === null) return facts
  const { name, note, star, colour, archived, state, step, best, last, goal, trainingSeconds } = summary
  const expected = summary.expectation?.accuracy ?? null
  const measured = (of: RunSummary['best'], before: RunFacts['best']): RunFacts['best'] =>
    of === null
      ? null
      : of.step === before?.step
        ? before
        : { step: of.step, loss: of.loss, accuracy: of.validation?.accuracy ?? of.accuracy }
  return {
    ...facts,
    ...{ name, note, star, colour, archived, state, step, steps: goal, seconds: trainingSeconds },
    tags: [...summary.tags],
    best: measured(best, facts.best),
    last: measured(last, facts.last),
    expected,
    off: offOf(summary),
  }
}
