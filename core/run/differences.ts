import { choiceOf } from '../data/datasetView.ts'
import type { RunConfig } from './run.ts'
import { settingsWithin, type SettingValue } from './settingPath.ts'

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

/** All settings of a configuration by dotted path, layers by name. */
export function flatSettings(config: RunConfig): Map<string, SettingValue> {
  return new Map(settingsWithin(config).map(({ path, value }) => [path, value]))
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
