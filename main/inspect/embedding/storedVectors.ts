import { createHash } from 'node:crypto'
import { open, type FileHandle } from 'node:fs/promises'
import { z } from 'zod'
import { Sha256 } from '../../../core/data/dataset.ts'
import { StoredFiles } from '../storedFiles.ts'
import { type EmbeddedVectors, roomFor } from './embeddedVectors.ts'

/** Bytes of the files that are kept: some of a narrow layer, or two of the widest. */
const kept = 256_000_000

/** Bytes that are read and summed up at once: little enough that other calls are answered meanwhile. */
const pieceBytes = 1_000_000

/** The first line is shorter. */
const headBytes = 1024

/** The first line of a file. The numbers of the images (uint32) and their vectors (float32) follow. */
const Header = z.strictObject({
  format: z.literal('conv-lab-vectors-1'),
  /** sha256 of the checkpoint's file. */
  checkpoint: Sha256,
  layer: z.string(),
  rows: z.int().min(1),
  columns: z.int().min(1),
  /** Of all that follows. */
  sha256: Sha256,
})
type Header = z.infer<typeof Header>

/** What vectors are of. */
export interface VectorsSubject {
  /** sha256 of the checkpoint's file. */
  readonly checkpoint: string
  readonly layer: string
  readonly rows: number
  readonly columns: number
}

function nameOf({ checkpoint, rows }: VectorsSubject): string {
  return `${checkpoint}-${rows}`
}

function bytesOf(values: Uint32Array | Float32Array): Uint8Array {
  return new Uint8Array(values.buffer, values.byteOffset, values.byteLength)
}

/** The header, and where it ends; null when the file is damaged or of something else. */
async function headOf(
  file: FileHandle,
  subject: VectorsSubject,
): Promise<{ readonly header: Header; readonly end: number } | null> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(headBytes), 0, headBytes, 0)
  const end = buffer.subarray(0, bytesRead).indexOf('\n')
  if (end === -1) return null
  try {
    const header = Header.parse(JSON.parse(buffer.toString('utf8', 0, end)))
    const { checkpoint, layer, rows, columns } = subject
    const isIts =
      header.checkpoint === checkpoint && header.layer === layer && header.rows === rows && header.columns === columns
    return isIts ? { header, end: end + 1 } : null
  } catch {
    return null
  }
}

async function vectorsIn(file: FileHandle, subject: VectorsSubject): Promise<EmbeddedVectors | null> {
  const head = await headOf(file, subject)
  if (head === null) return null
  const { rows, columns } = subject
  const numbers = new Uint32Array(rows)
  const values = roomFor(rows, columns)
  const hash = createHash('sha256')
  let position = head.end
  for (const into of [bytesOf(numbers), bytesOf(values)])
    for (let done = 0; done < into.length;) {
      const wanted = Math.min(pieceBytes, into.length - done)
      const { buffer, bytesRead } = await file.read(Buffer.allocUnsafe(wanted), 0, wanted, position)
      if (bytesRead === 0) return null
      const piece = buffer.subarray(0, bytesRead)
      hash.update(piece)
      into.set(piece, done)
      done += bytesRead
      position += bytesRead
    }
  return hash.digest('hex') === head.header.sha256 ? { rows, columns, numbers, values } : null
}

/** The vectors of hidden layers that were computed, a file for each checkpoint and number of images. */
export class StoredVectors {
  readonly #files: StoredFiles

  /** @param most Bytes of all files together. */
  constructor(folder: string, most: number = kept) {
    this.#files = new StoredFiles({ folder, suffix: '.vectors', most })
  }

  /** The vectors, if they are stored. */
  async known(subject: VectorsSubject): Promise<EmbeddedVectors | null> {
    const file = await open(this.#files.pathOf(nameOf(subject)), 'r').catch(() => null)
    if (file === null) return null
    let vectors: EmbeddedVectors | null
    try {
      vectors = await vectorsIn(file, subject)
    } finally {
      await file.close()
    }
    if (vectors === null) await this.#files.forget(nameOf(subject))
    else await this.#files.used(nameOf(subject))
    return vectors
  }

  /**
   * Stores vectors.
   * @param sha256 Of the bytes of their numbers and values.
   * @throws LabError `disk-full` or `write-failed`.
   */
  async keep(subject: VectorsSubject, { numbers, values }: EmbeddedVectors, sha256: string): Promise<void> {
    const { checkpoint, layer, rows, columns } = subject
    const header: Header = { format: 'conv-lab-vectors-1', checkpoint, layer, rows, columns, sha256 }
    const head = Buffer.from(`${JSON.stringify(header)}\n`)
    await this.#files.keep(nameOf(subject), [head, bytesOf(numbers), bytesOf(values)])
  }
}
