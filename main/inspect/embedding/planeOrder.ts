import type { EmbeddingProgress, PlaneMade, PlaneMethod } from '../../../core/embedding/embedding.ts'
import type { PlanePoints } from '../../../core/embedding/vectors.ts'

/** What the thread is given. */
export interface PlaneOrder {
  readonly rows: number
  readonly columns: number
  readonly values: Float32Array<SharedArrayBuffer>
  /** With no more neighbours than there are other rows. */
  readonly method: PlaneMethod
}

/** What it tells: progress, and at last the plane. */
export type PlaneAnswer = EmbeddingProgress | (PlanePoints & { readonly kind: 'made'; readonly made: PlaneMade })
