import { HealthEvery } from '../health/health.ts'
import type { Network } from '../network/network.ts'
import type { NetworkOrigin } from '../network/savedNetwork.ts'
import { type OptimizerChoices, Momentum } from './optimizerChoices.ts'
import { AdamW } from './optimizer.ts'
import { phrase, type Phrase } from '../words/phrases.ts'
import { refuse } from '../words/problems.ts'
import { isWithin, limitsOf, type Range, rangeText } from '../numbers/range.ts'
import { Goal, Patience, RunConfig, RunRequest } from './run.ts'
import { LearningRate } from './schedule.ts'
import { type ScheduleChoices, WarmUpSteps } from './scheduleChoices.ts'
import { heldOutImages } from './validation.ts'

/** A network of one's own, and which one it is. */
export interface ChosenNetwork {
  readonly origin: NetworkOrigin
  readonly network: Network
}

/** What a person may change on top of a preset. */
export interface RunChoices extends OptimizerChoices, ScheduleChoices {
  readonly batch?: number
  readonly learningRate?: number
  readonly goal?: number
  readonly seed?: number
  readonly evaluateEvery?: number
  /** False switches every distortion off and takes the centre crop. */
  readonly distort?: boolean
  readonly validationShare?: number
  /** Evaluations without a better one after which the run ends; null or left out: at its goal. */
  readonly patience?: number | null
  /** A network of one's own in the place of the preset's. */
  readonly network?: ChosenNetwork
  /** Steps from one measurement of health to the next; 0: none is made; left out: as is usual for the batch. */
  readonly healthEvery?: number
}

/** What a person may enter, by the limits of the schemas. */
export const choiceRanges = {
  batch: limitsOf(RunConfig.shape.batch),
  learningRate: limitsOf(LearningRate),
  goal: limitsOf(Goal),
  seed: limitsOf(RunConfig.shape.seed),
  evaluateEvery: limitsOf(RunRequest.shape.evaluateEvery),
  validationShare: limitsOf(RunConfig.shape.data.shape.validationShare),
  patience: limitsOf(Patience),
  healthEvery: limitsOf(HealthEvery),
  momentum: limitsOf(Momentum),
  weightDecay: limitsOf(AdamW.shape.weightDecay),
  clipNorm: limitsOf(AdamW.shape.clipNorm),
  warmUpSteps: limitsOf(WarmUpSteps),
} satisfies Record<string, Range>

export type NumericChoice = keyof typeof choiceRanges

const namesInSentences: Record<NumericChoice, Phrase> = {
  batch: phrase('setting-batch', {}),
  learningRate: phrase('setting-learning-rate', {}),
  goal: phrase('setting-steps', {}),
  seed: phrase('setting-seed', {}),
  evaluateEvery: phrase('setting-evaluate-every', {}),
  validationShare: phrase('setting-validation-share', {}),
  patience: phrase('setting-patience', {}),
  healthEvery: phrase('setting-health-every', {}),
  momentum: phrase('setting-momentum', {}),
  weightDecay: phrase('setting-weight-decay', {}),
  clipNorm: phrase('setting-clip-norm', {}),
  warmUpSteps: phrase('setting-warm-up', {}),
}

/** Whether a number may be entered for this choice. */
export function isAllowed(choice: NumericChoice, value: number): boolean {
  return isWithin(choiceRanges[choice], value)
}

/**
 * Checks what a person entered against the ranges and the size of the training set.
 * @throws LabError `setting-out-of-range` or `batch-too-large`.
 */
export function checkChoices(choices: RunChoices, trainImages: number): void {
  for (const choice of Object.keys(choiceRanges) as NumericChoice[]) {
    const value = choices[choice]
    if (value !== undefined && value !== null && !isAllowed(choice, value)) {
      refuse('setting-out-of-range', {
        setting: namesInSentences[choice],
        value,
        range: rangeText(choiceRanges[choice]),
      })
    }
  }
  const trained = trainImages - heldOutImages(trainImages, choices.validationShare ?? 0)
  if (choices.batch !== undefined && choices.batch > trained)
    refuse('batch-too-large', { batch: choices.batch, images: trained })
}
