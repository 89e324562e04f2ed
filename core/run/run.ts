import { z } from 'zod'
import { Augmentation } from './augmentation.ts'
import { RunBeginning } from './branchPoint.ts'
import { DataChoice } from '../data/dataChoice.ts'
import { Expectation, KeptExpectation } from '../expectations/expectation.ts'
import { DatasetId, Sha256 } from '../data/dataset.ts'
import { HealthEvery } from '../health/health.ts'
import { RunMarks } from './marks.ts'
import { Model } from '../network/model.ts'
import { NetworkOrigin } from '../network/savedNetwork.ts'
import { Optimizer } from './optimizer.ts'
import { Pixels } from '../data/pixels.ts'
import { PresetId } from './presetId.ts'
import { Problem } from '../words/problems.ts'
import { Schedule, Steps } from './schedule.ts'
import { Seed } from './seed.ts'
import { WeightsOrigin } from './weightsOrigin.ts'

export { Augmentation } from './augmentation.ts'
export { Optimizer } from './optimizer.ts'
export { PresetId } from './presetId.ts'
export { Schedule } from './schedule.ts'

/**
 * Everything that decides the bits of a run, the seed and the format's version included.
 * Stored as canonical JSON and never rewritten; equal configurations on one engine give equal bits.
 */
export const RunConfig = z.strictObject({
  format: z.literal(1),
  data: z.strictObject({
    dataset: DatasetId,
    /** Identity of the prepared form. */
    sha256: Sha256,
    /**
     * What of the set is taken; left out where it is all of it as published, in its own form, so that every choice has
     * one way to be written.
     */
    choice: DataChoice.optional(),
    pixels: Pixels,
    /**
     * Share of the training images that is not trained on, drawn by the seed; the best evaluation is chosen on it. With
     * 0 there is none, and the best is chosen on the test set.
     */
    validationShare: z.number().min(0).max(0.5),
  }),
  model: Model,
  augmentation: Augmentation,
  evaluation: z.strictObject({
    /** Whether the logits of a measured image are the mean of its own and its mirror image's. */
    flips: z.boolean(),
  }),
  optimizer: Optimizer,
  schedule: Schedule,
  /** Images a step. */
  batch: z.int().min(1).max(10_000),
  /** Key of all random numbers of the run. */
  seed: Seed,
  /**
   * The checkpoint with whose variables it begins, or weights from elsewhere; left out where it begins with initial
   * weights of its own.
   */
  from: RunBeginning.optional(),
})
export type RunConfig = z.infer<typeof RunConfig>

export const RunId = z.int().min(1)
export type RunId = z.infer<typeof RunId>

/** Total number of steps that a run is to reach. */
export const Goal = Steps

/** Evaluations in a row without a better one, after which a run ends. */
export const Patience = z.int().min(1).max(10_000)

/** What a person starts: the configuration, and what may change without changing the bits. */
export const RunRequest = z.strictObject({
  /** Whose settings it begins with, and whose network where `network` is left out. */
  preset: PresetId,
  /** The network of one's own that the configuration's model was made of. */
  network: NetworkOrigin.optional(),
  config: RunConfig,
  goal: Goal,
  /** The whole test set is evaluated every so many steps, and at the end. */
  evaluateEvery: Steps,
  /**
   * Early stopping: the run ends, as done, after so many evaluations in a row without a better one; null: at its goal.
   * Like the goal it says how far a run goes and not what a step computes, so it is no part of the configuration.
   */
  patience: Patience.nullable(),
  /**
   * The health of the network is measured every so many steps; 0: never; left out: as often as is usual for the batch.
   * It changes no bit of the run.
   */
  healthEvery: HealthEvery.optional(),
})
export type RunRequest = z.infer<typeof RunRequest>

/** What concerns one run alone. It is no part of the request, so that whoever repeats a run does not take it over. */
export const OwnOfRun = z.strictObject({
  /** What a person expects of it. */
  expectation: Expectation.optional(),
  /** The folder to which it is also written for TensorBoard while it trains, empty or not there yet. */
  eventFolder: z.string().min(1).optional(),
})
export type OwnOfRun = z.infer<typeof OwnOfRun>

/** A request with what concerns this one run alone. */
export const RunToBegin = z.strictObject({ ...RunRequest.shape, ...OwnOfRun.shape })
export type RunToBegin = z.infer<typeof RunToBegin>

