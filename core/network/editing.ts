/** Changes to a list of layers that keep what each of the others takes. */
import { imageName } from '../layers/parts/fields.ts'
import { Layer } from '../layers/registry.ts'
import { sourcesOf } from './geometry.ts'

/** The most characters of a layer's name. */
const longestName = 40

/** A name that no layer has: this one, or with a number behind it. */
export function freeName(layers: readonly Pick<Layer, 'name'>[], wanted: string): string {
  const taken = new Set([imageName, ...layers.map(({ name }) => name)])
  if (!taken.has(wanted)) return wanted
  const stem = wanted.replace(/_\d+$/, '').slice(0, longestName - 4)
  for (let number = 2; ; number += 1) {
    const name = `${stem}_${number}`
    if (!taken.has(name)) return name
  }
}

/** What each layer takes, by the names that it says or those of the layers before. */
function allSources(layers: readonly Layer[]): (readonly string[])[] {
  return layers.map((layer, place) => sourcesOf(layer, place === 0 ? imageName : layers[place - 1].name))
}

/** A layer that takes these, where it stands after `before`; it says so only where that is not the layer before it. */
function taking(layer: Layer, sources: readonly string[], before: string): Layer {
  if (sourcesOf(layer, before).join() === sources.join()) return layer
  if (layer.kind === 'add' || layer.kind === 'concat') return { ...layer, from: [...sources] }
  const [from] = sources
  if (from !== before) return { ...layer, from }
  return Layer.parse(Object.fromEntries(Object.entries(layer).filter(([key]) => key !== 'from')))
}

/** The layers in another order or number, each taking what is said for it. */
function rewired(wanted: readonly { readonly layer: Layer; readonly sources: readonly string[] }[]): Layer[] {
  return wanted.map(({ layer, sources }, place) =>
    taking(layer, sources, place === 0 ? imageName : wanted[place - 1].layer.name),
  )
}

/**
 * Without the layer at a place. What took it takes what came into it: the first of it where the layer merged several.
 */
export function withoutLayer(layers: readonly Layer[], place: number): Layer[] {
  const sources = allSources(layers)
  const { name } = layers[place]
  const [instead] = sources[place]
  const wanted = layers.map((layer, index) => ({
    layer,
    sources: sources[index].map((source) => (source === name ? instead : source)),
  }))
  return rewired(wanted.filter((_, index) => index !== place))
}

/**
 * With new layers in a row before the layer at a place, or at the end. The first of them takes what comes into that
 * layer, or `from`, and that layer takes the last of them in its place.
 * @param from Which input, for a layer with several.
 */
export function withLayersBefore(
  layers: readonly Layer[],
  place: number,
  added: readonly Layer[],
  from?: string,
): Layer[] {
  const sources = allSources(layers)
  const last = added[added.length - 1].name
  const before = place === 0 ? imageName : layers[place - 1].name
  const source = from ?? sources[place]?.[0] ?? before
  const kept = layers.map((layer, index) => ({
    layer,
    sources: index === place ? sources[index].map((one) => (one === source ? last : one)) : sources[index],
  }))
  const chain = added.map((layer, index) => ({ layer, sources: [index === 0 ? source : added[index - 1].name] }))
  return rewired([...kept.slice(0, place), ...chain, ...kept.slice(place)])
}

/**
 * With the layer at a place moved before the one at `to` (or to the end, where that is the number of layers). What took
 * it takes what came into it; it takes what came into the layer at `to`, which then takes it. A layer that merges keeps
 * what it merges.
 */
export function withMovedLayer(layers: readonly Layer[], place: number, to: number): Layer[] {
  if (to === place || to === place + 1) return [...layers]
  const layer = layers[place]
  if (layer.kind === 'add' || layer.kind === 'concat') {
    const entries = layers.map((one, index) => ({ layer: one, sources: allSources(layers)[index] }))
    const others = entries.filter((_, index) => index !== place)
    const at = to > place ? to - 1 : to
    return rewired([...others.slice(0, at), entries[place], ...others.slice(at)])
  }
  return withLayersBefore(withoutLayer(layers, place), to > place ? to - 1 : to, [layer])
}

/** With the layer at a place under another name, also where others take it. */
export function withName(layers: readonly Layer[], place: number, name: string): Layer[] {
  const old = layers[place].name
  // Later layers that name it mean the last one before them of that name.
  const until = layers.findIndex((layer, index) => index > place && layer.name === old)
  const means = (index: number, source: string): boolean =>
    source === old && index > place && (until < 0 || index <= until)
  return layers.map((layer, index) => {
    if (index === place) return { ...layer, name }
    if (layer.kind === 'add' || layer.kind === 'concat')
      return { ...layer, from: layer.from.map((source) => (means(index, source) ? name : source)) }
    return layer.from !== undefined && means(index, layer.from) ? { ...layer, from: name } : layer
  })
}
