import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import { Sha256 } from '../../../core/data/dataset.ts'
import { PlaneMade, type PlaneMethod } from '../../../core/embedding/embedding.ts'
import type { PlanePoints } from '../../../core/embedding/vectors.ts'
import { StoredFiles } from '../storedFiles.ts'

/** Bytes of the files that are kept. */
const kept = 32_000_000

/** A plane with its images. */
export interface StoredPlane extends PlanePoints {
  readonly made: PlaneMade
  /** The images, ascending: their places in the run's test list. */
  readonly numbers: Uint32Array
}

/** What a plane is of. */
export interface PlaneSubject {
  /** sha256 of the checkpoint's file. */
  readonly checkpoint: string
  readonly rows: number
  readonly method: PlaneMethod
}

/** The first line of a file. The numbers of the images (uint32), then all x, then all y (float32) follow. */
const Header = z.strictObject({
  format: z.literal('conv-lab-plane-1'),
  /** sha256 of the checkpoint's file. */
  checkpoint: Sha256,
  made: PlaneMade,
  rows: z.int().min(1),
  /** Of all that follows. */
  sha256: Sha256,
})

function nameOf({ checkpoint, rows, method }: PlaneSubject): string {
  const how = method.kind === 'pca' ? 'pca' : `umap-${method.neighbours}-${method.seed}`
  return `${checkpoint}-${rows}-${how}`
}

function bytesOf(values: Uint32Array | Float32Array): Uint8Array {
  return new Uint8Array(values.buffer, values.byteOffset, values.byteLength)
}

function sha256Of(...parts: readonly Uint8Array[]): string {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part)
  return hash.digest('hex')
}

function headerIn(line: Buffer): z.infer<typeof Header> | null {
  try {
    return Header.parse(JSON.parse(line.toString('utf8')))
  } catch {
    return null
  }
}

function isAskedFor({ checkpoint, rows, method }: PlaneSubject, header: z.infer<typeof Header>): boolean {
  const { made } = header
  if (header.checkpoint !== checkpoint || header.rows !== rows) return false
  if (made.kind === 'pca' || method.kind === 'pca') return made.kind === method.kind
  return made.neighbours === method.neighbours && made.seed === method.seed
}

function planeIn(file: Buffer, subject: PlaneSubject): StoredPlane | null {
  const end = file.indexOf('\n')
  const header = headerIn(file.subarray(0, Math.max(0, end)))
  if (header === null || !isAskedFor(subject, header)) return null
  const { made, rows, sha256 } = header
  // Copied, because they must begin at a multiple of four bytes.
  const { buffer, length } = Uint8Array.from(file.subarray(end + 1))
  if (length !== 12 * rows || sha256Of(new Uint8Array(buffer)) !== sha256) return null
  return {
    made,
    numbers: new Uint32Array(buffer, 0, rows),
    x: new Float32Array(buffer, 4 * rows, rows),
    y: new Float32Array(buffer, 8 * rows, rows),
  }
}

/** The planes that were computed, a file for each checkpoint, number of images and way. */
export class StoredPlanes {
  readonly #files: StoredFiles

  /** @param most Bytes of all files together. */
  constructor(folder: string, most: number = kept) {
    this.#files = new StoredFiles({ folder, suffix: '.plane', most })
  }

  /** The plane, if it is stored. */
  async known(subject: PlaneSubject): Promise<StoredPlane | null> {
    const name = nameOf(subject)
    const bytes = await readFile(this.#files.pathOf(name)).catch(() => null)
    if (bytes === null) return null
    const plane = planeIn(bytes, subject)
    if (plane === null) await this.#files.forget(name)
    else await this.#files.used(name)
    return plane
  }

  /** Stores a plane. @throws LabError `disk-full` or `write-failed`. */
  async keep(subject: PlaneSubject, { made, numbers, x, y }: StoredPlane): Promise<void> {
    const parts = [bytesOf(numbers), bytesOf(x), bytesOf(y)]
    const header: z.infer<typeof Header> = {
      format: 'conv-lab-plane-1',
      checkpoint: subject.checkpoint,
      made,
      rows: numbers.length,
      sha256: sha256Of(...parts),
    }
    await this.#files.keep(nameOf(subject), [Buffer.from(`${JSON.stringify(header)}\n`), ...parts])
  }
}
