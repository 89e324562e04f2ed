import { phrase, type Phrase } from './phrases.ts'
import { refuse } from './problems.ts'
import type { RunChoices } from './presets.ts'
import { heldOutImages } from './validation.ts'

/** What a number may be. */
export interface Range {
  readonly min: number
  readonly max: number
  readonly whole: boolean
  /** False where `min` itself is refused. */
  readonly includesMin: boolean
  readonly range: string
}

/** What a person may enter, and the words that say so. */
export const choiceRanges = {
  batch: { min: 1, max: 10_000, whole: true, includesMin: true, range: '1…10000' },
  learningRate: { min: 0, max: 100, whole: false, includesMin: false, range: '> 0, ≤ 100' },
  goal: { min: 1, max: 10_000_000, whole: true, includesMin: true, range: '1…10000000' },
  seed: { min: 0, max: 0xffff_ffff, whole: true, includesMin: true, range: '0…4294967295' },
  evaluateEvery: { min: 1, max: 10_000_000, whole: true, includesMin: true, range: '1…10000000' },
  validationShare: { min: 0, max: 0.5, whole: false, includesMin: true, range: '0…0.5' },
  patience: { min: 1, max: 10_000, whole: true, includesMin: true, range: '1…10000' },
  momentum: { min: 0, max: 0.9999, whole: false, includesMin: true, range: '0…0.9999' },
  weightDecay: { min: 0, max: 1, whole: false, includesMin: true, range: '0…1' },
  clipNorm: { min: 0, max: 1e6, whole: false, includesMin: false, range: '> 0, ≤ 1000000' },
  warmUpSteps: { min: 0, max: 10_000_000, whole: true, includesMin: true, range: '0…10000000' },
} as const satisfies Record<string, Range>

/** Minutes of training for which a person may ask. */
export const minutesRange = {
  min: 0,
  max: 100_000,
  whole: false,
  includesMin: false,
  range: '> 0, ≤ 100000',
} as const satisfies Range

export type NumericChoice = keyof typeof choiceRanges

const namesInSentences: Record<NumericChoice, Phrase> = {
  batch: phrase('setting-batch', {}),
  learningRate: phrase('setting-learning-rate', {}),
  goal: phrase('setting-steps', {}),
  seed: phrase('setting-seed', {}),
  evaluateEvery: phrase('setting-evaluate-every', {}),
  validationShare: phrase('setting-validation-share', {}),
  patience: phrase('setting-patience', {}),
  momentum: phrase('setting-momentum', {}),
  weightDecay: phrase('setting-weight-decay', {}),
  clipNorm: phrase('setting-clip-norm', {}),
  warmUpSteps: phrase('setting-warm-up', {}),
}

/** Whether a number lies in a range. */
export function isWithin(range: Range, value: number): boolean {
  if (!Number.isFinite(value) || (range.whole && !Number.isInteger(value))) return false
  return value <= range.max && (range.includesMin ? value >= range.min : value > range.min)
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
      refuse('setting-out-of-range', { setting: namesInSentences[choice], value, range: choiceRanges[choice].range })
    }
  }
  const trained = trainImages - heldOutImages(trainImages, choices.validationShare ?? 0)
  if (choices.batch !== undefined && choices.batch > trained)
    refuse('batch-too-large', { batch: choices.batch, images: trained })
}
