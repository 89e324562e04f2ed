import { extentAfter } from '../../network/windows.ts'
import { lessonPool } from '../layers.ts'
import { OneLayer } from '../oneLayer.ts'
import { asksForNumber } from '../question.ts'
import type { Draw } from '../draw.ts'

/** A window of two by two, row by row. */
function windowOfFour(draw: Draw): number[] {
  return Array.from({ length: 4 }, () => draw.whole(0, 9))
}

export const subsamplingQuestions = {
  'subsampling-mean': asksForNumber({
    lesson: 'subsampling',
    number: 10,
    decimals: 2,
    draw: (draw) => ({ window: windowOfFour(draw), takes: draw.oneOf(['largest', 'mean'] as const) }),
    answer: ({ window, takes }) => subsampled({ window, takes, scale: 1, shift: 0 }),
  }),
  'subsampling-neuron': asksForNumber({
    lesson: 'subsampling',
    number: 11,
    decimals: 2,
    draw: (draw) => ({
      window: windowOfFour(draw),
      takes: 'mean' as const,
      scale: draw.tenths(-20, 20),
      shift: draw.tenths(-30, 30),
    }),
    answer: subsampled,
  }),
  'subsampling-size': asksForNumber({
    lesson: 'subsampling',
    number: 12,
    decimals: 0,
    draw: (draw) => ({ extent: draw.oneOf([12, 16, 20, 24, 28, 32]), maps: draw.oneOf([16, 32, 64]) }),
    answer: ({ extent, maps }) => extentAfter(extent, 2, 2, 'valid') ** 2 * maps,
  }),
}

/** What is given of a subsampling neuron with a window of two by two and ReLU. */
interface Subsampling {
  readonly window: readonly number[]
  readonly takes: 'largest' | 'mean'
  readonly scale: number
  readonly shift: number
}

function subsampled({ window, takes, scale, shift }: Subsampling): number {
  const layer = lessonPool(takes, { size: 2, stride: 2, padding: 'valid' }, { kind: 'relu' })
  return new OneLayer(layer, { shape: [2, 2, 1], values: window }, { scale: [scale], shift: [shift] }).explain({
    map: 0,
    y: 0,
    x: 0,
  }).computed
}
