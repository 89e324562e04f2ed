import { z } from 'zod'
import { PassProgress } from '../inspect/passProgress.ts'
import { EngineIdentity, RunConfig } from '../run/run.ts'

/** What decides how long a training step takes on a computer. */
export const StepQuestion = RunConfig.pick({ model: true, optimizer: true, batch: true })
export type StepQuestion = z.infer<typeof StepQuestion>

const Seconds = z.number().min(0)

/**
 * How long a training step takes, measured or estimated: forward, backward and the update of the weights, without
 * reading and distorting images. The parts add up to the step.
 */
export const StepTimes = z.strictObject({
  secondsPerStep: z.number().positive(),
  /** Each layer's part, with the update of its weights, in the network's order. */
  layers: z.array(z.strictObject({ layer: z.string(), seconds: Seconds })),
  /** The loss and its gradient by the network's output, and what a step takes besides its layers. */
  other: Seconds,
})
export type StepTimes = z.infer<typeof StepTimes>

/**
 * What measuring a step tells: progress, and at last the times, which are medians. The fastest of the measured steps is
 * told besides: where it is far below the median, other programs were at work.
 */
export const StepTimesEvent = z.discriminatedUnion('kind', [
  PassProgress,
  z.strictObject({ kind: z.literal('measured'), times: StepTimes, fastest: z.number().positive() }),
])
export type StepTimesEvent = z.infer<typeof StepTimesEvent>

/** Whether the engine's processor computes on 512 bits at once, which decides the form of some convolutions. */
const WideVectors = z.boolean()

/**
 * What operations cost on a computer, in seconds for each unit of work (`timeEstimate.ts` has the works). Measured once
 * for an engine; another processor, number of threads or version of TensorFlow has other costs.
 */
export const StepCosts = z.strictObject({
  format: z.literal(1),
  engine: EngineIdentity,
  wideVectors: WideVectors,
  /** When they were measured, as ISO 8601 in UTC. */
  measuredAt: z.iso.datetime(),
  seconds: z.record(z.string(), Seconds),
})
export type StepCosts = z.infer<typeof StepCosts>

/** What calibrating tells: progress, and at last the costs. */
export const CalibrationEvent = z.discriminatedUnion('kind', [
  PassProgress,
  z.strictObject({ kind: z.literal('calibrated'), costs: StepCosts }),
])
export type CalibrationEvent = z.infer<typeof CalibrationEvent>
