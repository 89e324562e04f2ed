import { type Histogram, histogramBins } from './health.ts'

/** What a histogram is at least wide, as a share of its low end, so that neighbouring floats lie apart in it. */
const leastShare = 1e-6

/**
 * The histogram of some values, with the range and the bins that the measurements of health have.
 * @param values Finite, at least one.
 */
export function histogramOf(values: Float32Array): Histogram {
  let [low, largest] = [values[0], values[0]]
  for (const value of values) {
    if (value < low) low = value
    if (value > largest) largest = value
  }
  const high = Math.max(largest, low + Math.abs(low) * leastShare + 1e-30)
  const counts = Array<number>(histogramBins).fill(0)
  const scale = histogramBins / (high - low)
  for (const value of values) counts[Math.min(histogramBins - 1, Math.floor((value - low) * scale))] += 1
  return { low, high, counts }
}