/**
 * Queued: it has not begun and waits for its turn. Training: the engine computes it. All others are at rest; all of
 * those but `failed` can be continued.
 */
export const RunState = z.enum(['queued', 'training', 'paused', 'stopped', 'interrupted', 'failed', 'done'])
export type RunState = z.infer<typeof RunState>

/** The states in which a run can end. */
export type RestState = Exclude<RunState, 'queued' | 'training'>

/** Whether a run in this state can be continued from its last checkpoint. */
export function isContinuable(state: RunState): boolean {
  return state === 'paused' || state === 'stopped' || state === 'interrupted' || state === 'done'
}

/** What the engine is doing for a training run. */
export const RunPhase = z.enum(['loading', 'training', 'evaluating', 'holding'])
export type RunPhase = z.infer<typeof RunPhase>

const Accuracy = z.number().min(0).max(1)

/** The whole test set measured at one step, and the images held out for validation where there are any. */
export const Evaluation = z.strictObject({
  step: z.int().min(0),
  loss: z.number(),
  accuracy: Accuracy,
  validation: z.strictObject({ loss: z.number(), accuracy: Accuracy }).nullable(),
})
export type Evaluation = z.infer<typeof Evaluation>

/**
 * What the best evaluation is chosen by: the accuracy on the images held out for validation, or on the test set where
 * there are none.
 */
export function chosenAccuracy({ accuracy, validation }: Evaluation): number {
  return validation?.accuracy ?? accuracy
}

/**
 * Whether a run has nothing left to do up to this goal: its newest checkpoint is there, and the test set was measured
 * at it. A hold or a crash during the last evaluation leaves a run at its goal without that; continuing makes it.
 */
export function hasReached(run: Pick<RunSummary, 'checkpointStep' | 'last'>, goal: number): boolean {
  const step = run.checkpointStep ?? 0
  return goal < step || (goal === step && run.last?.step === step)
}

/** What computed a stretch of a run. Two stretches of different engines may differ in their bits. */
export const EngineIdentity = z.strictObject({
  tensorflow: z.string(),
  binding: z.string(),
  node: z.string(),
  /** Its name with its widest instructions, as `processorName` gives it. */
  processor: z.string(),
  threads: z.int().min(1),
  /**
   * Version of the graphs to which Conv Lab compiles a network. Another version may take other operations for the same
   * layer, and so give other bits.
   */
  graphVersion: z.int().min(1),
})
export type EngineIdentity = z.infer<typeof EngineIdentity>

/** What a run at rest that is in the queue does when its turn comes. */
export const Continuation = z.strictObject({
  /** The goal up to which it is continued. */
  goal: Goal,
  /** Steps from one measurement of health to the next from then on; null: as before. */
  healthEvery: HealthEvery.nullable(),
})
export type Continuation = z.infer<typeof Continuation>

/** The folder to which a run is also written for TensorBoard while it trains. */
export const EventFolder = z.strictObject({
  /** An absolute path on the computer of the lab. */
  folder: z.string().min(1),
  /** Why nothing more is written there; null while it goes on. */
  problem: Problem.nullable(),
})
export type EventFolder = z.infer<typeof EventFolder>

/**
 * A run as lists, headers and `lab runs --json` show it. Times are seconds; rates are training images by training time.
 *
 * All time of a stretch counts once: as training, as evaluation or as waiting. A pause ends the stretch, so the time in
 * which a run rests counts nowhere. Steps and evaluations that are lost to a crash or a damaged checkpoint are taken
 * out of training and evaluation again; waiting is never taken out.
 */
