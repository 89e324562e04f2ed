import { open, readdir, stat } from 'node:fs/promises'
import path from 'node:path'
import { refuse } from '../../core/words/problems.ts'
import { zipOf, type ZipEntry } from '../files/zip.ts'

/** Bytes of files in one part. Ray takes no package of more than 100 MiB, and bytes that do not shrink stay as many. */
const partBytes = 80_000_000

/** The largest form that is sent, in bytes. */
const mostBytes = 2_000_000_000

/** What is sent to a cluster as one package. */
export interface Parcel {
  /** How many it has before it is compressed. */
  readonly bytes: number
  readonly zip: () => Promise<Buffer>
}

/** A piece of a file: all of it, or one that has a number. */
interface Piece {
  readonly name: string
  readonly file: string
  readonly from: number
  readonly bytes: number
}

/** Divides the files of a folder into parts of at most so many bytes. Larger files are cut into numbered pieces. */
async function partsOf(folder: string, limit: number): Promise<Piece[][]> {
  const parts: Piece[][] = [[]]
  let room = limit
  for (const name of (await readdir(folder)).sort()) {
    const file = path.join(folder, name)
    const { size } = await stat(file)
    const isCut = size > room
    for (let from = 0, piece = 0; from < size || piece === 0; piece += 1) {
      if (room === 0) {
        parts.push([])
        room = limit
      }
      const bytes = Math.min(room, size - from)
      const named = isCut ? `${name}.piece-${String(piece).padStart(4, '0')}` : name
      parts.at(-1)?.push({ name: named, file, from, bytes })
      from += bytes
      room -= bytes
    }
  }
  return parts
}

async function read({ file, from, bytes }: Piece): Promise<Buffer> {
  const content = Buffer.alloc(bytes)
  const handle = await open(file)
  try {
    await handle.read(content, 0, bytes, from)
  } finally {
    await handle.close()
  }
  return content
}

/**
 * A folder of prepared images in parts that are read and compressed one at a time. In each its pieces lie in a folder of
 * this name.
 * @throws LabError `cluster-data-too-large`; nothing was read then.
 */
export async function dataParts(folder: string, name: string, limit = partBytes): Promise<Parcel[]> {
  const parts = (await partsOf(folder, limit)).map((pieces): Parcel => {
    const zip = async (): Promise<Buffer> => {
      const entries: ZipEntry[] = []
      for (const piece of pieces) entries.push({ name: `${name}/${piece.name}`, content: await read(piece) })
      return zipOf(entries, { compress: true })
    }
    return { bytes: pieces.reduce((sum, piece) => sum + piece.bytes, 0), zip }
  })
  const bytes = parts.reduce((sum, part) => sum + part.bytes, 0)
  if (bytes > mostBytes)
    refuse('cluster-data-too-large', { megabytes: Math.round(bytes / 1e6), most: Math.round(mostBytes / 1e6) })
  return parts
}
