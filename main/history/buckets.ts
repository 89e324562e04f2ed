import { bucketOf } from '../../core/run/curve.ts'

/**
 * Steps `from` to `to`, both included, to be read from summaries of `size` steps. Size 1 means the steps themselves.
 */
export interface CurveSection {
  readonly size: number
  readonly from: number
  readonly to: number
}

/** Sizes of the stored summaries, coarsest first. Each is a multiple of the next. */
export const summarySizes: readonly number[] = [4096, 64]

/** Number of buckets of a grid touched by the steps `from` to `to`. */
export function bucketsTouched(from: number, to: number, width: number): number {
  return bucketOf(to, width) - bucketOf(from, width) + 1
}

/**
 * Rounds a width up to the next summary size if that leaves at least a third of the points, so that few rows make up a
 * bucket: without it a curve of some twenty thousand steps would be read step by step.
 */
function fittingWidth(width: number): number {
  for (const size of summarySizes) {
    if (width > size / 3) return Math.ceil(width / size) * size
  }
  return width
}

/**
 * The bucket width with which a curve over the steps `from` (at least 1) to `to` has at most `points` (at least 1)
 * buckets.
 */
export function bucketWidth(from: number, to: number, points: number): number {
  let width = fittingWidth(Math.ceil((to - from + 1) / points))
  // The grid starts at step 1 whatever the range, so that nothing flickers while the picture is moved. So a range can
  // touch one more bucket.
  while (bucketsTouched(from, to, width) > points) width = fittingWidth(width + 1)
  return width
}

/**
 * Cuts a range of steps into parts, in order, each read from the coarsest summaries that fit within the range. Only
 * summaries whose size divides `width` are used, so that none lies in two buckets.
 */
export function sectionsOf(from: number, to: number, width: number): CurveSection[] {
  return cut(
    from,
    to,
    summarySizes.filter((size) => width % size === 0),
  )
}

function cut(from: number, to: number, sizes: readonly number[]): CurveSection[] {
  if (from > to) return []
  const [size, ...finer] = sizes
  if (size === undefined) return [{ size: 1, from, to }]
  const first = Math.ceil((from - 1) / size)
  const end = Math.floor(to / size)
  if (first >= end) return cut(from, to, finer)
  return [
    ...cut(from, first * size, finer),
    { size, from: first * size + 1, to: end * size },
    ...cut(end * size + 1, to, finer),
  ]
}
