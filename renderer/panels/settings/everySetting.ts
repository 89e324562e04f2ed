import type { DatasetEntry } from '../../../core/data/dataset.ts'
import { flatSettings } from '../../../core/run/differences.ts'
import type { SettingValue } from '../../../core/run/settingPath.ts'
import type { RunSummary } from '../../../core/run/run.ts'
import * as m from '../../messages/compiled/messages.js'
import type { Formats } from '../../text/formats.ts'
import { friendlyLines, outsideRows, rowOf, type SettingRow } from './settingLines.ts'

/** All settings of some runs: first by name, as a person chooses them, then each as it is stored. */
export interface EverySetting {
  readonly named: readonly SettingRow[]
  /** Every value of the configurations by its dotted path, layers by name. */
  readonly stored: readonly SettingRow[]
}

/** A value exactly as it is stored; nothing is rounded. */
function storedText(value: SettingValue | undefined): string {
  return value === undefined ? m.value_none() : String(value)
}

/** Every setting of one run or of several beside each other, whether it differs or not. */
export function everySetting(
  runs: readonly RunSummary[],
  datasets: readonly DatasetEntry[],
  format: Formats,
): EverySetting {
  const named = friendlyLines(runs, datasets, format).map(({ key, name, describe }) =>
    rowOf(key, name, runs.map(describe)),
  )
  const flat = runs.map(({ config }) => flatSettings(config))
  const paths = [...new Set(flat.flatMap((settings) => [...settings.keys()]))]
  const stored = paths.map((path) =>
    rowOf(
      path,
      path,
      flat.map((settings) => storedText(settings.get(path))),
      true,
    ),
  )
  return { named: [...named, ...outsideRows(runs, format)], stored }
}
