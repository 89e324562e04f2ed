import { crossEntropy, tempered } from '../softmax.ts'
import { asksForChoice, asksForNumber } from '../question.ts'

export const softmaxQuestions = {
  'softmax-probability': asksForNumber({
    lesson: 'softmax',
    number: 19,
    decimals: 2,
    draw: (draw) => ({ logits: [draw.whole(-2, 3), draw.whole(-2, 3), draw.whole(-2, 3)], label: draw.whole(0, 2) }),
    answer: ({ logits, label }) => tempered(logits, 1)[label],
  }),
  'softmax-loss': asksForNumber({
    lesson: 'softmax',
    number: 20,
    decimals: 2,
    draw: (draw) => ({ percent: draw.oneOf([1, 5, 10, 20, 25, 50, 80, 90, 99]) }),
    answer: ({ percent }) => crossEntropy(percent / 100),
  }),
  'softmax-shift': asksForChoice({
    lesson: 'softmax',
    number: 21,
    options: ['same', 'surer', 'evener'],
    draw: (draw) => ({ amount: draw.whole(1, 9) }),
    answer: () => 'same',
  }),
}
