import { activationValue } from '../../layers/parts/activationValue.ts'
import { asksForChoice, asksForNumber } from '../question.ts'
import { gradientThrough } from '../gradientChain.ts'

export const activationQuestions = {
  'activation-value': asksForNumber({
    lesson: 'activation',
    number: 13,
    decimals: 2,
    draw: (draw) => ({ kind: draw.oneOf(['sigmoid', 'tanh', 'relu'] as const), net: draw.tenths(-20, 20) }),
    answer: ({ kind, net }) => activationValue({ kind }, net),
  }),
  'activation-vanishing': asksForNumber({
    lesson: 'activation',
    number: 14,
    decimals: 0,
    draw: (draw) => ({ layers: draw.whole(3, 7) }),
    answer: ({ layers }) => Math.round(1 / (gradientThrough({ kind: 'sigmoid' }, 0, 1, layers).at(-1) ?? 1)),
  }),
  'activation-dead': asksForChoice({
    lesson: 'activation',
    number: 15,
    options: ['nothing', 'slowly', 'as-others'],
    draw: (draw) => ({ net: -draw.whole(1, 9) }),
    answer: () => 'nothing',
  }),
}
