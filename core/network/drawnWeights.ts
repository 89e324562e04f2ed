import type { Variable } from '../layers/parts/layerVariables.ts'

/** What the weights of a kernel are drawn from. */
export type WeightsFrom = Exclude<Variable['initial'], { kind: 'constant' } | { kind: 'whitening' }>

/** A distribution with mean 0: uniform in ±`spread`, or normal with the standard deviation `spread`. */
export interface WeightsDrawing {
  readonly distribution: 'uniform' | 'normal'
  readonly spread: number
}

/**
 * Half the range of uniform weights, or the standard deviation of normal ones; `core/layers/parts/initializer.ts` has
 * the sources.
 */
export function drawnFrom({ kind, fanIn, fanOut }: WeightsFrom): WeightsDrawing {
  switch (kind) {
    case 'glorot-uniform':
      return { distribution: 'uniform', spread: Math.sqrt(6 / (fanIn + fanOut)) }
    case 'glorot-normal':
      return { distribution: 'normal', spread: Math.sqrt(2 / (fanIn + fanOut)) }
    case 'he-uniform':
      return { distribution: 'uniform', spread: Math.sqrt(6 / fanIn) }
    case 'he-normal':
    case 'identity':
      return { distribution: 'normal', spread: Math.sqrt(2 / fanIn) }
    case 'uniform-half':
      return { distribution: 'uniform', spread: 0.5 }
    case 'normal':
      return { distribution: 'normal', spread: 0.05 }
  }
}

/** Maps a word to the middle of one of 2^32 equal parts of (0, 1): never 0 or 1, and symmetric around a half. */
function unitOf(word: number): number {
  return (word + 0.5) / 0x100000000
}

/** Fills the places `from` to before `to` of an array, using four random words for every four values. */
type Filler = (
  data: Float32Array,
  range: { readonly from: number; readonly to: number },
  spread: number,
  wordsAt: (block: number) => Uint32Array,
) => void

/** Uniform in ±spread. */
const fillUniform: Filler = (data, { from, to }, spread, wordsAt) => {
  for (let first = from; first < to; first += 4) {
    const words = wordsAt(first / 4)
    for (let lane = 0; lane < 4 && first + lane < to; lane += 1)
      data[first + lane] = spread * (2 * unitOf(words[lane]) - 1)
  }
}

/**
 * Normal with mean 0 and standard deviation `spread`. Two words give two values (Box & Muller 1958), in double
 * precision.
 */
const fillNormal: Filler = (data, { from, to }, spread, wordsAt) => {
  for (let first = from; first < to; first += 2) {
    const pair = first % 4
    const words = wordsAt((first - pair) / 4)
    const radius = spread * Math.sqrt(-2 * Math.log(unitOf(words[pair])))
    const angle = 2 * Math.PI * unitOf(words[pair + 1])
    data[first] = radius * Math.cos(angle)
    if (first + 1 < to) data[first + 1] = radius * Math.sin(angle)
  }
}

/**
 * Draws the weights `from` to before `to`.
 * @param from A multiple of 4, because every four values share their random words.
 * @param wordsAt The four random words of a block of four values.
 */
export function drawWeights(
  data: Float32Array,
  range: { readonly from: number; readonly to: number },
  { distribution, spread }: WeightsDrawing,
  wordsAt: (block: number) => Uint32Array,
): void {
  const fill = distribution === 'uniform' ? fillUniform : fillNormal
  fill(data, range, spread, wordsAt)
}
