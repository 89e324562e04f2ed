import { probabilitiesFrom } from '../../inspect/probabilities.ts'
import { tanhLoss } from '../tanhLoss.ts'
import { asksForChoice, asksForNumber } from '../question.ts'

/** The head of one tanh neuron, whose answers do not depend on its loss. */
const head = { kind: 'tanh', loss: 'hinge' } as const

export const tanhQuestions = {
  'tanh-answer': asksForChoice({
    lesson: 'tanh',
    number: 37,
    options: ['class', 'not-class'],
    draw: (draw) => ({ net: draw.tenths(-30, 30) }),
    answer: ({ net }) => (net > 0 ? 'class' : 'not-class'),
  }),
  'tanh-probability': asksForNumber({
    lesson: 'tanh',
    number: 38,
    decimals: 2,
    draw: (draw) => ({ net: draw.tenths(-15, 15) }),
    answer: ({ net }) => probabilitiesFrom(head, [net])[1],
  }),
  'tanh-loss': asksForNumber({
    lesson: 'tanh',
    number: 39,
    decimals: 2,
    draw: (draw) => ({ answer: draw.tenths(-9, 9), wanted: draw.oneOf([1, -1]) }),
    answer: ({ answer, wanted }) => tanhLoss('hinge', answer, wanted),
  }),
}
