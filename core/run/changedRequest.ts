import { z } from 'zod'
import { choiceOf, type DatasetView } from '../data/datasetView.ts'
import type { Layer } from '../layers/registry.ts'
import { freezableNames, withFrozen } from '../network/frozen.ts'
import { type Model, mostLayers } from '../network/model.ts'
import { canonicalJson } from '../numbers/canonicalJson.ts'
import { refuse } from '../words/problems.ts'
import { undistorted } from './augmentation.ts'
import { type BranchPoint, isBranchPoint } from './branchPoint.ts'
import { checkChoices } from './choices.ts'
import { chosenOptimizer, optimizerKinds } from './optimizerChoices.ts'
import { presets } from './presets.ts'
import { Goal, Patience, RunConfig, type RunRequest } from './run.ts'
import { LearningRate, type Schedule } from './schedule.ts'
import { chosenSchedule, scheduleKinds } from './scheduleChoices.ts'
import { fittedToSteps } from './timeBudget.ts'

/** What a new run has otherwise than the run that it begins with; what is left out stays as it is there. */
export const RequestChanges = z.strictObject({
  learningRate: LearningRate.optional(),
  goal: Goal.optional(),
  batch: RunConfig.shape.batch.optional(),
  seed: RunConfig.shape.seed.optional(),
  /** With the usual settings of its kind. */
  optimizer: z.enum(optimizerKinds).optional(),
  /** As long as the run, with the usual settings of its kind. */
  schedule: z.enum(scheduleKinds).optional(),
  /** True: as the preset distorts; false: not at all. */
  distort: z.boolean().optional(),
  patience: Patience.optional(),
  /** At most so many training images of each class. */
  perClass: z.int().min(1).optional(),
  /** Every activation of the network becomes this one. */
  activation: z.literal('relu').optional(),
  /** Names of the layers that are frozen; all others are trained. */
  frozen: z.array(z.string()).max(mostLayers).optional(),
})
export type RequestChanges = z.infer<typeof RequestChanges>

/** A schedule of another rate. What it ends with stays the same share of it. */
function withRate(schedule: Schedule, learningRate: number): Schedule {
  return schedule.kind === 'cosine'
    ? {
        ...schedule,
        learningRate,
        endLearningRate: (schedule.endLearningRate / schedule.learningRate) * learningRate,
      }
    : { ...schedule, learningRate }
}

/** @throws LabError `layer-not-freezable`. */
function checkFreezable(layers: readonly Layer[], names: readonly string[]): void {
  const known = freezableNames(layers)
  const wrong = names.find((name) => !known.includes(name))
  if (wrong !== undefined) refuse('layer-not-freezable', { layer: wrong, known: known.join(', ') || '—' })
}

/** The layers of a network with other activations, or with other layers frozen. */
function changedLayers(layers: readonly Layer[], { activation, frozen }: RequestChanges): readonly Layer[] {
  const active =
    activation === undefined
      ? layers
      : layers.map((layer) => (layer.kind === 'activation' ? { ...layer, function: { kind: activation } } : layer))
  if (frozen === undefined) return active
  checkFreezable(layers, frozen)
  return withFrozen(active, ({ name }) => frozen.includes(name))
}

/** A request whose network is no longer a saved version if it was changed: it has the name and no version then. */
function withModel(request: RunRequest, model: Model): RunRequest {
  const { network, config } = request
  const same = canonicalJson(model) === canonicalJson(config.model)
  return {
    ...request,
    ...(network === undefined || same ? {} : { network: { ...network, version: null } }),
    config: { ...config, model },
  }
}

/** A request with these layers frozen and all others trained. @throws LabError `layer-not-freezable`. */
export function withFrozenLayers(request: RunRequest, frozen: readonly string[]): RunRequest {
  const { model } = request.config
  return withModel(request, { ...model, layers: [...changedLayers(model.layers, { frozen: [...frozen] })] })
}

/**
 * A request with some settings changed. Its schedule is stretched or shortened with its steps.
 * @param view The part of the data set that the request uses.
 * @throws LabError `setting-out-of-range`, `batch-too-large`, `setting-unfit` or `layer-not-freezable`.
 */
export function changedRequest(request: RunRequest, changes: RequestChanges, view: DatasetView): RunRequest {
  const { learningRate, goal, batch, seed, optimizer, schedule, distort, patience, perClass, activation } = changes
  checkChoices({ learningRate, goal, batch, seed, patience }, view.sizes.train)
  const { model } = request.config
  const remade = withModel(request, { ...model, layers: [...changedLayers(model.layers, changes)] })
  const sized = goal === undefined ? remade : fittedToSteps(remade, goal)
  // Other activations make another network, which cannot begin with a checkpoint of this one.
  const { from, ...others } = sized.config
  const config = activation === undefined || from === undefined || !isBranchPoint(from) ? sized.config : others
  const rated = learningRate === undefined ? config.schedule : withRate(config.schedule, learningRate)
  return {
    ...sized,
    ...(patience === undefined ? {} : { patience }),
    config: {
      ...config,
      ...(perClass === undefined ? {} : { data: { ...config.data, choice: { ...choiceOf(config.data), perClass } } }),
      ...(distort === undefined
        ? {}
        : { augmentation: distort ? presets[request.preset].augmentation(view) : undistorted }),
      optimizer: chosenOptimizer(config.optimizer, { optimizer }),
      schedule: chosenSchedule(rated, sized.goal, { schedule }),
      batch: batch ?? config.batch,
      seed: seed ?? config.seed,
    },
  }
}

/**
 * The request of a branch: it begins with the variables of a checkpoint, and with the settings of the run that wrote it
 * but for some changes. Where nobody says how long it is, it makes as many steps as the run had left to its goal, or as
 * many as the whole run where none were left.
 * @param view The part of the data set that the request uses.
 * @throws LabError as `changedRequest` does.
 */
export function branchRequest(
  request: RunRequest,
  from: BranchPoint,
  changes: RequestChanges,
  view: DatasetView,
): RunRequest {
  const left = request.goal - from.step
  const changed = changedRequest(request, { ...changes, goal: changes.goal ?? (left > 0 ? left : request.goal) }, view)
  return { ...changed, config: { ...changed.config, from } }
}
