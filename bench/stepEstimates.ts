import { estimatedTimes } from '../core/network/timeEstimate.ts'
import type { StepCosts, StepTimesEvent } from '../core/network/stepTimes.ts'
import { EngineHost, forkEngine } from '../main/engine/host/engineHost.ts'
import { networkToEstimate } from './estimatedNetworks.ts'
import type { EstimateResult } from './results.ts'

/** The last part of an answer that comes in parts. */
async function lastOf<Part>(parts: AsyncIterable<Part>): Promise<Part> {
  const all: Part[] = []
  for await (const part of parts) all.push(part)
  return all[all.length - 1]
}

/** Networks that are estimated with the same costs. */
const networksPerCalibration = 5

async function costsOf(host: EngineHost): Promise<StepCosts> {
  const last = await lastOf(host.timing((engine) => engine.calibrate()))
  if (last.kind !== 'calibrated') throw new Error('the calibration ended early')
  return last.costs
}

async function timesOf(host: EngineHost, seed: number): Promise<Extract<StepTimesEvent, { kind: 'measured' }>> {
  const last = await lastOf(host.timing((engine) => engine.stepTimes(networkToEstimate(seed))))
  if (last.kind !== 'measured') throw new Error('the measurement ended early')
  return last
}

/**
 * The time of a step of random networks as it is estimated, and as it is measured. What operations cost is measured
 * anew every few networks, in case the computer has become slower or faster.
 * @param networks Number of networks; always the same ones.
 */
export async function stepEstimates(networks: number, tell: (text: string) => void): Promise<EstimateResult> {
  const host = new EngineHost({ launch: forkEngine, onStatus: () => undefined })
  try {
    const estimated: number[] = []
    const measured: number[] = []
    const fastest: number[] = []
    let costs = await costsOf(host)
    for (let seed = 1; seed <= networks; seed += 1) {
      tell(`Network ${seed} of ${networks}`)
      if (seed > 1 && seed % networksPerCalibration === 1) costs = await costsOf(host)
      const { times, fastest: best } = await timesOf(host, seed)
      estimated.push(estimatedTimes(networkToEstimate(seed), costs).secondsPerStep)
      measured.push(times.secondsPerStep)
      fastest.push(best)
    }
    return { estimated, measured, fastest }
  } finally {
    await host.close()
  }
}
