import type { DatasetView } from '../data/datasetView.ts'
import { canonicalJson } from '../numbers/canonicalJson.ts'
import { undistorted } from './augmentation.ts'
import type { RunChoices } from './choices.ts'
import { chosenOptimizer, startingLearningRate } from './optimizerChoices.ts'
import { presets, usualBatch, usualSeed } from './presets.ts'
import type { RunRequest } from './run.ts'
import { chosenSchedule } from './scheduleChoices.ts'

/** The value where it differs from what stands without it. */
function changed<Value>(value: Value, usual: Value): Value | undefined {
  return Object.is(value, usual) ? undefined : value
}

/**
 * What a person would choose on top of the preset to come to a request; what the preset gives by itself is left out.
 * The network is not among it. Not every request can be chosen: `requestFor` with these choices tells.
 * @param view The part of the data set that the request uses.
 */
export function choicesOfRequest(request: RunRequest, view: DatasetView): RunChoices {
  const { config, goal } = request
  const preset = presets[request.preset]
  const { optimizer, schedule } = config
  const optimizerKind = changed(optimizer.kind, preset.optimizer.kind)
  const usualRate = startingLearningRate(preset.optimizer, preset.learningRate, optimizerKind)
  const usualOptimizer = chosenOptimizer(preset.optimizer, { optimizer: optimizerKind })
  const presetSchedule = preset.schedule(schedule.learningRate, goal)
  const scheduleKind = changed(schedule.kind, presetSchedule.kind)
  const usualSchedule = chosenSchedule(presetSchedule, goal, { schedule: scheduleKind })
  const momentumOf = (of: typeof optimizer): number => (of.kind === 'sgd' ? of.momentum : of.beta1)
  const decayOf = (of: typeof optimizer): number | undefined => (of.kind === 'adam' ? undefined : of.weightDecay)
  // One cycle has a momentum of its own unless one was chosen to be held.
  const held = schedule.kind === 'one-cycle' && schedule.momentum === null
  const cycles = usualSchedule.kind === 'one-cycle' && usualSchedule.momentum !== null
  const { validationShare } = config.data
  const augmented = canonicalJson(config.augmentation) === canonicalJson(undistorted)
  const distorts = canonicalJson(preset.augmentation(view)) !== canonicalJson(undistorted)
  const choices: RunChoices = {
    batch: changed(config.batch, usualBatch(request.preset, view, validationShare)),
    learningRate: changed(schedule.learningRate, usualRate),
    goal: changed(goal, preset.goal),
    seed: changed(config.seed, usualSeed),
    evaluateEvery: changed(request.evaluateEvery, preset.evaluateEvery),
    distort: augmented && distorts ? false : undefined,
    optimizer: optimizerKind,
    momentum: held && cycles ? momentumOf(optimizer) : changed(momentumOf(optimizer), momentumOf(usualOptimizer)),
    weightDecay: changed(decayOf(optimizer), decayOf(usualOptimizer)),
    clipNorm: changed(optimizer.clipNorm, usualOptimizer.clipNorm),
    schedule: scheduleKind,
    warmUpSteps: changed(schedule.warmUp?.steps ?? 0, usualSchedule.warmUp?.steps ?? 0),
    validationShare: changed(validationShare, 0),
    patience: request.patience ?? undefined,
    healthEvery: request.healthEvery,
  }
  return Object.fromEntries(Object.entries(choices).filter(([, value]) => value !== undefined))
}
