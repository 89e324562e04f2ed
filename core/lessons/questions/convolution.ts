import { extentAfter } from '../../network/windows.ts'
import { lessonConv } from '../layers.ts'
import { OneLayer } from '../oneLayer.ts'
import { asksForNumber } from '../question.ts'
import type { Draw } from '../draw.ts'

/** Nine whole numbers, row by row. */
function square(draw: Draw, least: number, greatest: number): number[] {
  return Array.from({ length: 9 }, () => draw.whole(least, greatest))
}

export const convolutionQuestions = {
  'convolution-sum': asksForNumber({
    lesson: 'convolution',
    number: 7,
    decimals: 0,
    draw: (draw) => ({ patch: square(draw, 0, 9), kernel: square(draw, -1, 1), bias: draw.whole(-3, 3) }),
    answer: ({ patch, kernel, bias }) =>
      new OneLayer(
        lessonConv({ size: 3, stride: 1, padding: 'valid' }),
        { shape: [3, 3, 1], values: patch },
        { kernel, bias: [bias] },
      ).explain({ map: 0, y: 0, x: 0 }).computed,
  }),
  'convolution-size': asksForNumber({
    lesson: 'convolution',
    number: 8,
    decimals: 0,
    draw: (draw) => ({
      extent: draw.oneOf([24, 28, 32, 48, 64]),
      kernel: draw.oneOf([3, 5, 7]),
      stride: draw.oneOf([1, 2, 3]),
    }),
    answer: ({ extent, kernel, stride }) => extentAfter(extent, kernel, stride, 'valid'),
  }),
  'convolution-padded': asksForNumber({
    lesson: 'convolution',
    number: 9,
    decimals: 0,
    draw: (draw) => ({
      extent: draw.oneOf([21, 25, 28, 31, 32]),
      kernel: draw.oneOf([3, 5]),
      stride: draw.oneOf([2, 3, 4]),
    }),
    answer: ({ extent, kernel, stride }) => extentAfter(extent, kernel, stride, 'same'),
  }),
}
