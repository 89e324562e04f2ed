import { asksForChoice, asksForNumber } from '../question.ts'
import { viewsOfCrop } from '../views.ts'

export const distortionQuestions = {
  'distortion-views': asksForNumber({
    lesson: 'distortion',
    number: 31,
    decimals: 0,
    draw: (draw) => ({ side: draw.oneOf([28, 32]), cut: draw.oneOf([20, 24, 26]), flip: draw.oneOf([true, false]) }),
    answer: viewsOfCrop,
  }),
  'distortion-signs': asksForChoice({
    lesson: 'distortion',
    number: 32,
    options: ['overfits', 'too-small', 'sound'],
    draw: (draw) => ({ train: draw.whole(96, 99), test: draw.whole(55, 70) }),
    answer: () => 'overfits',
  }),
  'distortion-digits': asksForChoice({
    lesson: 'distortion',
    number: 33,
    options: ['mirror', 'shift', 'brightness'],
    draw: () => ({}),
    answer: () => 'mirror',
  }),
}
