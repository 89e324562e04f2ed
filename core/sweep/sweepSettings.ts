import { classifierOf } from '../network/network.ts'
import { settingsOf } from '../network/edit/layerSettings.ts'
import type { Range } from '../numbers/range.ts'
import { isUndistorted } from '../run/augmentation.ts'
import { choiceRanges } from '../run/choices.ts'
import { optimizerKinds } from '../run/optimizerChoices.ts'
import { RunConfig, type RunRequest } from '../run/run.ts'
import { scheduleKinds } from '../run/scheduleChoices.ts'
import { strengthRange } from './scaledAugmentation.ts'
import { replacedAt, valueAt } from './settingPath.ts'

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

/** A setting that a sweep can change, and what it is in the settings that the sweep begins with. */
export type SweepSetting = { readonly name: string } & (
  | { readonly kind: 'number'; readonly value: number | null; readonly range: Range; readonly layer: string | null }
  | {
      readonly kind: 'choice'
      readonly value: string
      readonly options: readonly string[]
      readonly layer: string | null
    }
  | { readonly kind: 'switch'; readonly value: boolean; readonly layer: string | null }
)

/** Parts of a configuration that say which run it is, and whose change would make another experiment of it. */
const fixedParts = ['format', 'seed', 'data.dataset', 'data.sha256', 'data.choice', 'model.input', 'model.head.kind']

/** Parts that other parts decide: a kind brings settings of its own, and has a name above. */
const decidedParts = ['optimizer.kind', 'schedule.kind', 'schedule.steps', 'schedule.warmUp']

function liesIn(path: string, parts: readonly string[]): boolean {
  return parts.some((part) => path === part || path.startsWith(`${part}.`))
}

/** Whether a path names a single value of the configuration that a sweep may change. */
export function isSweepablePath({ config }: Pick<RunRequest, 'config'>, path: string): boolean {
  if (liesIn(path, [...fixedParts, ...decidedParts]) || /\.(name|kind|from)$/.test(path)) return false
  const value = valueAt(config, path)
  return value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
}

/**
 * Whether a setting takes whole numbers alone: the schema refuses the configuration with a half more.
 */
export function isWholeSetting({ config }: Pick<RunRequest, 'config'>, setting: string): boolean {
  if (isNamedSetting(setting)) return ['batch', 'warm-up', 'steps'].includes(setting)
  const value = valueAt(config, setting)
  if (typeof value !== 'number' || !Number.isInteger(value)) return false
  return !RunConfig.safeParse(replacedAt(config, setting, value + 0.5)).success
}

function number(name: string, value: number | null, range: Range, layer: string | null = null): SweepSetting {
  return { kind: 'number', name, value, range, layer }
}

/** The named settings that fit a request: Adam has no weight decay, and undistorted images no strength. */
function namedSettingsOf({ config, goal }: RunRequest): SweepSetting[] {
  const { optimizer, schedule, augmentation } = config
  return [
    number('rate', schedule.learningRate, choiceRanges.learningRate),
    number('batch', config.batch, choiceRanges.batch),
    { kind: 'choice', name: 'optimizer', value: optimizer.kind, options: optimizerKinds, layer: null },
    number('momentum', optimizer.kind === 'sgd' ? optimizer.momentum : optimizer.beta1, choiceRanges.momentum),
    ...(optimizer.kind === 'adam' ? [] : [number('weight-decay', optimizer.weightDecay, choiceRanges.weightDecay)]),
    number('clip-norm', optimizer.clipNorm, choiceRanges.clipNorm),
    { kind: 'choice', name: 'schedule', value: schedule.kind, options: scheduleKinds, layer: null },
    number('warm-up', schedule.warmUp?.steps ?? 0, choiceRanges.warmUpSteps),
    number('steps', goal, choiceRanges.goal),
    ...(isUndistorted(augmentation) ? [] : [number('distortion', 1, strengthRange)]),
  ]
}

/** What can be set of the layers, but for the number of classes, which the data decide. */
function layerSettingsOf({ config: { model } }: RunRequest): SweepSetting[] {
  const classifier = classifierOf(model)
  return model.layers.flatMap((layer) =>
    settingsOf(layer).flatMap((setting): SweepSetting[] => {
      const name = `model.layers.${layer.name}.${setting.name}`
      if (layer.name === classifier && setting.name === 'units') return []
      switch (setting.kind) {
        case 'number':
          return [number(name, setting.value, setting.range, layer.name)]
        case 'choice':
          return [{ kind: 'choice', name, value: setting.value, options: setting.options, layer: layer.name }]
        case 'switch':
          return [{ kind: 'switch', name, value: setting.value, layer: layer.name }]
        default:
          return []
      }
    }),
  )
}

/**
 * The settings that a form offers for a sweep of runs that begin with a request. Any other single value of the
 * configuration can be swept by its path.
 */
export function sweepSettings(request: RunRequest): SweepSetting[] {
  return [...namedSettingsOf(request), ...layerSettingsOf(request)]
}
