import { classifierOf } from '../network/network.ts'
import type { Range } from '../numbers/range.ts'
import type { SettingRange } from '../numbers/settingRange.ts'
import { isUndistorted } from '../run/augmentation.ts'
import { choiceRanges } from '../run/choices.ts'
import { optimizerKinds } from '../run/optimizerChoices.ts'
import type { RunConfig, RunRequest } from '../run/run.ts'
import { scheduleKinds } from '../run/scheduleChoices.ts'
import { fieldAt, type SettingField } from '../run/settingField.ts'
import { placedSettingAt, settingsWithin, type SettingValue } from '../run/settingPath.ts'
import { strengthRange } from './scaledAugmentation.ts'
import { isOff, switchedOn, switchedPartOf } from './switchedParts.ts'

/** The settings of a sweep that have names of their own. All others are dotted paths of the configuration. */
export const namedSettings = [
  'rate',
  'batch',
  'optimizer',
  'momentum',
  'weight-decay',
  'clip-norm',
  'schedule',
  'warm-up',
  'steps',
  'distortion',
] as const
export type NamedSetting = (typeof namedSettings)[number]

/** Whether a setting has a name of its own. */
export function isNamedSetting(setting: string): setting is NamedSetting {
  return namedSettings.some((name) => name === setting)
}

/** What the named settings are in a configuration. */
const namedPaths: Readonly<Record<NamedSetting, readonly string[]>> = {
  rate: ['schedule.learningRate'],
  batch: ['batch'],
  optimizer: ['optimizer.kind'],
  momentum: ['optimizer.momentum', 'optimizer.beta1'],
  'weight-decay': ['optimizer.weightDecay'],
  'clip-norm': ['optimizer.clipNorm'],
  schedule: ['schedule.kind'],
  'warm-up': ['schedule.warmUp.steps'],
  steps: ['schedule.steps'],
  distortion: [],
}

/** The name of the setting at a path, which is the path itself where it has none. */
function nameOf(path: string): string {
  return namedSettings.find((name) => namedPaths[name].includes(path)) ?? path
}

/** Whether two settings of one sweep would both change the same thing. */
export function isOneSetting(one: string, other: string): boolean {
  const names = [nameOf(one), nameOf(other)]
  return names[0] === names[1] || (names.includes('distortion') && names.some((name) => liesIn(name, ['augmentation'])))
}

/** A setting that a sweep can change, and what it is in the settings that the sweep begins with. */
export type SweepSetting = {
  readonly name: string
  /** Its paths in the configuration, by which people may know it too. */
  readonly paths: readonly string[]
} & (
  | {
      readonly kind: 'number'
      readonly value: number | null
      readonly range: SettingRange
      /** Whether one of its values can be none (null). */
      readonly optional: boolean
    }
  | { readonly kind: 'choice'; readonly value: string | null; readonly options: readonly string[] }
  | { readonly kind: 'switch'; readonly value: boolean }
)

/** Parts of a configuration that say which run it is, and whose change would make another experiment of it. */
const fixedParts = ['seed', 'data.choice', 'model.input']

/** Parts that other settings of a sweep decide. */
const decidedParts = ['schedule.steps', 'schedule.warmUp.steps']

function liesIn(path: string, parts: readonly string[]): boolean {
  return parts.some((part) => path === part || path.startsWith(`${part}.`))
}

/** A single value of a configuration that a sweep may change. */
export interface SweepablePath {
  /** The keys that lead to it, once the part that it lies in is on. */
  readonly keys: readonly string[]
  readonly field: SettingField
  /** Null where the part that it lies in is off. */
  readonly value: SettingValue
}

/** The value at a path that a sweep may change; null where there is none. */
export function sweepablePath({ config }: Pick<RunRequest, 'config'>, path: string): SweepablePath | null {
  if (liesIn(path, [...fixedParts, ...decidedParts])) return null
  const part = switchedPartOf(path)
  const whole = part === null ? config : switchedOn(config, [part])
  const placed = placedSettingAt(whole, path)
  const field = placed === null ? null : fieldAt(whole, placed.keys)
  if (placed === null || field === null) return null
  return { keys: placed.keys, field, value: part !== null && isOff(config, part) ? null : placed.value }
}

/** Whether a setting takes whole numbers alone. */
export function isWholeSetting(request: Pick<RunRequest, 'config'>, setting: string): boolean {
  if (isNamedSetting(setting)) return ['batch', 'warm-up', 'steps'].includes(setting)
  const field = sweepablePath(request, setting)?.field
  return field?.kind === 'number' && field.range.whole
}

function number(name: NamedSetting, value: number | null, range: Range, optional = false): SweepSetting {
  return { kind: 'number', name, paths: namedPaths[name], value, range: { ...range, includesMax: true }, optional }
}

function choice(name: NamedSetting, value: string, options: readonly string[]): SweepSetting {
  return { kind: 'choice', name, paths: namedPaths[name], value, options }
}

/** The named settings that fit a request: Adam has no weight decay, and undistorted images no strength. */
function namedSettingsOf({ config, goal }: RunRequest): SweepSetting[] {
  const { optimizer, schedule, augmentation } = config
  return [
    number('rate', schedule.learningRate, choiceRanges.learningRate),
    number('batch', config.batch, choiceRanges.batch),
    choice('optimizer', optimizer.kind, optimizerKinds),
    number('momentum', optimizer.kind === 'sgd' ? optimizer.momentum : optimizer.beta1, choiceRanges.momentum),
    ...(optimizer.kind === 'adam' ? [] : [number('weight-decay', optimizer.weightDecay, choiceRanges.weightDecay)]),
    number('clip-norm', optimizer.clipNorm, choiceRanges.clipNorm, true),
    choice('schedule', schedule.kind, scheduleKinds),
    number('warm-up', schedule.warmUp?.steps ?? 0, choiceRanges.warmUpSteps),
    number('steps', goal, choiceRanges.goal),
    ...(isUndistorted(augmentation) ? [] : [number('distortion', 1, strengthRange)]),
  ]
}

function settingOf(path: string, { field, value }: SweepablePath, optional: boolean): SweepSetting {
  const placed = { name: path, paths: [path] }
  switch (field.kind) {
    case 'number':
      return {
        ...placed,
        kind: 'number',
        value: typeof value === 'number' ? value : null,
        range: field.range,
        optional: optional || field.optional,
      }
    case 'choice':
      return { ...placed, kind: 'choice', value: value === null ? null : String(value), options: field.options }
    case 'switch':
      return { ...placed, kind: 'switch', value: value === true }
  }
}

/** All single values of a configuration that have no name, but for the number of classes, which the data decide. */
function unnamedSettingsOf(request: RunRequest): SweepSetting[] {
  const classes = `model.layers.${classifierOf(request.config.model)}.units`
  const whole: RunConfig = switchedOn(request.config)
  return settingsWithin(whole).flatMap(({ path }) => {
    const found =
      nameOf(path) !== path || isNamedSetting(path) || path === classes ? null : sweepablePath(request, path)
    return found === null ? [] : [settingOf(path, found, switchedPartOf(path) !== null)]
  })
}

/** All settings that a sweep of runs that begin with a request can change: named ones, then the others by their path. */
export function sweepSettings(request: RunRequest): SweepSetting[] {
  return [...namedSettingsOf(request), ...unnamedSettingsOf(request)]
}
