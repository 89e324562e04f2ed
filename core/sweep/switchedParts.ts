import type { RunConfig } from '../run/run.ts'
import { placedSettingAt, replacedAt } from '../run/settingPath.ts'

/**
 * Parts of a configuration that are null while they are off, and what the rest of them is when a sweep gives them one
 * of their values: factors up to 1 and from 1 on, black edges, and mixup as its authors have it.
 */
const whenOn: Readonly<Record<string, Readonly<Record<string, string | number>>>> = {
  'augmentation.pad': { pixels: 4, fill: 'zero' },
  'augmentation.contrast': { min: 1, max: 1 },
  'augmentation.saturation': { min: 1, max: 1 },
  'augmentation.cutout': { side: 8 },
  'augmentation.mixup': { alpha: 1 },
}

/** The part that a path lies in and that can be off; null for none. */
export function switchedPartOf(path: string): string | null {
  return Object.keys(whenOn).find((part) => path.startsWith(`${part}.`)) ?? null
}

/** Whether a part is off in a configuration. */
export function isOff(config: RunConfig, part: string): boolean {
  return placedSettingAt(config, part)?.value === null
}

/** The configuration with these parts on, where they are off. */
export function switchedOn(config: RunConfig, parts: readonly string[] = Object.keys(whenOn)): RunConfig {
  return parts.filter((part) => isOff(config, part)).reduce((on, part) => replaced(on, part, whenOn[part]), config)
}

/** The configuration with a part off. */
export function switchedOff(config: RunConfig, part: string): RunConfig {
  return replaced(config, part, null)
}

function replaced(config: RunConfig, part: string, by: unknown): RunConfig {
  // What stands in a part, or null in its place, has the type that the schema gives it.
  return replacedAt(config, part.split('.'), by) as RunConfig
}
