import type { OcclusionPatch } from './explaining.ts'

/** A part of an image: rows from `top` to before `bottom`, columns from `left` to before `right`. */
export interface CoveredPart {
  readonly top: number
  readonly bottom: number
  readonly left: number
  readonly right: number
}

/** The parts that a patch covers in turn, row by row. */
export interface CoveredParts {
  readonly rows: number
  readonly columns: number
  readonly parts: readonly CoveredPart[]
}

function spans(extent: number, { side, stride }: OcclusionPatch): readonly (readonly [from: number, to: number])[] {
  return Array.from({ length: Math.ceil(extent / stride) }, (_, cell) => {
    const middle = (cell * stride + Math.min(extent, (cell + 1) * stride)) / 2
    const from = Math.floor(middle - side / 2)
    return [Math.max(0, from), Math.min(extent, from + side)]
  })
}

/**
 * Where a patch covers an image: once around the middle of each cell of `stride` x `stride` pixels. Cells and
 * patches are cut off at the edges. So every pixel belongs to one place, and with a stride of the side each is covered once.
 */
export function coveredParts(
  { height, width }: { readonly height: number; readonly width: number },
  patch: OcclusionPatch,
): CoveredParts {
  const [down, across] = [spans(height, patch), spans(width, patch)]
  const parts = down.flatMap(([top, bottom]) => across.map(([left, right]) => ({ top, bottom, left, right })))
  return { rows: down.length, columns: across.length, parts }
}