export const RunSummary = z.strictObject({
  id: RunId,
  ...RunMarks.shape,
  /** When it was put into the bin; null where it was not. */
  deletedAt: z.iso.datetime().nullable(),
  /** The sweep that it belongs to; null for none. */
  sweep: z.int().min(1).nullable(),
  /** sha256 of the configuration without its seed: runs that repeat each other have one. */
  repeats: Sha256,
  preset: PresetId,
  /** Which network of one's own it was begun with, by the name that this had then; null for that of the preset. */
  network: NetworkOrigin.nullable(),
  config: RunConfig,
  configSha256: Sha256,
  goal: Goal,
  evaluateEvery: z.int().min(1),
  patience: Patience.nullable(),
  state: RunState,
  /** Null except while training. */
  phase: RunPhase.nullable(),
  /** The node of a cluster that trains it; null: this computer, or it does not train. */
  computer: z.string().nullable(),
  /** Place in the queue, 1 for the next run; null where it is not in it. */
  queuePosition: z.int().min(1).nullable(),
  /** How it goes on when its turn comes, where it waits in the queue to be continued; otherwise null. */
  continuation: Continuation.nullable(),
  /**
   * Why it was interrupted or failed, or could not be continued when its turn came; while it trains, why it did not
   * continue from its newest checkpoint.
   */
  problem: Problem.nullable(),
  /** Last step whose metrics are stored. */
  step: z.int().min(0),
  /** Step of the newest checkpoint; null before the first. */
  checkpointStep: z.int().min(0).nullable(),
  /** Spent on the steps that are stored, from drawing a batch to the answer of the step. */
  trainingSeconds: z.number().min(0),
  /** Spent on the evaluations that are stored. */
  evaluationSeconds: z.number().min(0),
  /**
   * The rest of the time in state `training`: starting the engine, reading the data and the checkpoint, building the
   * network, measuring its health, copying a checkpoint's tensors, waiting for a checkpoint file (the one before is not written yet, or the
   * run ends), and an evaluation or step that was broken off. If the engine died, the time after its last report counts
   * nowhere.
   */
  waitingSeconds: z.number().min(0),
  /**
   * From being queued to leaving the queue for good, by the calendar: time in which Conv Lab was closed counts too. 0
   * until then, and for a run that was never queued.
   */
  queuedSeconds: z.number().min(0),
  imagesPerSecond: z.number().min(0).nullable(),
  /** Training images of one epoch. */
  trainImages: z.int().min(1),
  /** Highest accuracy on the validation images, or on the test set where none are held out; the earliest of equals. */
  best: Evaluation.nullable(),
  /** How many evaluations have come after the best one. */
  evaluationsSinceBest: z.int().min(0),
  last: Evaluation.nullable(),
  /** What a person expected of it before it began; null: nothing. */
  expectation: KeptExpectation.nullable(),
  /** Where its weights from elsewhere came from; null for a run that begins without, or where nobody has noted it. */
  weights: WeightsOrigin.nullable(),
  /** Where it is also written for TensorBoard while it trains; null: nowhere. */
  eventFolder: EventFolder.nullable(),
  createdAt: z.iso.datetime(),
  endedAt: z.iso.datetime().nullable(),
})
export type RunSummary = z.infer<typeof RunSummary>

export const Checkpoint = z.strictObject({
  step: z.int().min(0),
  /** File name inside the run's checkpoint folder. */
  file: z.string(),
  sha256: Sha256,
  bytes: z.int().min(1),
  reason: z.enum(['start', 'interval', 'best', 'pause', 'stop', 'end']),
  createdAt: z.iso.datetime(),
})
export type Checkpoint = z.infer<typeof Checkpoint>

/** Which checkpoint of a run: the one at a step, the one of its best evaluation, or its newest. */
export const CheckpointChoice = z.union([z.int().min(0), z.enum(['best', 'last'])])
export type CheckpointChoice = z.infer<typeof CheckpointChoice>

/** A part of a run that one engine computed without a break. */
export const Stretch = z.strictObject({
  fromStep: z.int().min(0),
  toStep: z.int().min(0).nullable(),
  engine: EngineIdentity,
  /** The node of a cluster that computed it; null: this computer. */
  computer: z.string().nullable(),
  startedAt: z.iso.datetime(),
  endedAt: z.iso.datetime().nullable(),
  /** How it ended; null while it goes on. */
  ended: RunState.nullable(),
})
export type Stretch = z.infer<typeof Stretch>

export const RunDetail = z.strictObject({
  ...RunSummary.shape,
  checkpoints: z.array(Checkpoint),
  stretches: z.array(Stretch),
})
export type RunDetail = z.infer<typeof RunDetail>

/**
 * Batch loss and accuracy have a value a step; the test set's have one an evaluation, and so have those of the images
 * held out for validation, in runs that hold some out.
 */
export const Metric = z.enum(['loss', 'accuracy', 'testLoss', 'testAccuracy', 'validationLoss', 'validationAccuracy'])
export type Metric = z.infer<typeof Metric>
