import type { Layer } from '../layers/registry.ts'

export type LayerSettingValue = string | number | boolean | null

/** What says which layer it is and what it takes, and is no setting of it. */
const noSettings: readonly string[] = ['kind', 'name', 'from']

function flatten(value: unknown, path: string, into: Map<string, LayerSettingValue>): void {
  if (value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') {
    into.set(path, value)
  } else if (typeof value === 'object') {
    for (const [key, item] of Object.entries(value)) flatten(item, `${path}.${key}`, into)
  }
}

/** The settings of a layer by their names in a file, those within others with a dot: `filters`, `kernel.height`. */
export function layerSettings(layer: Layer): Map<string, LayerSettingValue> {
  const settings = new Map<string, LayerSettingValue>()
  for (const [key, value] of Object.entries(layer)) if (!noSettings.includes(key)) flatten(value, key, settings)
  return settings
}

/** A value within a setting in few words: `leaky-relu 0.1` of a function. */
function innerText(value: unknown): string {
  if (typeof value === 'object' && value !== null) return Object.values(value).map(innerText).join(' ')
  return typeof value === 'string' || typeof value === 'number' ? `${value}` : ''
}

/** A setting in few words; nothing for what the layer goes without. */
function settingText(key: string, value: unknown): string[] {
  if (value === null) return []
  if (typeof value === 'boolean') return [value ? key : `no ${key}`]
  if (typeof value === 'object' && 'height' in value && 'width' in value)
    return [`${key} ${innerText(value.height)} x ${innerText(value.width)}`]
  return [`${key} ${innerText(value)}`]
}

/** All settings of a layer in one line, by their names in a file: `filters 64, kernel 5 x 5, stride 1, padding same`. */
export function layerSettingsText(layer: Layer): string {
  return Object.entries(layer)
    .flatMap(([key, value]) => (noSettings.includes(key) ? [] : settingText(key, value)))
    .join(', ')
}
