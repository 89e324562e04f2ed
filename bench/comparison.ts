import type { ContestantId } from './contestants/contestant.ts'
import type { Figures, RoofResult, TrainingResult } from './results.ts'
import { median, ratiosOf } from './statistics.ts'

/** The figures of one contestant; null where it was not measured. */
export function figuresOf(figures: readonly Figures[], contestant: ContestantId): readonly number[] | null {
  return figures.find((one) => one.contestant === contestant)?.imagesPerSecond ?? null
}

/** PyTorch's or Keras's figures, whichever have the higher median; null where neither was measured. */
export function betterPeer(figures: readonly Figures[]): readonly number[] | null {
  const peers = (['pytorch', 'keras'] as const).flatMap((id) => {
    const measured = figuresOf(figures, id)
    return measured === null ? [] : [measured]
  })
  return peers.reduce<readonly number[] | null>(
    (best, one) => (best === null || median(one) > median(best) ? one : best),
    null,
  )
}

/** Conv Lab's figures as multiples of another's, round by round; null where one of them was not measured. */
export function ourRatios(figures: readonly Figures[], theirs: readonly number[] | null): number[] | null {
  const ours = figuresOf(figures, 'conv-lab')
  return ours === null || theirs === null ? null : ratiosOf(ours, theirs)
}

/** The operation of a kind with the highest median rate; null where none was measured. */
export function highest(roof: readonly RoofResult[], kind: RoofResult['kind']): RoofResult | null {
  return roof
    .filter((one) => one.kind === kind)
    .reduce<RoofResult | null>(
      (best, one) => (best === null || median(one.gigaflops) > median(best.gigaflops) ? one : best),
      null,
    )
}

/** Which share of the best convolution's rate training reaches, round by round, by a count of its operations. */
export function sharesOfRoof(
  { figures, flops }: TrainingResult,
  roof: readonly RoofResult[],
  counted: keyof TrainingResult['flops'],
): number[] | null {
  const ours = figuresOf(figures, 'conv-lab')
  const best = highest(roof, 'convolution')
  if (ours === null || best === null) return null
  return ratiosOf(
    ours.map((imagesPerSecond) => (imagesPerSecond * flops[counted]) / 1e9),
    best.gigaflops,
  )
}
