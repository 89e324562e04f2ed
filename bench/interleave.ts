import { parametersOf } from '../core/network/geometry.ts'
import { networkMultiplyAdds, trainingMultiplyAdds } from '../core/network/multiplyAdds.ts'
import type { Report } from '../setup/report.mjs'
import type { Case } from './cases.ts'
import { contestantNames, type Contestant } from './contestants/contestant.ts'
import { checkParameters, type RoofMeter } from './contestants/peers.ts'
import type { PredictionResult, RoofResult, TrainingResult } from './results.ts'

/** Steps of the first training. Its rate says how many steps a measurement needs. */
const firstSteps = 3

/** Steps that take about so many seconds; at least two, because timing a single step means little. */
export function stepsFor(imagesPerSecond: number, batch: number, seconds: number): number {
  return Math.max(2, Math.round((imagesPerSecond * seconds) / batch))
}

/** One contestant in one case, while it is measured. */
interface Lane {
  readonly contestant: Contestant
  readonly ways: string
  readonly steps: number
  readonly training: number[]
  readonly prediction: number[]
}

async function laneOf(contestant: Contestant, one: Case, seconds: number): Promise<Lane> {
  const { parameters, ways } = await contestant.prepare(one)
  checkParameters(contestant, one, parameters, parametersOf(one.config.model))
  const steps = stepsFor(await contestant.train(one, firstSteps), one.batch, seconds)
  return { contestant, ways, steps, training: [], prediction: [] }
}

export interface Race {
  readonly contestants: readonly Contestant[]
  readonly cases: readonly Case[]
  /** The cases in which prediction is measured as well. */
  readonly predicted: ReadonlySet<string>
  readonly roof: RoofMeter | null
  readonly rounds: number
  readonly seconds: number
  readonly report: Report
}

/** What one operation of the roof runs for, in seconds. */
const roofSeconds = 0.15

/**
 * Measures all contestants in turns. In each round every contestant trains a case, then predicts, and the next case
 * follows. So whatever slows the computer down for a while slows all of them.
 */
export async function race({
  contestants,
  cases,
  predicted,
  roof,
  rounds,
  seconds,
  report,
}: Race): Promise<{ training: TrainingResult[]; prediction: PredictionResult[]; roof: RoofResult[] }> {
  const lanes = new Map<Case, Lane[]>()
  for (const one of cases) {
    const ready: Lane[] = []
    for (const contestant of contestants) {
      report.progress(`Preparing ${one.id}: ${contestantNames[contestant.id]}`)
      ready.push(await laneOf(contestant, one, seconds))
    }
    lanes.set(one, ready)
  }

  const roofs = new Map<string, RoofResult & { gigaflops: number[] }>()
  for (let round = 1; round <= rounds; round += 1) {
    report.say(`Round ${round} of ${rounds}`)
    for (const { kind, name, gigaflops } of roof === null ? [] : await roof.measure(roofSeconds)) {
      const known = roofs.get(name) ?? { kind, name, gigaflops: [] }
      known.gigaflops.push(gigaflops)
      roofs.set(name, known)
    }
    for (const [one, ready] of lanes) {
      for (const { contestant, steps, training } of ready) {
        report.progress(`Round ${round} of ${rounds}: ${one.id}, ${contestantNames[contestant.id]}`)
        training.push(await contestant.train(one, steps))
      }
      if (!predicted.has(one.id)) continue
      for (const { contestant, prediction } of ready) {
        report.progress(`Round ${round} of ${rounds}: ${one.id}, ${contestantNames[contestant.id]} predicts`)
        prediction.push(await contestant.predict(one))
      }
    }
  }

  const figures = (ready: readonly Lane[], of: 'training' | 'prediction') =>
    ready.map((lane) => ({ contestant: lane.contestant.id, ways: lane.ways, imagesPerSecond: lane[of] }))
  return {
    training: [...lanes].map(([{ network, batch, config }, ready]) => ({
      network,
      batch,
      parameters: parametersOf(config.model),
      flops: { computed: 2 * trainingMultiplyAdds(config.model), usual: 6 * networkMultiplyAdds(config.model) },
      figures: figures(ready, 'training'),
    })),
    prediction: [...lanes]
      .filter(([one]) => predicted.has(one.id))
      .map(([{ network }, ready]) => ({ network, figures: figures(ready, 'prediction') })),
    roof: [...roofs.values()],
  }
}
