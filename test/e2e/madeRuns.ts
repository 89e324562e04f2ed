import { homePlaces } from '../../main/files/places.ts'
import { History } from '../../main/history/history.ts'
import { engine, request } from '../main/history/testRun.ts'

/** Steps of each run, and steps from one measurement of the test set to the next. */
export const madeSteps = 200
const every = 20

interface Made {
  readonly rate: number
  readonly seed: number
  /** The loss after a step; falls from 2.3 where nothing else is said. */
  readonly loss?: (step: number) => number
}

const falling = (step: number, seed: number): number => 2.3 * Math.exp(-step / (50 + 4 * seed)) + 0.1 + 0.01 * seed

/**
 * What the charts are tried with: runs 1 to 3 repeat each other, run 4 begins at a loss of 15, run 5 ends at one of
 * 2·10¹⁹, the loss of run 6 reaches 0, and more runs follow with other rates.
 */
function madeRuns(count: number): Made[] {
  return Array.from({ length: count }, (_, index): Made => {
    const seed = index + 1
    if (index < 3) return { rate: 1e-3, seed }
    if (index === 3) return { rate: 1e-2, seed, loss: (step) => (step === 1 ? 15 : falling(step, seed)) }
    if (index === 4)
      return { rate: 0.1, seed, loss: (step) => falling(step, seed) * (step > 150 ? 10 ** ((step - 150) * 0.4) : 1) }
    if (index === 5) return { rate: 2e-3, seed, loss: (step) => (step > 180 ? 0 : falling(step, seed)) }
    return { rate: Number((1.1e-3 * seed).toPrecision(3)), seed }
  })
}

/** Stores so many runs in a home folder, all done. */
export function makeRuns(folder: string, count: number): void {
  const history = History.open(homePlaces(folder))
  try {
    for (const { rate, seed, loss = (step: number) => falling(step, seed) } of madeRuns(count)) {
      const config = { ...request.config, seed, schedule: { ...request.config.schedule, learningRate: rate } }
      const { id } = history.createRun({ ...request, config, goal: madeSteps, evaluateEvery: every }, 50_000)
      const steps = Array.from({ length: madeSteps }, (_, index) => index + 1)
      const accuracy = (step: number): number => Math.min(1, 1 - 0.8 * Math.exp(-step / 60) - 0.002 * seed)
      history.beginStretch(id, 0, engine)
      history.addSteps(
        id,
        1,
        steps.map((step) => loss(step) * (1 + 0.2 * Math.sin(step * seed))),
        steps.map(accuracy),
        steps.map((step) => step * 0.5),
      )
      for (let step = every; step <= madeSteps; step += every)
        history.addEvaluation(id, { step, loss: loss(step), accuracy: accuracy(step), validation: null }, 0.5)
      history.endRun(id, 'done', null)
    }
  } finally {
    history.close()
  }
}
