import { requestFor } from '../core/run/presets.ts'
import type { BenchData } from './cases.ts'
import type { ConvLab } from './contestants/convLab.ts'
import type { EnduranceResult } from './results.ts'

/** A small network and few images, so that steps are short and the work around them counts. */
const preset = 'digits'
const batch = 10
const steps = 20_000

/** Steps between two samples; each quarter of the run has fifty samples. */
const every = 100

/** Steps between two evaluations and between two checkpoints, as in the app. The best evaluation writes one too. */
const evaluateEvery = 2500
const checkpointEvery = 1000

/**
 * Trains a run of many small steps and samples the engine's memory and rate throughout. Neither may drift.
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
