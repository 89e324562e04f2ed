import type { Difference } from '../../../core/run/differences.ts'
import { differencesOf } from '../../../core/run/differences.ts'
import { formKey } from '../../../core/data/dataChoice.ts'
import type { DatasetEntry } from '../../../core/data/dataset.ts'
import { choiceOf } from '../../../core/data/datasetView.ts'
import type { RunConfig, RunSummary } from '../../../core/run/run.ts'
import * as m from '../../messages/compiled/messages.js'
import type { Formats } from '../../text/formats.ts'
import { distortionText } from '../../text/settingTexts.ts'
import { runName } from '../../text/runName.ts'
import {
  type FriendlyLine,
  friendlyLines,
  isBelow,
  outsideRows,
  rowOf,
  type RunSettings,
  type SettingRow,
  valueText,
} from './settingLines.ts'

export interface SettingRows {
  readonly rows: readonly SettingRow[]
  /** Number of settings that are equal in all runs. */
  readonly equal: number
}

/**
 * Whether a setting differs only because another one does, which has its own row. Such a setting belongs to one kind of
 * optimizer, schedule, pixels or head.
 */
function followsFromOther({ path }: Difference, runs: readonly RunSettings[]): boolean {
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
function isSaidElsewhere(difference: Difference, runs: readonly RunSettings[]): boolean {
  // A schedule as long as its run is covered by the number of steps.
  if (difference.path === 'schedule.steps')
    return runs.every(({ config, goal }) => config.schedule.kind === 'constant' || config.schedule.steps === goal)
  return difference.path === 'optimizer.nesterov' && followsFromOther(difference, runs)
}

function pathRow(difference: Difference, runs: readonly RunSettings[], format: Formats): SettingRow | null {
  if (difference.path === 'data.sha256') {
    // Another set, or another form of a set, always has other files. A difference matters only within the same form.
    const formOf = ({ config: { data } }: RunSettings): string => `${data.dataset} ${formKey(choiceOf(data).form)}`
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

/**
 * The settings that differ between the runs: common ones by name, all others by their path. Goal and early stopping are
 * not part of a configuration, so they come last.
 */
export function settingRows(
  runs: readonly RunSettings[],
  datasets: readonly DatasetEntry[],
  format: Formats,
): SettingRows {
  const { differing, equal } = differencesOf(runs.map((run) => run.config))
  const lines = friendlyLines(runs, datasets, format)
  const rows: SettingRow[] = []
  const described = new Map<string, SettingRow>()
  /** The row of a line, which several paths may share. */
  const namedRow = ({ key, name, describe }: FriendlyLine): SettingRow => {
    const row = described.get(key) ?? rowOf(key, name, runs.map(describe))
    described.set(key, row)
    return row
  }
  for (const difference of differing) {
    if (isSaidElsewhere(difference, runs)) continue
    const line = lines.find((candidate) => candidate.paths.some((path) => isBelow(difference.path, path)))
    const named = line === undefined ? null : namedRow(line)
    // If the text reads the same for all runs, it does not show the difference, so the path is shown.
    const telling = named?.differs.includes(true) === true
    const row = telling ? named : followsFromOther(difference, runs) ? null : pathRow(difference, runs, format)
    if (row !== null && !rows.some((known) => known.key === row.key)) rows.push(row)
  }
  const outside = outsideRows(runs, format).filter(
    ({ key, differs }) => key !== 'evaluateEvery' && differs.includes(true),
  )
  return { rows: [...rows, ...outside], equal }
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
  return format.items([runName(run), ...[...undistorted, ...settings].slice(0, 2)])
}
