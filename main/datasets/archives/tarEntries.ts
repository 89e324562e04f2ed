import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { extract } from 'tar-stream'
import type { ArchiveEntry } from './archiveEntry.ts'
import { refuseEntry } from './archiveEntry.ts'
import type { Bytes } from './byteStream.ts'

const files = new Set<string | null>(['file', 'contiguous-file'])
const links = new Set<string | null>(['link', 'symlink'])

/** Formats older than ustar have no magic number. The package's types do not list this option. */
const options: Parameters<typeof extract>[0] & { readonly allowUnknownFormat: true } = { allowUnknownFormat: true }

/**
 * The files of a tar archive, in stored order: ustar, pax, GNU and the older formats without a magic number.
 * @param archive Its name, for error sentences.
 * @throws SourceError for links, devices and other kinds of entry with content (GNU sparse files); what the parser
 *   throws for broken bytes.
 */
export async function* tarEntries(bytes: Bytes, archive: string): AsyncGenerator<ArchiveEntry> {
  const parser = extract(options)
  const entries = parser[Symbol.asyncIterator]()
  // Errors of the byte stream are passed to the parser and thrown where its entries are read.
  const fed = pipeline(Readable.from(bytes), parser).catch(() => undefined)
  try {
    for (;;) {
      const next = await entries.next()
      if (next.done === true) return
      const { header } = next.value
      const pieces = next.value[Symbol.asyncIterator]()
      const { name, size } = header
      // The type is null for kinds that the parser does not know, although its types exclude null.
      const type: string | null = header.type
      if (files.has(type)) yield { name, bytes: size, packed: null, open: () => rest(pieces) }
      else if (links.has(type)) refuseEntry(archive, name, 'a-link')
      // Unknown kinds without content are volume labels and the like.
      else if (type !== 'directory' && !(type === null && size === 0)) refuseEntry(archive, name, 'no-file')
      // The parser continues once an entry has been read to its end.
      while ((await pieces.next()).done !== true);
    }
  } finally {
    await entries.return?.()
    await fed
  }
}

/**
 * The remaining bytes of an entry. Reading may stop early: unlike the entry's own iterator, this one does not end the
 * archive then.
 */
async function* rest(pieces: AsyncIterator<unknown>): AsyncGenerator<Buffer> {
  for (;;) {
    const next = await pieces.next()
    if (next.done === true) return
    if (!Buffer.isBuffer(next.value)) throw new TypeError('an archive gives bytes')
    yield next.value
  }
}
