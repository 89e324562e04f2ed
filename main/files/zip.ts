import { buffer } from 'node:stream/consumers'
import { ZipFile } from 'yazl'

/** A file of a zip archive, with its path in it. */
export interface ZipEntry {
  readonly name: string
  readonly content: Uint8Array
}

/** The first day that a zip archive can name, so that equal files make equal archives. */
const firstDay = new Date(1980, 0, 1)

/**
 * A zip archive, the same bytes for the same files in the same order. The system is told that all may read them.
 * @param compress Whether the files are deflated; otherwise they are stored as they are.
 */
export function zipOf(entries: readonly ZipEntry[], { compress }: { compress: boolean }): Promise<Buffer> {
  const zip = new ZipFile()
  for (const { name, content } of entries)
    zip.addBuffer(Buffer.from(content.buffer, content.byteOffset, content.byteLength), name, {
      mtime: firstDay,
      mode: 0o100644,
      compress,
      forceDosTimestamp: true,
    })
  zip.end()
  return buffer(zip.outputStream)
}
