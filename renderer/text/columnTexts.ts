import type { Column } from '../../core/query/column.ts'
import type { RunFacts } from '../../core/query/runFacts.ts'
import { scheduleKinds } from '../../core/run/scheduleChoices.ts'
import type { SettingValue } from '../../core/run/settingPath.ts'
import type { DatasetEntry } from '../../core/data/dataset.ts'
import { PresetId } from '../../core/run/presetId.ts'
import { RunState } from '../../core/run/run.ts'
import { optimizerKinds } from '../../core/run/optimizerChoices.ts'
import * as m from '../messages/compiled/messages.js'
import { pointsText } from './expectationTexts.ts'
import type { Formats } from './formats.ts'
import { datasetName, optimizerName, presetName, scheduleName } from './labels.ts'

/** The columns that can be shown, in the order of the menu. */
export const offeredColumns = [
  'name',
  'id',
  'note',
  'tag',
  'set',
  'network',
  'preset',
  'optimizer',
  'schedule',
  'rate',
  'batch',
  'steps',
  'epochs',
  'step',
  'seed',
  'state',
  'best',
  'last',
  'expected',
  'off',
  'seconds',
  'bytes',
  'sweep',
  'created',
  'ended',
  'deleted',
  'repeats',
] as const

type Offered = (typeof offeredColumns)[number]

const names: Readonly<Record<Offered, () => string>> = {
  id: m.column_id,
  name: m.column_name,
  note: m.column_note,
  tag: m.column_tag,
  set: m.setting_dataset,
  network: m.setting_network,
  preset: m.column_preset,
  optimizer: m.setting_optimizer,
  schedule: m.setting_schedule,
  rate: m.setting_learning_rate,
  batch: m.setting_batch,
  steps: m.setting_steps,
  epochs: m.column_epochs,
  step: m.column_reached,
  seed: m.setting_seed,
  state: m.column_state,
  best: m.column_best,
  last: m.column_last,
  expected: m.column_expected,
  off: m.column_off,
  seconds: m.column_time,
  bytes: m.column_bytes,
  sweep: m.column_sweep,
  created: m.column_created,
  ended: m.column_ended,
  deleted: m.column_deleted,
  repeats: m.column_repeats,
}

function isOffered(column: Column): column is Offered {
  return Object.hasOwn(names, column)
}

/** What a column is called; a setting is called by its path. */
export function columnName(column: Column): string {
  return isOffered(column) ? names[column]() : column
}

/** Columns of numbers, which stand at the right. */
const figures: readonly Column[] = [
  'id',
  'rate',
  'batch',
  'steps',
  'epochs',
  'step',
  'seed',
  'best',
  'last',
  'expected',
  'off',
  'seconds',
  'bytes',
  'sweep',
]

export function isFigure(column: Column): boolean {
  return figures.includes(column)
}

const none = '–'

/** The name of a state. */
export function stateName(state: RunState): string {
  return {
    queued: m.state_queued,
    training: m.state_training,
    paused: m.state_paused,
    stopped: m.state_stopped,
    interrupted: m.state_interrupted,
    failed: m.state_failed,
    done: m.state_done,
  }[state]()
}

/** A setting as it stands in a cell. */
export function settingText(value: SettingValue, format: Formats): string {
  if (value === null) return none
  if (typeof value === 'boolean') return value ? m.value_yes() : m.value_no()
  return typeof value === 'number' ? format.figures(value) : value
}

/** The value of a column, alone or as the name of a group. */
export function valueText(
  column: Column,
  value: SettingValue,
  datasets: readonly DatasetEntry[],
  format: Formats,
): string {
  if (value === null) return none
  switch (column) {
    case 'set':
      return datasetName(datasets, String(value))
    case 'network':
    case 'preset': {
      const preset = PresetId.options.find((id) => id === value)
      return preset === undefined ? String(value) : presetName(preset)
    }
    case 'optimizer': {
      const kind = optimizerKinds.find((one) => one === value)
      return kind === undefined ? String(value) : optimizerName({ kind })
    }
    case 'schedule': {
      const kind = scheduleKinds.find((one) => one === value)
      return kind === undefined ? String(value) : scheduleName({ kind })
    }
    case 'state': {
      const state = RunState.options.find((one) => one === value)
      return state === undefined ? String(value) : stateName(state)
    }
    case 'best':
    case 'last':
    case 'expected':
      return typeof value === 'number' ? format.percent(value) : none
    case 'off':
      return typeof value === 'number' ? pointsText(value, format) : none
    case 'seconds':
      return typeof value === 'number' ? format.duration(value) : none
    case 'bytes':
      return typeof value === 'number' ? format.bytes(value) : none
    case 'epochs':
      return typeof value === 'number' ? format.figures(Math.round(value * 10) / 10) : none
    case 'id':
    case 'seed':
    case 'sweep':
      return String(value)
    case 'created':
    case 'ended':
    case 'deleted':
      return format.moment(String(value))
    case 'repeats':
      return String(value).slice(0, 8)
    default:
      return settingText(value, format)
  }
}

/** Steps of a run: how many of its goal, while it has not reached it. */
export function stepsText({ step, steps, state }: Pick<RunFacts, 'step' | 'steps' | 'state'>, format: Formats): string {
  return step < steps && state !== 'queued' ? `${format.whole(step)} / ${format.whole(steps)}` : format.whole(steps)
}
