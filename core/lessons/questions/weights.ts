import { drawnFrom } from '../../network/drawnWeights.ts'
import { asksForChoice, asksForNumber } from '../question.ts'

export const weightsQuestions = {
  'weights-glorot': asksForNumber({
    lesson: 'weights',
    number: 28,
    decimals: 3,
    draw: (draw) => ({ fanIn: draw.oneOf([25, 75, 100, 192, 384]), fanOut: draw.oneOf([10, 64, 100, 192]) }),
    answer: ({ fanIn, fanOut }) => drawnFrom({ kind: 'glorot-uniform', fanIn, fanOut }).spread,
  }),
  'weights-he': asksForNumber({
    lesson: 'weights',
    number: 29,
    decimals: 3,
    draw: (draw) => ({ kernel: draw.oneOf([3, 5]), channels: draw.oneOf([1, 3, 16, 64]) }),
    answer: ({ kernel, channels }) =>
      drawnFrom({ kind: 'he-normal', fanIn: kernel * kernel * channels, fanOut: 1 }).spread,
  }),
  'weights-zero': asksForChoice({
    lesson: 'weights',
    number: 30,
    options: ['equal', 'fast', 'as-others'],
    draw: (draw) => ({ units: draw.whole(2, 9) * 10 }),
    answer: () => 'equal',
  }),
}
