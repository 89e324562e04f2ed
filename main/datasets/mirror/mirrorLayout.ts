import path from 'node:path'
import type { DatasetDefinition } from '../definition.ts'
import { publishedName } from '../sources/publisher.ts'

/** The file name of a packed set in a mirror. */
export function packName(id: string): string {
  return `${id}.conv-lab`
}

/** The path of a publisher's file in a mirror, relative to the mirror's folder, with `/`. */
export function mirroredName(id: string, file: { readonly url: string }): string {
  return path.posix.join(id, publishedName(file))
}

/**
 * Whether a mirror may pass a set on. Excluded are sets whose licence covers only the person who accepted it, and a
 * person's own images.
 */
export function isMirrored({ card }: Pick<DatasetDefinition, 'card'>): boolean {
  return card.obtained === 'download'
}

/** All files that a mirror can have of these sets, relative to its folder. */
export function mirroredNames(definitions: readonly DatasetDefinition[]): string[] {
  const names = definitions.filter(isMirrored).flatMap(({ card, sources }) => {
    const published = sources.flatMap((source) => (source.kind === 'publisher' ? source.files : []))
    return [packName(card.id), ...published.map((file) => mirroredName(card.id, file))]
  })
  return [...new Set(names)]
}
