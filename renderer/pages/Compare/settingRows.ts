import type { Difference, SettingValue } from '../../../core/run/differences.ts'
import { differencesOf } from '../../../core/run/differences.ts'
import { formKey, type DataChoice } from '../../../core/data/dataChoice.ts'
import type { DatasetEntry } from '../../../core/data/dataset.ts'
import { choiceOf } from '../../../core/data/datasetView.ts'
import type { RunConfig, RunSummary } from '../../../core/run/run.ts'
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

/** One row of "What differs": a setting and its value in each run. */
export interface SettingRow {
  readonly key: string
  readonly name: string
  /** Settings without a name show their path in the stored configuration. */
  readonly isPath: boolean
  readonly values: readonly string[]
  /** Whether the value differs from the first run's. */
  readonly differs: readonly boolean[]
}

export interface SettingRows {
  readonly rows: readonly SettingRow[]
  /** Number of settings that are equal in all runs. */
  readonly equal: number
}

type Describe = (run: RunSummary) => string

function rowOf(key: string, name: string, values: readonly string[], isPath = false): SettingRow {
  return { key, name, isPath, values, differs: values.map((value) => value !== values[0]) }
}

function valueText(value: SettingValue | undefined, format: Formats): string {
  if (value === undefined || value === null) return m.value_none()
  if (typeof value === 'boolean') return value ? m.value_yes() : m.value_no()
  return typeof value === 'number' ? format.figures(value) : value
}

/**
 * A setting with a name. It covers its paths and everything below them. Its row takes the place of the first one that
 * differs.
 */
interface FriendlyLine {
  readonly key: string
  readonly paths: readonly string[]
  readonly name: string
  readonly describe: Describe
}

/** The data a run took from its set: by name if the set is known, otherwise in figures. */
function takenText(
  datasets: readonly DatasetEntry[],
  { config: { data } }: RunSummary,
  known: (entry: DatasetEntry, choice: DataChoice) => string,
  unknown: (choice: DataChoice) => string,
): string {
  const entry = datasets.find(({ id }) => id === data.dataset)
  const choice = choiceOf(data)
  return entry === undefined || !stillMeant(entry, choice) ? unknown(choice) : known(entry, choice)
}

function friendlyLines(
  runs: readonly RunSummary[],
  datasets: readonly DatasetEntry[],
  format: Formats,
): FriendlyLine[] {
  const numbers = (classes: readonly number[] | null): string =>
    classes === null ? m.value_all() : format.list(classes.map(String))
  const classes =
    (text: typeof classesText) =>
    (run: RunSummary): string =>
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
    line('seed', ['seed'], m.setting_seed(), (run) => String(run.config.seed)),
  ]
}

function isBelow(path: string, above: string): boolean {
  return path === above || path.startsWith(`${above}.`)
}

/**
 * Whether a setting differs only because another one does, which has its own row. Such a setting belongs to one kind of
 * optimizer, schedule, pixels or head.
 */
function followsFromOther({ path }: Difference, runs: readonly RunSummary[]): boolean {
  const unlike = (of: (config: RunConfig) => string): boolean =>
    runs.some((run) => of(run.config) !== of(runs[0].config))
  if (path.endsWith('.kind')) return false
  if (isBelow(path, 'optimizer')) return unlike((config) => config.optimizer.kind)
  if (isBelow(path, 'schedule')) return unlike((config) => config.schedule.kind)
  if (isBelow(path, 'model.head')) return unlike((config) => config.model.head.kind)
  // Each of its parts has its own row.
  if (isBelow(path, 'data.choice')) return true
  // Means and deviations follow from the set.
  if (isBelow(path, 'data.pixels'))
    return unlike((config) => config.data.pixels.kind) || unlike((config) => config.data.dataset)
  return false
}

