import { stat } from 'node:fs/promises'
import path from 'node:path'
import { phrase } from '../../../core/words/phrases.ts'
import { sumOfFile } from '../../files/sumOfFile.ts'
import { SourceError, transferBytes, type DatasetDefinition } from '../definition.ts'
import { isMirrored, mirroredName, packName } from '../mirror/mirrorLayout.ts'
import { addressInMirror, isWebPlace } from '../mirror/mirrorPlace.ts'
import { downloadFile } from './downloadFile.ts'
import type { PublisherSource } from './publisher.ts'
import { MissingFile } from './request.ts'
import type { Transfer } from './transfer.ts'

/** What a mirror has of a set: a packed set, or a publisher's files. Files in a folder are used in place. */
export type MirrorFind =
  | { readonly kind: 'pack'; readonly file: string }
  | { readonly kind: 'files'; readonly source: PublisherSource; readonly files: readonly string[] }

export interface MirrorRequest {
  readonly definition: DatasetDefinition
  /** Which of the card's editions; null: any. */
  readonly edition: string | null
  /** Folder for downloads; it stays after a failure. */
  readonly partial: string
}

/**
 * Looks for a set in a mirror and brings it here.
 * @param place a folder, a network share or an address.
 * @returns null if the mirror has nothing of the set.
 * @throws SourceError when the mirror cannot be reached or has another file than the publisher's, LabError for the
 *   disk, the signal's reason.
 */
export async function fetchFromMirror(
  place: string,
  wish: MirrorRequest,
  transfer: Transfer,
): Promise<MirrorFind | null> {
  const { definition, edition } = wish
  if (!isMirrored(definition)) return null
  const mirror = isWebPlace(place) ? webMirror(place, wish.partial, transfer) : folderMirror(place, transfer)
  await mirror.check()
  const { id } = definition.card
  // The name of a packed set does not tell its edition.
  const pack = edition === null ? await mirror.get(packName(id), null) : null
  if (pack !== null) return { kind: 'pack', file: pack }
  for (const source of definition.sources) {
    if (source.kind !== 'publisher' || (edition !== null && source.edition !== edition)) continue
    const files = await sourceFiles(mirror, id, source)
    if (files !== null) return { kind: 'files', source, files }
  }
  return null
}

interface Mirror {
  /** @throws SourceError where there is no mirror. */
  check(): Promise<void>
  /**
   * @param file null for a packed set.
   * @returns where it is now; null if the mirror does not have it.
   */
  get(
    name: string,
    file: {
      readonly md5: string | null
      readonly bytes: number
      readonly before: number
      readonly total: number
    } | null,
  ): Promise<string | null>
}

/** All files of a source, or null where one is missing. */
async function sourceFiles(mirror: Mirror, id: string, source: PublisherSource): Promise<string[] | null> {
  const files: string[] = []
  let before = 0
  for (const published of source.files) {
    const file = await mirror.get(mirroredName(id, published), { ...published, before, total: transferBytes(source) })
    if (file === null) return null
    before += published.bytes
    files.push(file)
  }
  return files
}

function folderMirror(place: string, { signal, onChecked }: Transfer): Mirror {
  return {
    async check() {
      const found = await stat(place).catch((thrown: unknown) => {
        throw new SourceError(
          phrase('folder-not-reached', {
            code: thrown instanceof Error && 'code' in thrown ? String(thrown.code) : String(thrown),
          }),
          { cause: thrown },
        )
      })
      if (!found.isDirectory()) throw new SourceError(phrase('no-folder', {}))
    },
    async get(name, published) {
      const file = path.join(place, ...name.split('/'))
      const found = await stat(file).catch(() => null) // A file that cannot be read counts as missing.
      if (found === null || !found.isFile()) return null
      if (published === null || published.md5 === null) return file
      const sum = await sumOfFile('md5', file, signal, (done) =>
        onChecked?.(published.before + done, Math.max(published.total, published.before + done)),
      )
      if (sum !== published.md5) throw new SourceError(phrase('not-published-file', { file: name, sum }))
      return file
    },
  }
}

function webMirror(place: string, partial: string, transfer: Transfer): Mirror {
  return {
    // The first request shows whether it answers.
    check: () => Promise.resolve(),
    async get(name, published) {
      const url = addressInMirror(place, name).href
      const file = path.join(partial, path.posix.basename(name))
      const before = published?.before ?? 0
      try {
        await downloadFile({ url, file, md5: published?.md5 ?? null }, transfer, (done, announced) =>
          transfer.onBytes(before + done, Math.max(published?.total ?? announced ?? 0, before + done)),
        )
        return file
      } catch (thrown) {
        if (thrown instanceof MissingFile) return null
        throw thrown
      }
    },
  }
}
