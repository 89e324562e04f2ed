import { eventIterator, oc } from '@orpc/contract'
import { z } from 'zod'
import { Sha256 } from '../data/dataset.ts'
import { Health, HealthEvery } from '../health/health.ts'
import { CalibrationEvent, StepQuestion, StepTimesEvent } from '../network/stepTimes.ts'
import { Problem } from '../words/problems.ts'
import { Checkpoint, EngineIdentity, Evaluation, Goal, Patience, RunConfig, RunId } from '../run/run.ts'
import { inspectContract } from './inspectContract.ts'
import { NetworkFormat, PixelInput } from '../run/runExport.ts'
import { PassProgress } from '../inspect/passProgress.ts'
import { ModelInput } from '../network/model.ts'

/** A checkpoint file to read, with the hash it must have. */
const CheckpointFile = z.strictObject({ path: z.string(), sha256: Sha256 })

const Threads = z.int().min(1).max(1024)

/** All that the engine needs to train a run; it reads these files and writes checkpoints, nothing else. */
export const TrainOrder = z.strictObject({
  run: RunId,
  config: RunConfig,
  /** Folder of the prepared data. */
  dataFolder: z.string(),
  checkpointFolder: z.string(),
  /** Where to continue; null begins at step 0. */
  from: CheckpointFile.nullable(),
  /** The file of the checkpoint or of the weights with which a run begins; null where it begins with its own. */
  branchPoint: CheckpointFile.nullable(),
  /**
   * Whether the history has an evaluation at the step of `from`. If one is due there but missing, because the run was
   * held or crashed before it, the engine makes it first.
   */
  evaluated: z.boolean(),
  /** Threads that compute an operation. Their number decides the bits. Null: as many as the computer has. */
  threads: Threads.nullable(),
  goal: Goal,
  evaluateEvery: z.int().min(1),
  checkpointEvery: z.int().min(1),
  /** Steps from one measurement of health to the next; 0: none is made. */
  healthEvery: HealthEvery,
  /**
   * Best accuracy so far, on the validation images where there are any, otherwise on the test set; a better one writes
   * a checkpoint.
   */
  bestAccuracy: z.number().nullable(),
  /** The run ends after so many evaluations in a row without a better one; null: not before its goal. */
  patience: Patience.nullable(),
  /** How many evaluations have come after the best one. */
  evaluationsSinceBest: z.int().min(0),
  /**
   * Pauses the run after this step, as if somebody had asked for it during the step. For proofs, which break a run at a
   * chosen step.
   */
  pauseAfter: z.int().min(1).nullable(),
})
export type TrainOrder = z.infer<typeof TrainOrder>

/**
 * What an engine reports while it trains, in order. Seconds are training time since step 0, without evaluation and
 * loading. `waitingSeconds` is the time since this order arrived that went into neither training nor evaluation, as in
 * `RunSummary`.
 */
export const TrainEvent = z.discriminatedUnion('kind', [
  /** Data and network are loaded; the next step is `step + 1`. */
  z.strictObject({
    kind: z.literal('ready'),
    step: z.int().min(0),
    trainingSeconds: z.number(),
    waitingSeconds: z.number(),
    engine: EngineIdentity,
  }),
  /** Steps `first`, `first + 1`, ...; columns of equal length. */
  z.strictObject({
    kind: z.literal('steps'),
    first: z.int().min(1),
    loss: z.array(z.number()),
    accuracy: z.array(z.number()),
    seconds: z.array(z.number()),
    waitingSeconds: z.number(),
  }),
  z.strictObject({ kind: z.literal('evaluating'), done: z.int().min(0), total: z.int().min(1) }),
  z.strictObject({ kind: z.literal('evaluated'), evaluation: Evaluation, evaluationSeconds: z.number() }),
  /** The health after a step that was told before, or that of the initial weights. */
  z.strictObject({ kind: z.literal('health'), health: Health }),
  /** Written whole and synced. All steps up to it have been reported before. */
  z.strictObject({ kind: z.literal('checkpoint'), checkpoint: Checkpoint, trainingSeconds: z.number() }),
  /**
   * The last event. `failed`: the loss was not finite; `interrupted`: a file could not be read or written, or memory
   * ran out.
   */
  z.strictObject({
    kind: z.literal('ended'),
    state: z.enum(['paused', 'stopped', 'done', 'failed', 'interrupted']),
    step: z.int().min(0),
    waitingSeconds: z.number(),
    problem: Problem.nullable(),
  }),
])
export type TrainEvent = z.infer<typeof TrainEvent>

export const EvaluateOrder = z.strictObject({ config: RunConfig, dataFolder: z.string(), checkpoint: CheckpointFile })
export type EvaluateOrder = z.infer<typeof EvaluateOrder>

/** What to write of a network, and where. */
export const ExportOrder = z.strictObject({
  config: RunConfig,
  checkpoint: CheckpointFile,
  /** Extents of the data set's images, from whose middle the network's input is cut. */
  image: ModelInput,
  classes: z.array(z.string()),
  format: NetworkFormat,
  input: PixelInput,
  /** The model card, in Markdown. */
  card: z.string(),
  /** Absolute; empty or not there yet. */
  folder: z.string(),
})
export type ExportOrder = z.infer<typeof ExportOrder>

/** How many bytes are written, and at last which files. */
export const ExportPart = z.discriminatedUnion('kind', [
  PassProgress,
  z.strictObject({ kind: z.literal('done'), bytes: z.int().min(1), files: z.array(z.string()) }),
])
export type ExportPart = z.infer<typeof ExportPart>

const call = oc.errors({ PROBLEM: { data: Problem } })

/** What main may ask of an engine. An engine carries out one order at a time. */
export const engineContract = {
  /** What it computes with. The number of threads was fixed when its process was started. */
  identity: call.output(EngineIdentity),
  /** Resident memory of the engine in bytes. */
  memory: call.output(z.int()),
  train: call.input(TrainOrder).output(eventIterator(TrainEvent)),
  /**
   * Finishes the step, writes a checkpoint and ends the run in this state. Answers once the engine has the order; the
   * end comes as the last event of `train`.
   */
  hold: call.input(z.strictObject({ as: z.enum(['paused', 'stopped']) })),
  evaluate: call
    .input(EvaluateOrder)
    .output(z.strictObject({ testAccuracy: z.number(), testLoss: z.number(), images: z.int() })),
  /** Writes the network of a checkpoint for use elsewhere; who stops listening ends it, and then nothing is left. */
  export: call.input(ExportOrder).output(eventIterator(ExportPart)),
  /** How long a training step takes here, and each layer's part of it. Refused while a run trains. */
  stepTimes: call.input(StepQuestion).output(eventIterator(StepTimesEvent)),
  /** What operations cost here. Refused while a run trains. */
  calibrate: call.output(eventIterator(CalibrationEvent)),
  /** Looking inside networks. Asked of an engine that does not train. */
  inspect: inspectContract,
  /** Ends the process after the current step. Nothing is written. */
  leave: call,
}
