/** Changes that name a layer by its place, for networks in which two may have one name. */
import { imageName } from '../../layers/parts/fields.ts'
import type { Layer } from '../../layers/registry.ts'
import { freshName } from './freshName.ts'
import { isMerging, unwired, wired, withInput } from './wiring.ts'

/** The most characters of a name that a number may still follow. */
const longestStem = 33

/** A name for a layer whose own is taken: it with the next number, at least 2. */
export function nameBeside(layers: readonly Pick<Layer, 'name'>[], name: string): string {
  const stem = name.replace(/_\d{1,6}$/, '').slice(0, longestStem)
  return freshName(stem, new Set([...layers.map((layer) => layer.name), `${stem}_1`]))
}

/** Without the layer at a place. What took it takes what came into it, the first of it where it merged several. */
export function withoutLayer(layers: readonly Layer[], place: number): Layer[] {
  const all = wired(layers)
  const { name } = layers[place]
  const [instead] = all[place].inputs
  return unwired(all.filter((_, index) => index !== place).map((one) => withInput(one, name, instead)))
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
  const all = wired(layers)
  const last = added[added.length - 1].name
  const before = place === 0 ? imageName : layers[place - 1].name
  const source = from ?? (place < all.length ? all[place].inputs[0] : before)
  const kept = all.map((one, index) => (index === place ? withInput(one, source, last) : one))
  const chain = added.map((layer, index) => ({ layer, inputs: [index === 0 ? source : added[index - 1].name] }))
  return unwired([...kept.slice(0, place), ...chain, ...kept.slice(place)])
}

/**
 * With a layer moved up in the list, before the one at `to`: what took it takes what came into it, and it takes what came
 * into that layer, which then takes it.
 */
export function withLayerMovedUp(layers: readonly Layer[], place: number, to: number): Layer[] {
  return withLayersBefore(withoutLayer(layers, place), to, [layers[place]])
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
    if (isMerging(layer)) return { ...layer, from: layer.from.map((source) => (means(index, source) ? name : source)) }
    return layer.from !== undefined && means(index, layer.from) ? { ...layer, from: name } : layer
  })
}
