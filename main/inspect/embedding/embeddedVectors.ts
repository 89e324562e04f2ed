import type { Vectors } from '../../../core/embedding/vectors.ts'

/** The vectors of some test images, in memory that a thread can share. */
export interface EmbeddedVectors extends Vectors {
  /** The images, ascending: their places in the run's test list. */
  readonly numbers: Uint32Array
  readonly values: Float32Array<SharedArrayBuffer>
}

/** Room for vectors. */
export function roomFor(rows: number, columns: number): Float32Array<SharedArrayBuffer> {
  return new Float32Array(new SharedArrayBuffer(rows * columns * Float32Array.BYTES_PER_ELEMENT))
}
