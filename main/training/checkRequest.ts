import { checkChoices } from '../../core/choices.ts'
import type { DatasetEntry } from '../../core/dataset.ts'
import { classesOf } from '../../core/geometry.ts'
import { refuse } from '../../core/problems.ts'
import type { RunRequest } from '../../core/run.ts'

/**
 * Checks what the schema of a request cannot know: that it fits the data set that is here.
 * @throws LabError `bad-input`, `setting-out-of-range`, `batch-too-large`, `schedule-too-long`, `setting-unfit` or `model-invalid`.
 */
export function checkRequest({ config, goal, evaluateEvery, patience }: RunRequest, dataset: DatasetEntry): void {
  if (config.data.sha256 !== dataset.prepared?.sha256) refuse('bad-input', { detail: `config.data.sha256 is not that of the ${dataset.name} on this computer` })
  const { model, schedule, data } = config
  checkChoices({ batch: config.batch, learningRate: schedule.learningRate, goal, seed: config.seed, evaluateEvery, patience, validationShare: data.validationShare }, dataset.sizes.train)
  if (schedule.kind !== 'constant' && schedule.steps > goal) refuse('schedule-too-long', { steps: schedule.steps, goal })
  if (data.pixels.kind === 'standard' && data.pixels.mean.length !== dataset.image.channels) {
    refuse('bad-input', { detail: `config.data.pixels has ${data.pixels.mean.length} means, but the images have ${dataset.image.channels} channels` })
  }
  const { image } = dataset
  if (model.input.channels !== image.channels || model.input.height > image.height || model.input.width > image.width) {
    const takes = `${model.input.height} x ${model.input.width} x ${model.input.channels}`
    refuse('model-invalid', { layer: 'input', detail: `takes ${takes}, which cannot be cut from images of ${image.height} x ${image.width} x ${image.channels}: choose an input of these channels that is no larger` })
  }
  const { pad } = config.augmentation
  const side = Math.min(image.height, image.width)
  if (pad?.fill === 'reflect' && pad.pixels >= side) refuse('setting-unfit', { setting: 'padding', detail: `images of ${image.height} x ${image.width} can be reflected by ${side - 1} pixels at most, not ${pad.pixels}` })
  const logits = classesOf(model)
  if (logits !== dataset.classes.length) {
    refuse('model-invalid', { layer: model.layers[model.layers.length - 1].name, detail: `gives ${logits} logits, but ${dataset.name} has ${dataset.classes.length} classes: give it ${dataset.classes.length} units` })
  }
}
