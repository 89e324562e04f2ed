import { asksForNumber } from '../question.ts'
import { noiseFactor, stepsOfEpoch } from '../batches.ts'

export const batchQuestions = {
  'batch-steps': asksForNumber({
    lesson: 'batch',
    number: 25,
    decimals: 0,
    draw: (draw) => ({
      batch: draw.oneOf([10, 20, 25, 50, 100, 200]),
      hundreds: draw.oneOf([20, 40, 60, 100, 500, 600]),
    }),
    answer: ({ batch, hundreds }) => stepsOfEpoch(hundreds * 100, batch),
  }),
  'batch-noise': asksForNumber({
    lesson: 'batch',
    number: 26,
    decimals: 0,
    draw: (draw) => ({ batch: draw.oneOf([5, 10, 20]), factor: draw.oneOf([4, 9, 16, 25]) }),
    answer: ({ batch, factor }) => Math.round(1 / noiseFactor(batch, batch * factor)),
  }),
  'batch-images': asksForNumber({
    lesson: 'batch',
    number: 27,
    decimals: 0,
    draw: (draw) => ({ batch: draw.oneOf([20, 50, 64, 100, 128]), steps: draw.whole(3, 40) * 50 }),
    answer: ({ batch, steps }) => batch * steps,
  }),
}
