import { choiceOf } from '../data/datasetView.ts'
import type { RunConfig } from './run.ts'

export type SettingValue = string | number | boolean | null

/** One setting in which runs differ; `values` in the order of the runs, undefined where a run does not have it. */
export interface Difference {
  /** Dotted path, layers by name: `model.layers.conv_1.filters`. */
  readonly path: string
  readonly values: readonly (SettingValue | undefined)[]
}

export interface Differences {
  readonly differing: readonly Difference[]
  /** Number of settings in which all runs agree. */
  readonly equal: number
}

/** Lists that count as one setting. Which class comes third says nothing; which classes there are does. */
const listSettings: readonly string[] = ['data.choice.classes', 'data.choice.split.test']

function settingsOf(value: unknown, path: string, into: Map<string, SettingValue>): void {
  if (Array.isArray(value) && listSettings.includes(path)) {
    into.set(path, value.join(', '))
  } else if (value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') {
    into.set(path, value)
  } else if (Array.isArray(value)) {
    value.forEach((item: unknown, index) => {
      settingsOf(item, `${path}.${nameInList(item, String(index))}`, into)
    })
  } else if (typeof value === 'object') {
    for (const [key, item] of Object.entries(value)) settingsOf(item, path === '' ? key : `${path}.${key}`, into)
  }
}

/**
 * The setting at a dotted path as `flatSettings` names them, without reading the others; undefined where there is none.
 */
export function settingAt(config: unknown, path: string): SettingValue | undefined {
  return settingWithin(config, path, '')
}

function settingWithin(value: unknown, rest: string, path: string): SettingValue | undefined {
  if (rest === '') {
    const found = new Map<string, SettingValue>()
    if (value === null || typeof value !== 'object' || listSettings.includes(path)) settingsOf(value, path, found)
    return found.get(path)
  }
  if (typeof value !== 'object' || value === null) return undefined
  for (const [key, item] of Object.entries(value) as [string, unknown][]) {
    const name = Array.isArray(value) ? nameInList(item, key) : key
    // Names of layers may have dots themselves.
    if (rest !== name && !rest.startsWith(`${name}.`)) continue
    const found = settingWithin(item, rest.slice(name.length + 1), path === '' ? name : `${path}.${name}`)
    if (found !== undefined) return found
  }
  return undefined
}

function nameInList(item: unknown, index: string): string {
  return typeof item === 'object' && item !== null && 'name' in item ? String(item.name) : index
}

/** All settings of a configuration by dotted path, layers by name. */
export function flatSettings(config: RunConfig): Map<string, SettingValue> {
  const settings = new Map<string, SettingValue>()
  settingsOf(config, '', settings)
  return settings
}

/** The configuration with its data choice written out, even where it takes everything as published. */
function withChoice(config: RunConfig): RunConfig {
  return { ...config, data: { ...config.data, choice: choiceOf(config.data) } }
}

/**
 * The settings in which two or more configurations differ, in the order in which they first appear. If one of them
 * states a data choice, the choices of all are compared, the unstated ones included.
 */
export function differencesOf(configs: readonly RunConfig[]): Differences {
  const chosen = configs.some(({ data }) => data.choice !== undefined)
  const flat = configs.map((config) => flatSettings(chosen ? withChoice(config) : config))
  const paths = new Set(flat.flatMap((settings) => [...settings.keys()]))
  const differing: Difference[] = []
  let equal = 0
  for (const path of paths) {
    const values = flat.map((settings) => settings.get(path))
    if (values.every((value) => value === values[0])) equal += 1
    else differing.push({ path, values })
  }
  return { differing, equal }
}
