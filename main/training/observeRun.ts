import {
  mostObservedEvaluations,
  observedHealthPoints,
  observedPoints,
  type ObservedCurve,
  type ObservedData,
  type ObservedRun,
  type ObservedSeries,
} from '../../core/advice/observedRun.ts'
import { choiceOf, viewOf } from '../../core/data/datasetView.ts'
import type { HealthCurve } from '../../core/health/healthQuestions.ts'
import type { Curve } from '../../core/run/curve.ts'
import type { Evaluation, Metric, RunConfig } from '../../core/run/run.ts'
import { LabError } from '../../core/words/problems.ts'
import type { DatasetStore } from '../datasets/datasetStore.ts'
import type { History } from '../history/history.ts'

/** Evaluations that are read from the history at once. */
const evaluationsAtOnce = 1000

export interface ObserveTools {
  readonly history: History
  readonly datasets: DatasetStore
}

function curveOf({ step, min, max, mean }: Curve): ObservedCurve {
  return { step: [...step], min: [...min], max: [...max], mean: [...mean] }
}

function seriesOf(curve: HealthCurve | null): ObservedSeries | null {
  return curve === null ? null : { step: curve.step, value: curve.mean }
}

/** Evaluations at about equal distances; the first and the last are among them. */
function spread(evaluations: readonly Evaluation[]): Evaluation[] {
  const last = evaluations.length - 1
  if (last < mostObservedEvaluations) return [...evaluations]
  return Array.from(
    { length: mostObservedEvaluations },
    (_, index) => evaluations[Math.round((index * last) / (mostObservedEvaluations - 1))],
  )
}

function evaluationsOf(history: History, run: number): Evaluation[] {
  const all: Evaluation[] = []
  for (;;) {
    const rows = history.evaluations({ run, after: all.at(-1)?.step ?? null, count: evaluationsAtOnce })
    for (const { step, loss, accuracy, validation } of rows) all.push({ step, loss, accuracy, validation })
    if (rows.length < evaluationsAtOnce) return spread(all)
  }
}

/** What the data of a run says; null where it is no longer here, or is damaged. */
async function dataOf(datasets: DatasetStore, { data }: RunConfig): Promise<ObservedData | null> {
  const choice = choiceOf(data)
  try {
    const { classes, sizes } = viewOf(datasets.entry(data.dataset), choice)
    const labels = await datasets.images.labels(data.dataset, choice, 'train')
    const trainPerClass = Array<number>(classes.length).fill(0)
    for (const label of labels) trainPerClass[label] += 1
    const { total } = await datasets.images.twins(data.dataset, choice, 1)
    return { trainPerClass, testImages: sizes.test, twins: total }
  } catch (thrown) {
    // Advice about the curves needs no data set. What ails the set is said where it is shown.
    if (thrown instanceof LabError) return null
    throw thrown
  }
}

/**
 * What is stored of a run, as coarse as advice needs it.
 * @throws LabError `run-unknown`.
 */
export async function observeRun({ history, datasets }: ObserveTools, run: number): Promise<ObservedRun> {
  const { config, goal, state, problem, step, trainImages, checkpoints } = history.detail(run)
  const curve = (metric: Metric): ObservedCurve => curveOf(history.curve({ run, metric, points: observedPoints }))
  const { layers } = history.health({ run, points: observedHealthPoints })
  return {
    config,
    goal,
    state,
    problem,
    step,
    trainImages,
    checkpoints: checkpoints.map((checkpoint) => checkpoint.step),
    loss: curve('loss'),
    accuracy: curve('accuracy'),
    evaluations: evaluationsOf(history, run),
    health: layers.map(({ layer, silent, gradientNorm }) => ({
      layer,
      silent: seriesOf(silent),
      gradientNorm: seriesOf(gradientNorm),
    })),
    data: await dataOf(datasets, config),
  }
}
