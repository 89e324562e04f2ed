/**
 * What the time of a layer's training step depends on. Its seconds are estimated as the sum of the amounts, each times
 * the cost that a computer has for it (`core/network/timeEstimate.ts`), and a fixed cost of the form.
 */
export interface LayerWork {
  /** What computes it: layers of one form have the same costs. */
  readonly form: string
  /** Amounts that grow with the batch, for one image. */
  readonly perImage: Readonly<Record<string, number>>
  /** Amounts that do not. */
  readonly perStep: Readonly<Record<string, number>>
}
