import { checkChoices } from '../../core/run/choices.ts'
import { formKey } from '../../core/data/dataChoice.ts'
import type { DatasetEntry } from '../../core/data/dataset.ts'
import {
  choiceOf,
  chosenCounts,
  type DatasetView,
  preparedForm,
  viewOf,
  writtenChoice,
} from '../../core/data/datasetView.ts'
import { checkInput, checkTrained, classesOf, measure } from '../../core/network/geometry.ts'
import { checkParameters } from '../../core/network/parameterLimit.ts'
import { phrase } from '../../core/words/phrases.ts'
import { refuse } from '../../core/words/problems.ts'
import type { RunConfig, RunRequest } from '../../core/run/run.ts'

/**
 * The part of a data set that a request uses, checked against the data that is here.
 * @throws LabError `form-missing`, `bad-input` or `setting-unfit`.
 */
function viewFor({ data }: RunConfig, dataset: DatasetEntry): DatasetView {
  const { id, name } = dataset
  const choice = choiceOf(data)
  if (data.choice !== undefined && writtenChoice(data.choice) === undefined)
    refuse('bad-input', { detail: phrase('choice-of-everything', { setting: 'config.data.choice' }) })
  const form =
    preparedForm(dataset, choice.form) ?? refuse('form-missing', { dataset: name, id, form: formKey(choice.form) })
  if (data.sha256 !== form.prepared.sha256)
    refuse('bad-input', { detail: phrase('data-of-others', { setting: 'config.data.sha256', dataset: name }) })
  const view = viewOf(dataset, choice)
  const empty = chosenCounts(dataset, choice)?.findIndex(({ train, test }) => train + test === 0) ?? -1
  if (empty >= 0)
    refuse('setting-unfit', {
      setting: phrase('setting-classes', {}),
      detail: phrase('class-without-images', { name: view.classes[empty] }),
    })
  if (view.classes.length < 2)
    refuse('setting-unfit', { setting: phrase('setting-classes', {}), detail: phrase('classes-too-few', {}) })
  if (view.sizes.test === 0)
    refuse('setting-unfit', { setting: phrase('setting-split', {}), detail: phrase('nothing-to-test', {}) })
  return view
}

/**
 * Checks that pixels can be scaled and images padded as a configuration says.
 * @throws LabError `bad-input` or `setting-unfit`.
 */
export function checkFeed(
  {
    data: { pixels },
    augmentation: { pad },
  }: Pick<RunConfig, 'data'> & { readonly augmentation: Pick<RunConfig['augmentation'], 'pad'> },
  { height, width, channels }: DatasetView['image'],
): void {
  if (pixels.kind === 'standard' && pixels.mean.length !== channels) {
    refuse('bad-input', {
      detail: phrase('means-unlike-channels', { setting: 'config.data.pixels', means: pixels.mean.length, channels }),
    })
  }
  const side = Math.min(height, width)
  if (pad?.fill === 'reflect' && pad.pixels >= side) {
    refuse('setting-unfit', {
      setting: phrase('setting-padding', {}),
      detail: phrase('reflected-too-far', { height, width, most: side - 1, pixels: pad.pixels }),
    })
  }
}

/**
 * Checks what the schema of a request cannot know: that it fits the data set that is here.
 * @returns the part of the set that the request uses.
 * @throws LabError `form-missing`, `bad-input`, `setting-out-of-range`, `batch-too-large`, `schedule-too-long`,
 *   `setting-unfit` or `model-invalid`.
 */
export function checkRequest(
  { config, goal, evaluateEvery, patience, healthEvery }: RunRequest,
  dataset: DatasetEntry,
): DatasetView {
  const view = viewFor(config, dataset)
  const { model, schedule, data } = config
  checkChoices(
    {
      batch: config.batch,
      learningRate: schedule.learningRate,
      goal,
      seed: config.seed,
      evaluateEvery,
      patience,
      healthEvery,
      validationShare: data.validationShare,
    },
    view.sizes.train,
  )
  if (schedule.kind !== 'constant' && schedule.steps > goal)
    refuse('schedule-too-long', { steps: schedule.steps, goal })
  checkFeed(config, view.image)
  checkInput(model, view.image)
  const measured = measure(model)
  checkTrained(measured)
  checkParameters(measured)
  const layer = model.layers[model.layers.length - 1].name
  const classes = view.classes.length
  if (model.head.kind === 'tanh' && classes !== 2)
    refuse('model-invalid', { layer, detail: phrase('tanh-of-two', { classes }) })
  const logits = classesOf(model)
  if (logits !== classes) {
    refuse('model-invalid', {
      layer,
      detail: phrase('logits-of-set', { logits, classes, dataset: view.name }),
    })
  }
  return view
}
