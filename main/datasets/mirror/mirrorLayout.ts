import path from 'node:path'
import type { DatasetDefinition } from '../definition.ts'
import { publishedName } from '../sources/publisher.ts'

/** The file of a whole packed set in a mirror. */
export function packName(id: string): string {
  return `${id}.conv-lab`
}

/** Where a mirror has a publisher's file of a set, from the mirror's own folder on, with `/`. */
export function mirroredName(id: string, file: { readonly url: string }): string {
  return path.posix.join(id, publishedName(file))
}

/**
 * Whether a set may be passed on by a mirror: what its licence gives only to the one who accepted it, and a person's
 * own images, may not.
 */
export function isMirrored({ card }: Pick<DatasetDefinition, 'card'>): boolean {
  return card.obtained === 'download'
}

/** All files that a mirror can have of these sets, from its own folder on. */
export function mirroredNames(definitions: readonly DatasetDefinition[]): string[] {
  const names = definitions.filter(isMirrored).flatMap(({ card, sources }) => {
    const published = sources.flatMap((source) => (source.kind === 'publisher' ? source.files : []))
    return [packName(card.id), ...published.map((file) => mirroredName(card.id, file))]
  })
  return [...new Set(names)]
}
