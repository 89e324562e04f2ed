import { afterStep, atRest } from '../descent.ts'
import { asksForChoice, asksForNumber } from '../question.ts'

export const landscapeQuestions = {
  'landscape-step': asksForNumber({
    lesson: 'landscape',
    number: 22,
    decimals: 3,
    draw: (draw) => ({
      weight: draw.tenths(-20, 20),
      gradient: draw.tenths(-30, 30),
      rate: draw.oneOf([0.01, 0.02, 0.05, 0.1]),
    }),
    answer: ({ weight, gradient, rate }) =>
      afterStep({ kind: 'momentum', momentum: 0 }, rate, atRest([weight]), [gradient]).weights[0],
  }),
  'landscape-momentum': asksForNumber({
    lesson: 'landscape',
    number: 23,
    decimals: 3,
    draw: (draw) => ({
      weight: draw.tenths(-20, 20),
      velocity: draw.tenths(-20, 20),
      gradient: draw.tenths(-20, 20),
      momentum: draw.oneOf([0.5, 0.8, 0.9]),
      rate: draw.oneOf([0.01, 0.1]),
    }),
    answer: ({ weight, velocity, gradient, momentum, rate }) =>
      afterStep({ kind: 'momentum', momentum }, rate, { ...atRest([weight]), mean: [velocity] }, [gradient]).weights[0],
  }),
  'landscape-rate': asksForChoice({
    lesson: 'landscape',
    number: 24,
    options: ['lower', 'higher', 'longer'],
    draw: (draw) => ({ rate: draw.oneOf([0.1, 0.3, 0.7, 1]), step: draw.whole(3, 40) }),
    answer: () => 'lower',
  }),
}
