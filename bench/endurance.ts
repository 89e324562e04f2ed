import { requestFor } from '../core/presets.ts'
import type { BenchData } from './cases.ts'
import type { ConvLab } from './contestants/convLab.ts'
import type { EnduranceResult } from './results.ts'

/** A small network and few images, so that a step is short and what is done around it counts. */
const preset = 'digits'
const batch = 10
const steps = 20_000

/** Steps between two samples, of which each quarter of the run has fifty. */
const every = 100

/**
 * Between two evaluations, each with a checkpoint where it is the best so far, and between two other checkpoints, as in
 * the app.
 */
const evaluateEvery = 2500
const checkpointEvery = 1000

/**
 * Trains a run of many small steps and keeps how much memory the engine holds and how fast it is, all along: neither
 * may creep.
 * @param say is told how far it is
 */
export async function endurance(
  lab: ConvLab,
  { card, prepared }: BenchData,
  say: (text: string) => void,
): Promise<EnduranceResult> {
  const { config } = requestFor(preset, card, prepared, { batch, goal: steps })
  const imagesPerSecond: number[] = []
  const memory: number[] = []
  let before = 0
  for await (const event of lab.events({ config, goal: steps, evaluateEvery, checkpointEvery })) {
    if (event.kind !== 'steps') continue
    for (const [index, seconds] of event.seconds.entries()) {
      const step = event.first + index
      if (step % every !== 0) continue
      imagesPerSecond.push((every * batch) / (seconds - before))
      before = seconds
      memory.push(await lab.memory())
      if (step % (steps / 10) === 0)
        say(
          `${step} of ${steps} steps: ${Math.round(imagesPerSecond[imagesPerSecond.length - 1])} images a second, ${Math.round(memory[memory.length - 1] / 1e6)} MB`,
        )
    }
  }
  return { network: preset, batch, steps, imagesPerSecond, memory }
}
