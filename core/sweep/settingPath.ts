import { z } from 'zod'

/** A value of a setting in a sweep. */
export const SweepValue = z.union([z.string(), z.number(), z.boolean(), z.null()])
export type SweepValue = z.infer<typeof SweepValue>

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The place of a part in a list: that of the item with this name, otherwise its number. */
function placeIn(list: readonly unknown[], part: string): number {
  const named = list.findIndex((item) => isRecord(item) && item.name === part)
  if (named >= 0 || !/^\d+$/.test(part)) return named
  return Number(part) < list.length ? Number(part) : -1
}

/**
 * The value at a dotted path, items of lists by their name: `model.layers.conv_1.filters`. Undefined where there is
 * none.
 */
export function valueAt(value: unknown, path: string): unknown {
  return path.split('.').reduce<unknown>((part, key) => {
    if (Array.isArray(part)) return part[placeIn(part, key)]
    return isRecord(part) && Object.hasOwn(part, key) ? part[key] : undefined
  }, value)
}

/** A copy in which the value at a dotted path is another one. The path must be there. */
export function replacedAt(value: unknown, path: string, by: SweepValue): unknown {
  const [key, ...rest] = path.split('.')
  const inner = (part: unknown): unknown => (rest.length === 0 ? by : replacedAt(part, rest.join('.'), by))
  if (Array.isArray(value)) {
    const place = placeIn(value, key)
    return value.map((item: unknown, index) => (index === place ? inner(item) : item))
  }
  if (!isRecord(value)) return value
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, name === key ? inner(part) : part]))
}
