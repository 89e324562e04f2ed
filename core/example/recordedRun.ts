import { z } from 'zod'
import { Health } from '../health/health.ts'
import { Checkpoint, EngineIdentity, Evaluation, RunRequest } from '../run/run.ts'

const seconds = z.number().min(0)

/** Which of the example's runs; its name and note follow from that. The last is the newest, which pages show first. */
export const ExampleKey = z.enum(['fast', 'undistorted', 'good'])
export type ExampleKey = z.infer<typeof ExampleKey>

/** A finished run of the example: what a history holds of it. Its checkpoint files lie beside it. */
export const RecordedRun = z
  .strictObject({
    key: ExampleKey,
    request: RunRequest,
    trainImages: z.int().min(1),
    waitingSeconds: seconds,
    createdAt: z.iso.datetime(),
    endedAt: z.iso.datetime(),
    /** It was computed without a break by this engine. */
    engine: EngineIdentity,
    /** From step 1 on, a value a step; seconds are training time since step 0. */
    steps: z.strictObject({
      loss: z.array(z.number()).min(1),
      accuracy: z.array(z.number().min(0).max(1)),
      seconds: z.array(seconds),
    }),
    evaluations: z.array(z.strictObject({ ...Evaluation.shape, evaluationSeconds: seconds })).min(1),
    health: z.array(Health),
    checkpoints: z.array(z.strictObject({ ...Checkpoint.shape, trainingSeconds: seconds })).min(1),
  })
  .refine(
    ({ steps: { loss, accuracy, seconds } }) => loss.length === accuracy.length && loss.length === seconds.length,
    {
      message: 'loss, accuracy and seconds must be equally long',
    },
  )
export type RecordedRun = z.infer<typeof RecordedRun>

/** The example as `runs.json` has it. */
export const RecordedExample = z.strictObject({ format: z.literal(1), runs: z.array(RecordedRun).min(1) })
export type RecordedExample = z.infer<typeof RecordedExample>
