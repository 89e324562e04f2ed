import type { StepCosts, StepQuestion } from '../core/network/stepTimes.ts'
import { estimatedTimes } from '../core/network/timeEstimate.ts'
import { calibrate } from '../main/engine/timing/calibrate.ts'
import { openWhole } from '../main/engine/timing/wholeStep.ts'
import { networkToEstimate } from './estimatedNetworks.ts'
import type { EstimateResult } from './results.ts'
import { median } from './statistics.ts'

/** Steps that are not counted: TensorFlow prepares itself in the first, and memory is allocated. */
const warmUp = 2

/** The fewest steps that are counted. */
const fewest = 5

async function costsHere(): Promise<StepCosts> {
  for await (const event of calibrate()) if (event.kind === 'calibrated') return event.costs
  throw new Error('the calibration ended early')
}

/** Seconds of some steps of a network, measured for so many seconds. */
function stepsOf(question: StepQuestion, seconds: number): number[] {
  const whole = openWhole(question)
  try {
    for (let step = 0; step < warmUp; step += 1) whole.time()
    const steps: number[] = []
    const begin = performance.now()
    while (steps.length < fewest || performance.now() - begin < seconds * 1000) steps.push(whole.time())
    return steps
  } finally {
    whole.dispose()
  }
}

/**
 * The time of a step of random networks as it is estimated, and as it is measured. In each round what operations cost is
 * measured anew, and then a step of each network.
 * @param networks Number of networks; always the same ones.
 */
export async function stepEstimates(
  networks: number,
  { rounds, seconds }: { readonly rounds: number; readonly seconds: number },
  tell: (text: string) => void,
): Promise<EstimateResult[]> {
  const results = Array.from({ length: networks }, (_, index) => {
    return {
      question: networkToEstimate(index + 1),
      estimated: [] as number[],
      measured: [] as number[],
      fastest: [] as number[],
    }
  })
  for (let round = 1; round <= rounds; round += 1) {
    tell(`Round ${round} of ${rounds}: what operations cost`)
    const costs = await costsHere()
    for (const [index, { question, estimated, measured, fastest }] of results.entries()) {
      tell(`Round ${round} of ${rounds}: network ${index + 1} of ${networks}`)
      const steps = stepsOf(question, seconds)
      estimated.push(estimatedTimes(question, costs).secondsPerStep)
      measured.push(median(steps))
      fastest.push(Math.min(...steps))
    }
  }
  return results.map(({ estimated, measured, fastest }) => ({ estimated, measured, fastest }))
}
