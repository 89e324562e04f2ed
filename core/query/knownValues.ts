import { z } from 'zod'
import type { RunFacts } from './runFacts.ts'

/** How many values of a name are told at most. */
const most = 500

const values = z.array(z.string())

/** Texts that runs have, for the completion of a search: each once, in alphabetical order. */
export const KnownTexts = z.strictObject({ name: values, tag: values, set: values, network: values })
export type KnownTexts = z.infer<typeof KnownTexts>

function sorted(texts: ReadonlySet<string>): string[] {
  return [...texts].sort((one, other) => one.localeCompare(other)).slice(0, most)
}

/** The texts of runs; those in the bin say nothing. */
export function knownTexts(all: Iterable<RunFacts>): KnownTexts {
  const [name, tag, set, network] = [new Set<string>(), new Set<string>(), new Set<string>(), new Set<string>()]
  for (const facts of all) {
    if (facts.deletedAt !== null) continue
    if (facts.name !== null) name.add(facts.name)
    for (const one of facts.tags) tag.add(one)
    set.add(facts.set)
    network.add(facts.network ?? facts.preset)
  }
  return { name: sorted(name), tag: sorted(tag), set: sorted(set), network: sorted(network) }
}
