import type { SettingValue } from '../../../core/run/settingPath.ts'
import type { DataChoice } from '../../../core/data/dataChoice.ts'
import type { DatasetEntry } from '../../../core/data/dataset.ts'
import { choiceOf } from '../../../core/data/datasetView.ts'
import type { RunSummary } from '../../../core/run/run.ts'
import * as m from '../../messages/compiled/messages.js'
import { stillMeant } from '../../state/dataForm.ts'
import { classesInFull, classesText, formText, splitText } from '../../text/choiceTexts.ts'
import type { Formats } from '../../text/formats.ts'
import { datasetName, networkName, optimizerName } from '../../text/labels.ts'
import {
  distortionText,
  headText,
  inputText,
  momentumText,
  pixelsText,
  scheduleText,
  shareText,
  warmUpText,
  weightDecayText,
} from '../../text/settingTexts.ts'
import { beginningText } from '../../text/weightsTexts.ts'

/** A setting and its value in each run: one row of a table. */
export interface SettingRow {
  readonly key: string
  readonly name: string
  /** Settings without a name show their path in the stored configuration. */
  readonly isPath: boolean
  readonly values: readonly string[]
  /** Whether the value differs from the first run's. */
  readonly differs: readonly boolean[]
}

/** The parts of a run that are its settings; those of a request have them too. */
export type RunSettings = Pick<RunSummary, 'preset' | 'network' | 'config' | 'goal' | 'evaluateEvery' | 'patience'> &
  Partial<Pick<RunSummary, 'weights'>>

type Describe = (run: RunSettings) => string

/** The row of a setting, by the texts of its values. */
export function rowOf(key: string, name: string, values: readonly string[], isPath = false): SettingRow {
  return { key, name, isPath, values, differs: values.map((value) => value !== values[0]) }
}

/** A stored value as a reader writes it. */
export function valueText(value: SettingValue | undefined, format: Formats): string {
  if (value === undefined || value === null) return m.value_none()
  if (typeof value === 'boolean') return value ? m.value_yes() : m.value_no()
  return typeof value === 'number' ? format.figures(value) : value
}

/**
 * A setting with a name. It covers its paths and everything below them.
 */
export interface FriendlyLine {
  readonly key: string
  readonly paths: readonly string[]
  readonly name: string
  readonly describe: Describe
}

/** The data a run took from its set: by name if the set is known, otherwise in figures. */
function takenText(
  datasets: readonly DatasetEntry[],
  { config: { data } }: RunSettings,
  known: (entry: DatasetEntry, choice: DataChoice) => string,
  unknown: (choice: DataChoice) => string,
): string {
  const entry = datasets.find(({ id }) => id === data.dataset)
  const choice = choiceOf(data)
  return entry === undefined || !stillMeant(entry, choice) ? unknown(choice) : known(entry, choice)
}

