/** A single value of a configuration. */
export type SettingValue = string | number | boolean | null

/** A setting as it stands in a configuration. */
interface PlacedSetting {
  /** Dotted path, items of lists by their name: `model.layers.conv_1.filters`. */
  readonly path: string
  /** The keys that lead to it. A name may have dots itself, so they are more than the parts of the path. */
  readonly keys: readonly string[]
  readonly value: SettingValue
}

/** Lists that count as one setting. Which class comes third says nothing; which classes there are does. */
const listSettings: readonly string[] = ['data.choice.classes', 'data.choice.split.test']

function isSingle(value: unknown): value is SettingValue {
  return value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
}

/** What an item of a list is called: by its name, otherwise by its place. */
function nameInList(item: unknown, index: string): string {
  return typeof item === 'object' && item !== null && 'name' in item ? String(item.name) : index
}

/** The parts of a value with their keys, and the names that they have in paths. */
function partsOf(value: unknown): { readonly key: string; readonly name: string; readonly part: unknown }[] {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).map(([key, part]: [string, unknown]) => ({
    key,
    name: Array.isArray(value) ? nameInList(part, key) : key,
    part,
  }))
}

function joined(path: string, name: string): string {
  return path === '' ? name : `${path}.${name}`
}

/** The value of a setting; undefined for what has settings within. */
function singleAt(value: unknown, path: string): SettingValue | undefined {
  if (Array.isArray(value) && listSettings.includes(path)) return value.join(', ')
  return isSingle(value) ? value : undefined
}

/** All settings within a configuration, in its order. */
export function settingsWithin(config: unknown): PlacedSetting[] {
  const within = (value: unknown, path: string, keys: readonly string[]): PlacedSetting[] => {
    const single = singleAt(value, path)
    if (single !== undefined) return [{ path, keys, value: single }]
    return partsOf(value).flatMap(({ key, name, part }) => within(part, joined(path, name), [...keys, key]))
  }
  return within(config, '', [])
}

/** The setting at a dotted path, without reading the others; null where there is none. */
export function placedSettingAt(config: unknown, wanted: string): PlacedSetting | null {
  const within = (value: unknown, path: string, keys: readonly string[]): PlacedSetting | null => {
    if (path === wanted) {
      const single = singleAt(value, path)
      return single === undefined ? null : { path, keys, value: single }
    }
    for (const { key, name, part } of partsOf(value)) {
      const below = joined(path, name)
      if (wanted !== below && !wanted.startsWith(`${below}.`)) continue
      const found = within(part, below, [...keys, key])
      if (found !== null) return found
    }
    return null
  }
  return within(config, '', [])
}

/** The value of the setting at a dotted path; undefined where there is none. */
export function settingAt(config: unknown, path: string): SettingValue | undefined {
  return placedSettingAt(config, path)?.value
}

/** A copy in which what the keys lead to is something else. They must lead somewhere. */
export function replacedAt(value: unknown, [key, ...rest]: readonly string[], by: unknown): unknown {
  if (key === undefined) return by
  if (Array.isArray(value))
    return value.map((item: unknown, index) => (String(index) === key ? replacedAt(item, rest, by) : item))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, part]: [string, unknown]) => [
      name,
      name === key ? replacedAt(part, rest, by) : part,
    ]),
  )
}
