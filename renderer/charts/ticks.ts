import type { Scale } from './scale.ts'

/** Steps between ticks of a clock, in seconds: up to a day. */
const clockSteps = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14_400, 21_600, 43_200, 86_400]

/** What the numbers of an axis count, which decides at which of them it has ticks. */
export type Counting = 'numbers' | 'whole' | 'seconds'

/** The smallest of 1, 2, 5, 10, 20, 50 … (also 0.1, 0.2, 0.5 …) that is not below this. */
export function niceStep(least: number): number {
  const power = 10 ** Math.floor(Math.log10(least))
  const factor = [1, 2, 5, 10].find((one) => one * power >= least * (1 - 1e-9)) ?? 10
  return factor * power
}

function stepFor(least: number, counting: Counting): number {
  if (counting === 'numbers') return niceStep(least)
  if (counting === 'whole') return Math.max(1, niceStep(least))
  return clockSteps.find((step) => step >= least) ?? Math.ceil(least / 86_400) * 86_400
}

/** All multiples of a step in a range. */
function multiples(step: number, { min, max }: Pick<Scale, 'min' | 'max'>): number[] {
  const first = Math.ceil(min / step - 1e-9)
  const last = Math.floor(max / step + 1e-9)
  // From the count: a sum of many steps would drift. Written with few digits, because 3 * 0.1 is not 0.3.
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) =>
    Number(((first + index) * step).toPrecision(12)),
  )
}

/** Powers of ten in a range, so far apart that there are at most so many. */
function powers({ min, max }: Pick<Scale, 'min' | 'max'>, most: number): number[] {
  const first = Math.ceil(Math.log10(min) - 1e-9)
  const last = Math.floor(Math.log10(max) + 1e-9)
  const apart = Math.max(1, Math.ceil((last - first + 1) / most))
  const ticks: number[] = []
  for (let power = Math.ceil(first / apart) * apart; power <= last; power += apart) ticks.push(Number(`1e${power}`))
  return ticks
}

/** Multiples of the powers of ten in a range by these factors. */
function betweenPowers({ min, max }: Pick<Scale, 'min' | 'max'>, factors: readonly number[]): number[] {
  const ticks: number[] = []
  for (let power = Math.floor(Math.log10(min)); power <= Math.floor(Math.log10(max) + 1e-9); power += 1)
    for (const factor of factors) {
      const tick = Number(`${factor}e${power}`)
      if (tick >= min * (1 - 1e-9) && tick <= max * (1 + 1e-9)) ticks.push(tick)
    }
  return ticks
}

/** Where a logarithmic axis has ticks: powers of ten, 1 2 5 between them, or plain numbers if it spans no power. */
function logarithmicTicks(scale: Scale, most: number, counting: Counting): number[] {
  const tens = powers(scale, most)
  const fine = [
    betweenPowers(scale, [1, 2, 3, 4, 5, 6, 7, 8, 9]),
    betweenPowers(scale, [1, 2, 5]),
    betweenPowers(scale, [1, 3]),
    tens,
  ].find((ticks) => ticks.length <= most)
  const ticks = fine ?? tens
  if (ticks.length >= 2 || tens.length >= 2) return ticks
  return multiples(stepFor((scale.max - scale.min) / most, counting), scale)
}

/** Where an axis has ticks, ascending: at most so many or hardly more, all within it. */
export function ticksOf(scale: Scale, most: number, counting: Counting): number[] {
  if (scale.logarithmic) return logarithmicTicks(scale, most, counting)
  return multiples(stepFor((scale.max - scale.min) / most, counting), scale)
}

/** A linear range widened to whole ticks. */
export function widened({ min, max }: Pick<Scale, 'min' | 'max'>, most: number): { min: number; max: number } {
  const step = niceStep((max - min) / most)
  const to = (value: number): number => Number((value * step).toPrecision(12))
  return { min: to(Math.floor(min / step + 1e-9)), max: to(Math.ceil(max / step - 1e-9)) }
}
