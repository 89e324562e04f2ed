import { sizeOf } from '../../network/shapes.ts'
import { lessonConv, lessonDense } from '../layers.ts'
import { parametersOf } from '../parameters.ts'
import { asksForNumber } from '../question.ts'

export const denseQuestions = {
  'dense-flatten': asksForNumber({
    lesson: 'dense',
    number: 16,
    decimals: 0,
    draw: (draw) => ({ extent: draw.whole(4, 9), maps: draw.oneOf([16, 32, 64]) }),
    answer: ({ extent, maps }) => sizeOf([extent, extent, maps]),
  }),
  'dense-parameters': asksForNumber({
    lesson: 'dense',
    number: 17,
    decimals: 0,
    draw: (draw) => ({ inputs: draw.oneOf([128, 192, 256, 384, 512]), units: draw.oneOf([10, 50, 100, 192]) }),
    answer: ({ inputs, units }) => parametersOf(lessonDense(units), [inputs]),
  }),
  'dense-convolution': asksForNumber({
    lesson: 'dense',
    number: 18,
    decimals: 0,
    draw: (draw) => ({
      extent: draw.oneOf([24, 28, 32]),
      channels: draw.oneOf([1, 3, 64] as const),
      kernel: draw.oneOf([3, 5]),
      filters: draw.oneOf([16, 32, 64]),
    }),
    answer: ({ extent, channels, kernel, filters }) =>
      parametersOf({ ...lessonConv({ size: kernel, stride: 1, padding: 'same' }), filters }, [
        extent,
        extent,
        channels,
      ]),
  }),
}
