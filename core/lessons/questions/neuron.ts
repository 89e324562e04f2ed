import { lessonDense } from '../layers.ts'
import { netOf } from '../neuron.ts'
import { parametersOf } from '../parameters.ts'
import { asksForChoice, asksForNumber } from '../question.ts'

export const neuronQuestions = {
  'neuron-net': asksForNumber({
    lesson: 'neuron',
    number: 4,
    decimals: 2,
    draw: (draw) => ({
      inputs: [draw.tenths(1, 10), draw.tenths(1, 10), draw.tenths(1, 10)],
      weights: [draw.tenths(-9, 9), draw.tenths(-9, 9), draw.tenths(-9, 9)],
      bias: draw.tenths(-5, 5),
    }),
    answer: netOf,
  }),
  'neuron-parameters': asksForNumber({
    lesson: 'neuron',
    number: 5,
    decimals: 0,
    draw: (draw) => ({ inputs: draw.whole(3, 400) }),
    answer: ({ inputs }) => parametersOf(lessonDense(1), [inputs]),
  }),
  'neuron-sign': asksForChoice({
    lesson: 'neuron',
    number: 6,
    options: ['up', 'down', 'same'],
    draw: (draw) => ({ weight: draw.tenths(-9, 9) }),
    answer: ({ weight }) => (weight > 0 ? 'up' : 'down'),
  }),
}
