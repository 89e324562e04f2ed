import type { Layer } from '../layers/registry.ts'
import { imageName } from '../layers/parts/fields.ts'
import { sourcesOf } from './geometry.ts'
import { layerSettings, type LayerSettingValue } from './layerSettings.ts'
import { classifierOf, type Network } from './network.ts'

/** A setting that differs, with its value in either network; undefined where one has no such setting. */
export interface SettingDifference {
  /** By its name in a file, such as `kernel.height`; `kind` and `from` are among them. */
  readonly setting: string
  readonly before: LayerSettingValue | undefined
  readonly after: LayerSettingValue | undefined
}

/** What became of a layer. Places are from 0 on, in the network before or after. */
export type LayerDifference =
  | { readonly kind: 'added'; readonly layer: Layer; readonly place: number }
  | { readonly kind: 'removed'; readonly layer: Layer; readonly place: number }
  | {
      /** It is in both: moved against the others, under another name, or with other settings. */
      readonly kind: 'changed'
      readonly before: Layer
      readonly after: Layer
      readonly place: number
      readonly moved: boolean
      readonly renamed: boolean
      readonly settings: readonly SettingDifference[]
    }

export interface NetworkDifferences {
  /** In the order of the network after; removed layers where they were. */
  readonly layers: readonly LayerDifference[]
  readonly head: readonly SettingDifference[]
  /** Null where both take the same image, or both take that of the data set. */
  readonly input: { readonly before: Network['input'] | null; readonly after: Network['input'] | null } | null
  /** Number of layers that are the same in both. */
  readonly equal: number
}

type Values = ReadonlyMap<string, LayerSettingValue>

function differing(before: Values, after: Values): SettingDifference[] {
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((setting) => {
    const [one, other] = [before.get(setting), after.get(setting)]
    return one === other ? [] : [{ setting, before: one, after: other }]
  })
}

/** The place of each longest ascending choice of numbers (Fredman 1975, patience sorting). */
function longestAscending(numbers: readonly number[]): ReadonlySet<number> {
  const ends: number[] = []
  const previous: number[] = []
  for (const [index, number] of numbers.entries()) {
    let place = ends.findIndex((end) => numbers[end] > number)
    if (place < 0) place = ends.length
    previous[index] = place === 0 ? -1 : ends[place - 1]
    ends[place] = index
  }
  const chosen = new Set<number>()
  for (let index = ends.at(-1) ?? -1; index >= 0; index = previous[index]) chosen.add(index)
  return chosen
}

/** Layers of both networks that are the same one: first by name, then those of one kind with equal settings between them. */
function matched(before: readonly Layer[], after: readonly Layer[]): Map<number, number> {
  const pairs = new Map<number, number>()
  const taken = new Set<number>()
  const pair = (later: number, earlier: number): void => {
    pairs.set(later, earlier)
    taken.add(earlier)
  }
  for (const [later, layer] of after.entries()) {
    const earlier = before.findIndex(
      ({ name, kind }, index) => name === layer.name && kind === layer.kind && !taken.has(index),
    )
    if (earlier >= 0) pair(later, earlier)
  }
  const alike = (one: Layer, other: Layer): boolean =>
    one.kind === other.kind && differing(layerSettings(one), layerSettings(other)).length === 0
  for (const [later, layer] of after.entries()) {
    if (pairs.has(later)) continue
    // Only where it would not have moved: behind the layer that the one before it was.
    const behind = later === 0 ? -1 : pairs.get(later - 1)
    if (behind === undefined) continue
    const earlier = behind + 1
    const free = earlier < before.length && !taken.has(earlier)
    if (free && !after.some(({ name }) => name === before[earlier].name) && alike(before[earlier], layer))
      pair(later, earlier)
  }
  // What has one name and another kind is a layer that was changed, if nothing else became of it.
  for (const [later, layer] of after.entries()) {
    if (pairs.has(later)) continue
    const earlier = before.findIndex(({ name }, index) => name === layer.name && !taken.has(index))
    if (earlier >= 0) pair(later, earlier)
  }
  return pairs
}

/** What comes in by name, in one text; names of the network before are those that the layers have after. */
function sourcesText(layers: readonly Layer[], place: number, named: (name: string) => string): string {
  const before = place === 0 ? imageName : layers[place - 1].name
  return sourcesOf(layers[place], before).map(named).join(', ')
}

/** The settings of a layer, and what it takes where it says so. */
function valuesOf(layer: Layer, sources: string | null, ignored: readonly string[]): Values {
  const settings = layerSettings(layer)
  for (const setting of ignored) settings.delete(setting)
  return new Map<string, LayerSettingValue>([
    ['kind', layer.kind],
    ...(sources === null ? [] : [['from', sources] as const]),
    ...settings,
  ])
}

/**
 * What changed from one network to another, layer by layer: what was added, removed, moved, renamed, and which settings
 * have other values. The units of the classifiers of two free networks are the data set's, so they are not compared.
 */
export function networkDifferences(before: Network, after: Network): NetworkDifferences {
  const pairs = matched(before.layers, after.layers)
  const kept = [...pairs].sort(([one], [other]) => one - other)
  const still = longestAscending(kept.map(([, earlier]) => earlier))
  const moved = new Set(kept.filter((_, index) => !still.has(index)).map(([later]) => later))
  const newNames = new Map(kept.map(([later, earlier]) => [before.layers[earlier].name, after.layers[later].name]))
  const free = before.input === undefined && after.input === undefined
  const classifiers = free ? [classifierOf(before), classifierOf(after)] : [null, null]

  const changes = after.layers.flatMap((layer, place): LayerDifference[] => {
    const earlier = pairs.get(place)
    if (earlier === undefined) return [{ kind: 'added', layer, place }]
    const old = before.layers[earlier]
    const tellsClasses = old.name === classifiers[0] && layer.name === classifiers[1]
    const ignored = tellsClasses ? ['units', 'filters'] : []
    // Who takes the layer before it takes another one when that changes: this is said there.
    const says = old.from !== undefined || layer.from !== undefined
    const settings = differing(
      valuesOf(old, says ? sourcesText(before.layers, earlier, (name) => newNames.get(name) ?? name) : null, ignored),
      valuesOf(layer, says ? sourcesText(after.layers, place, (name) => name) : null, ignored),
    )
    const renamed = old.name !== layer.name
    return settings.length === 0 && !renamed && !moved.has(place)
      ? []
      : [{ kind: 'changed', before: old, after: layer, place, moved: moved.has(place), renamed, settings }]
  })

  const stayed = new Set(pairs.values())
  const laterOf = new Map(kept.map(([later, earlier]) => [earlier, later]))
  // A removed layer is told before what followed it.
  const removed = before.layers.flatMap((layer, place) => {
    if (stayed.has(place)) return []
    let next = place + 1
    while (next < before.layers.length && !laterOf.has(next)) next += 1
    return [{ at: laterOf.get(next) ?? after.layers.length, difference: { kind: 'removed', layer, place } as const }]
  })
  const all = [...removed, ...changes.map((difference) => ({ at: difference.place + 0.5, difference }))].sort(
    (one, other) => one.at - other.at,
  )

  const sameInput = JSON.stringify(before.input) === JSON.stringify(after.input)
  return {
    layers: all.map(({ difference }) => difference),
    head: differing(new Map(Object.entries(before.head)), new Map(Object.entries(after.head))),
    input: sameInput ? null : { before: before.input ?? null, after: after.input ?? null },
    equal: after.layers.length - changes.length,
  }
}
