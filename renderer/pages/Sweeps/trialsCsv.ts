import { csv } from '../../../core/errors/csvText.ts'
import type { SweepDetail } from '../../../core/sweep/sweep.ts'

/** All trials of a sweep as a table for other programs: exact numbers, an empty field where there is none. */
export function trialsCsv({ sweep: { plan }, trials }: SweepDetail): string {
  const settings = plan.axes.map(({ setting }) => setting)
  return csv([
    ['run', ...settings, 'seed', 'step', 'goal', 'best', 'last', 'loss', 'seconds', 'stands', 'place', 'among'],
    ...trials.map((trial) => [
      trial.run,
      ...trial.values.map((value) => (typeof value === 'boolean' || value === null ? String(value) : value)),
      trial.seed,
      trial.step,
      trial.goal,
      trial.best?.accuracy ?? null,
      trial.last?.accuracy ?? null,
      trial.last?.loss ?? null,
      trial.seconds,
      trial.standing,
      trial.place ?? null,
      trial.among,
    ]),
  ])
}