/** Whether a setting with its own row is already covered by another one. */
function isSaidElsewhere(difference: Difference, runs: readonly RunSummary[]): boolean {
  // A schedule as long as its run is covered by the number of steps.
  if (difference.path === 'schedule.steps')
    return runs.every(({ config, goal }) => config.schedule.kind === 'constant' || config.schedule.steps === goal)
  return difference.path === 'optimizer.nesterov' && followsFromOther(difference, runs)
}

function pathRow(difference: Difference, runs: readonly RunSummary[], format: Formats): SettingRow | null {
  if (difference.path === 'data.sha256') {
    // Another set, or another form of a set, always has other files. A difference matters only within the same form.
    const formOf = ({ config: { data } }: RunSummary): string => `${data.dataset} ${formKey(choiceOf(data).form)}`
    const oneForm = runs.every((run) => formOf(run) === formOf(runs[0]))
    return oneForm
      ? rowOf(
          difference.path,
          m.setting_files(),
          difference.values.map((value) => String(value).slice(0, 8)),
        )
      : null
  }
  return rowOf(
    difference.path,
    difference.path,
    difference.values.map((value) => valueText(value, format)),
    true,
  )
}

function patienceText({ patience }: RunSummary, format: Formats): string {
  return patience === null ? m.value_none() : m.value_patience({ count: patience, text: format.whole(patience) })
}

/**
 * The settings that differ between the runs: common ones by name, all others by their path. Goal and early stopping are
 * not part of a configuration, so they come last.
 */
export function settingRows(
  runs: readonly RunSummary[],
  datasets: readonly DatasetEntry[],
  format: Formats,
): SettingRows {
  const { differing, equal } = differencesOf(runs.map((run) => run.config))
  const lines = friendlyLines(runs, datasets, format)
  const rows: SettingRow[] = []
  for (const difference of differing) {
    if (isSaidElsewhere(difference, runs)) continue
    const line = lines.find((candidate) => candidate.paths.some((path) => isBelow(difference.path, path)))
    const named = line === undefined ? null : rowOf(line.key, line.name, runs.map(line.describe))
    // If the text reads the same for all runs, it does not show the difference, so the path is shown.
    const telling = named?.differs.includes(true) === true
    const row = telling ? named : followsFromOther(difference, runs) ? null : pathRow(difference, runs, format)
    if (row !== null && !rows.some((known) => known.key === row.key)) rows.push(row)
  }
  const goals = rowOf(
    'goal',
    m.setting_steps(),
    runs.map((run) => format.whole(run.goal)),
  )
  const patience = rowOf(
    'patience',
    m.setting_early_stopping(),
    runs.map((run) => patienceText(run, format)),
  )
  return { rows: [...rows, ...[goals, patience].filter((row) => row.differs.includes(true))], equal }
}

/** How settings are written in the name of a run, most telling first. */
const inNames: readonly { readonly key: string; readonly describe: (value: string) => string }[] = [
  { key: 'data.dataset', describe: (value) => value },
  { key: 'data.choice.classes', describe: (value) => value },
  { key: 'data.choice.form', describe: (value) => value },
  { key: 'schedule.learningRate', describe: (value) => m.short_learning_rate({ value }) },
  { key: 'batch', describe: (value) => m.key_batch({ value }) },
  { key: 'seed', describe: (value) => m.key_seed({ value }) },
]

/** A run's name with up to two settings that set it apart from the others: "Run 7, lr 0.001". */
export function tellingName(run: RunSummary, rows: readonly SettingRow[], index: number, format: Formats): string {
  const settings = inNames.flatMap(({ key, describe }) =>
    rows.filter((row) => row.key === key).map((row) => describe(row.values[index])),
  )
  const distorted = rows.some((row) => row.key === 'augmentation.')
  const undistorted =
    distorted && distortionText(run.config, format) === m.distortion_none() ? [m.key_no_distortion()] : []
  return [m.run_name({ id: run.id }), ...[...undistorted, ...settings].slice(0, 2)].join(', ')
}
