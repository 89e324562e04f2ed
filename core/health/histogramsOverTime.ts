import type { Histogram } from './health.ts'

/** The smallest range in which all of these histograms lie; from 0 to 1 where there is none. */
export function commonRange(histograms: readonly Histogram[]): { readonly low: number; readonly high: number } {
  if (histograms.length === 0) return { low: 0, high: 1 }
  return {
    low: Math.min(...histograms.map(({ low }) => low)),
    high: Math.max(...histograms.map(({ high }) => high)),
  }
}

/**
 * The shares of a histogram's values in bins of another range. The values of a bin count as spread evenly over it.
 * @param range Contains the histogram.
 * @param bins Number of the new bins, equally wide over the range.
 * @returns shares that add up to 1; zeros where the histogram is empty.
 */
export function sharesIn(
  { low, high, counts }: Histogram,
  range: { readonly low: number; readonly high: number },
  bins: number,
): number[] {
  const shares = Array<number>(bins).fill(0)
  const total = counts.reduce((sum, count) => sum + count, 0)
  const scale = bins / (range.high - range.low)
  const width = ((high - low) / counts.length) * scale
  counts.forEach((count, bin) => {
    if (count === 0) return
    const from = (low - range.low) * scale + bin * width
    const to = from + width
    const first = Math.min(bins - 1, Math.max(0, Math.floor(from)))
    const last = Math.min(bins - 1, Math.max(first, Math.ceil(to) - 1))
    for (let at = first; at <= last; at += 1) {
      const covered = first === last ? 1 : (Math.min(to, at + 1) - Math.max(from, at)) / width
      shares[at] += (count / total) * covered
    }
  })
  return shares
}
