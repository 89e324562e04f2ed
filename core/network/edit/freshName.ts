import type { Layer } from '../../layers/registry.ts'
import { isMerging } from './wiring.ts'

/** What layers of a kind are called, before their number. */
const stems: Partial<Record<Layer['kind'], string>> = {
  'depthwise-conv': 'depthwise',
  'batch-norm': 'norm',
  'max-pool': 'pool',
  'average-pool': 'pool',
  'global-max-pool': 'pool',
  'global-average-pool': 'pool',
  dense: 'fc',
  dropout: 'drop',
}

/** What a layer is called, before its number: `conv`, `norm`, `relu`, `fc`. */
export function stemOf(layer: Layer): string {
  if (layer.kind === 'activation') return layer.function.kind.replaceAll('-', '_')
  return stems[layer.kind] ?? layer.kind.replaceAll('-', '_')
}

/** Kinds of which a network mostly has one, so that the first has no number. */
const unnumbered: readonly string[] = ['flatten', 'classes']

/** A name of this stem that is not taken, with the number after the highest so far: `conv_3`. */
export function freshName(stem: string, taken: ReadonlySet<string>): string {
  if (unnumbered.includes(stem) && !taken.has(stem)) return stem
  const numbers = [...taken].flatMap((name) => {
    const [, before, number] = /^(.*)_(\d{1,6})$/.exec(name) ?? []
    return before === stem ? [Number(number)] : []
  })
  return `${stem}_${Math.max(unnumbered.includes(stem) ? 1 : 0, ...numbers) + 1}`
}

/** Layers that are put into a network together, in order. */
export type Block = readonly [Layer, ...Layer[]]

/** The layers with fresh names; among them, an input that names one of them by its old name follows. */
export function withFreshNames(block: Block, taken: readonly string[], stem: (layer: Layer) => string = stemOf): Block {
  const known = new Set(taken)
  const names = new Map<string, string>()
  for (const layer of block) {
    const name = freshName(stem(layer), known)
    known.add(name)
    names.set(layer.name, name)
  }
  const follow = (name: string): string => names.get(name) ?? name
  const renamed = (layer: Layer): Layer => {
    const name = follow(layer.name)
    if (isMerging(layer)) return { ...layer, name, from: layer.from.map(follow) }
    return layer.from === undefined ? { ...layer, name } : { ...layer, name, from: follow(layer.from) }
  }
  const [first, ...others] = block
  return [renamed(first), ...others.map(renamed)]
}
