import { homePlaces } from '../../main/files/places.ts'
import { History } from '../../main/history/history.ts'
import { engine, request } from '../main/history/testRun.ts'

const goal = 200

/**
 * Stores seven runs that are done: 1 to 3 and 4 to 6 repeat each other at two rates, and run 7 has another rate and batch
 * and half the steps. The accuracy grows with the step and with the rate, and scatters by the seed.
 */
export function makeRepeatedRuns(folder: string): void {
  const history = History.open(homePlaces(folder))
  const store = (seed: number, rate: number, batch: number, steps: number): void => {
    const schedule = { ...request.config.schedule, learningRate: rate }
    const config = { ...request.config, seed, schedule, batch }
    const { id } = history.createRun({ ...request, config, goal: steps, evaluateEvery: 50 }, 50_000)
    const all = Array.from({ length: steps }, (_, index) => index + 1)
    const accuracy = (step: number): number => 0.4 + step / 1000 + rate * 10 + (seed % 3) / 100
    history.beginStretch(id, 0, engine)
    history.addSteps(
      id,
      1,
      all.map((step) => 2 / (1 + step / 40) + (seed % 3) / 50),
      all.map(accuracy),
      all.map((step) => step * 0.01 * batch),
    )
    for (let step = 50; step <= steps; step += 50)
      history.addEvaluation(id, { step, loss: 1 / step, accuracy: accuracy(step), validation: null }, 0.5)
    history.endRun(id, 'done', null)
  }
  try {
    for (const seed of [1, 2, 3]) store(seed, 1e-3, 100, goal)
    for (const seed of [4, 5, 6]) store(seed, 1e-2, 100, goal)
    store(7, 2e-3, 50, goal / 2)
  } finally {
    history.close()
  }
}
