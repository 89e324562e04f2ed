import type { RunSummary } from '../../core/run/run.ts'
import { absent, duration, percent, table } from './format.ts'

const headings = [
  'RUN',
  'STATE',
  'DATA SET',
  'STEP',
  'OF',
  'BATCH',
  'LEARNING RATE',
  'SEED',
  'TEST ACCURACY',
  'BEST',
  'TRAINING',
  'IMAGES/S',
]

/** Runs as rows of a table. */
export function runTable(runs: readonly RunSummary[]): string {
  const rows = runs.map((run) => [
    String(run.id),
    run.phase ?? run.state,
    run.config.data.dataset,
    String(run.step),
    String(run.goal),
    String(run.config.batch),
    String(run.config.schedule.learningRate),
    String(run.config.seed),
    run.last === null ? absent : percent(run.last.accuracy),
    run.best === null ? absent : percent(run.best.accuracy),
    duration(run.trainingSeconds),
    run.imagesPerSecond === null ? absent : String(Math.round(run.imagesPerSecond)),
  ])
  return table(headings, rows)
}