/** The settings that have a name, in the order in which they are read. */
export function friendlyLines(
  runs: readonly RunSettings[],
  datasets: readonly DatasetEntry[],
  format: Formats,
): FriendlyLine[] {
  const numbers = (classes: readonly number[] | null): string =>
    classes === null ? m.value_all() : format.list(classes.map(String))
  const classes =
    (text: typeof classesText) =>
    (run: RunSettings): string =>
      takenText(
        datasets,
        run,
        (entry, choice) => text(entry, choice, format),
        (choice) => numbers(choice.classes),
      )
  // Equally many classes, but not the same ones: name each of them.
  const counted = new Set(runs.map(classes(classesText))).size > 1 ? classes(classesText) : classes(classesInFull)
  const line = (key: string, paths: readonly string[], name: string, describe: Describe): FriendlyLine => ({
    key,
    paths,
    name,
    describe,
  })
  const yesOrNo = (value: boolean): string => (value ? m.value_yes() : m.value_no())
  return [
    line('data.dataset', ['data.dataset'], m.setting_dataset(), (run) =>
      datasetName(datasets, run.config.data.dataset),
    ),
    line('data.choice.classes', ['data.choice.classes', 'data.choice.labels'], m.classes_title(), counted),
    line('data.choice.perClass', ['data.choice.perClass'], m.per_class(), ({ config: { data } }) => {
      const { perClass } = choiceOf(data)
      return perClass === null ? m.value_all() : format.whole(perClass)
    }),
    line('data.choice.form', ['data.choice.form'], m.setting_images(), (run) =>
      takenText(
        datasets,
        run,
        (entry, { form }) => formText(form, entry, format),
        ({ form }) => (form.side === null ? m.side_own() : `${form.side} × ${form.side}`),
      ),
    ),
    line('data.choice.split', ['data.choice.split'], m.split_title(), (run) =>
      takenText(
        datasets,
        run,
        (entry, { split }) => splitText(split, entry, format),
        ({ split }) => splitText(split, { split: { kind: 'official' }, obtained: 'download' }, format),
      ),
    ),
    line('data.pixels', ['data.pixels'], m.setting_pixels(), (run) => pixelsText(run.config, format)),
    line('data.validationShare', ['data.validationShare'], m.setting_validation(), ({ config: { data } }) =>
      data.validationShare === 0 ? m.value_none() : shareText(data.validationShare, format),
    ),
    line('model.input.', ['model.input'], m.setting_input(), (run) => inputText(run.config)),
    line('model.layers', ['model.layers'], m.setting_network(), networkName),
    line(
      'model.head.labelSmoothing',
      ['model.head.labelSmoothing'],
      m.setting_label_smoothing(),
      ({ config: { model } }) =>
        model.head.kind === 'softmax' && model.head.labelSmoothing > 0
          ? format.figures(model.head.labelSmoothing)
          : m.value_none(),
    ),
    line('model.head', ['model.head'], m.setting_loss(), (run) => headText(run.config.model)),
    line('augmentation.', ['augmentation'], m.setting_distortion(), (run) => distortionText(run.config, format)),
    line('evaluation.flips', ['evaluation.flips'], m.setting_flips(), (run) => yesOrNo(run.config.evaluation.flips)),
    line('optimizer', ['optimizer.kind'], m.setting_optimizer(), (run) => optimizerName(run.config.optimizer)),
    line('momentum', ['optimizer.momentum', 'optimizer.beta1', 'schedule.momentum'], m.setting_momentum(), (run) =>
      momentumText(run.config, format),
    ),
    line('optimizer.nesterov', ['optimizer.nesterov'], m.setting_nesterov(), ({ config: { optimizer } }) =>
      yesOrNo(optimizer.kind === 'sgd' && optimizer.nesterov),
    ),
    line('optimizer.weightDecay', ['optimizer.weightDecay'], m.setting_weight_decay(), (run) =>
      weightDecayText(run.config.optimizer, format),
    ),
    line('optimizer.clipNorm', ['optimizer.clipNorm'], m.setting_clip_norm(), ({ config: { optimizer } }) =>
      optimizer.clipNorm === null ? m.value_none() : format.figures(optimizer.clipNorm),
    ),
    line(
      'schedule',
      ['schedule.kind', 'schedule.every', 'schedule.factor', 'schedule.endLearningRate', 'schedule.riseShare'],
      m.setting_schedule(),
      (run) => scheduleText(run.config.schedule, format),
    ),
    line('schedule.learningRate', ['schedule.learningRate'], m.setting_learning_rate(), (run) =>
      format.figures(run.config.schedule.learningRate),
    ),
    line('schedule.warmUp', ['schedule.warmUp'], m.setting_warm_up(), (run) => warmUpText(run.config.schedule, format)),
    line('schedule.steps', ['schedule.steps'], m.setting_schedule_length(), ({ config: { schedule } }) =>
      schedule.kind === 'constant' ? m.value_none() : format.whole(schedule.steps),
    ),
    line('batch', ['batch'], m.setting_batch(), (run) => format.whole(run.config.batch)),
    line('from', ['from'], m.setting_from(), ({ config: { from }, weights = null }) => {
      const text = beginningText(from, weights, (run) => m.run_name({ id: run }), format)
      // Two files of one name may hold other weights.
      return from === undefined || weights === null ? text : `${text} (${from.sha256.slice(0, 8)})`
    }),
    line('seed', ['seed'], m.setting_seed(), (run) => String(run.config.seed)),
  ]
}

/** Whether a dotted path is this one or lies below it. */
export function isBelow(path: string, above: string): boolean {
  return path === above || path.startsWith(`${above}.`)
}

function patienceText({ patience }: RunSettings, format: Formats): string {
  return patience === null ? m.value_none() : m.value_patience({ count: patience, text: format.whole(patience) })
}

/** The settings that are no part of a configuration: how far a run goes and how often it is measured. */
export function outsideRows(runs: readonly RunSettings[], format: Formats): SettingRow[] {
  const row = (key: string, name: string, describe: Describe): SettingRow => rowOf(key, name, runs.map(describe))
  return [
    row('goal', m.setting_steps(), (run) => format.whole(run.goal)),
    row('evaluateEvery', m.setting_evaluate_every(), (run) => format.whole(run.evaluateEvery)),
    row('patience', m.setting_early_stopping(), (run) => patienceText(run, format)),
  ]
}
