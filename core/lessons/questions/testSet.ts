import { heldOutImages } from '../../run/validation.ts'
import { asksForChoice, asksForNumber } from '../question.ts'

export const testSetQuestions = {
  'test-set-validation': asksForNumber({
    lesson: 'test-set',
    number: 34,
    decimals: 0,
    draw: (draw) => ({
      images: draw.oneOf([2000, 5000, 20_000, 50_000, 60_000]),
      percent: draw.oneOf([5, 10, 20, 25]),
    }),
    answer: ({ images, percent }) => images - heldOutImages(images, percent / 100),
  }),
  'test-set-choice': asksForChoice({
    lesson: 'test-set',
    number: 35,
    options: ['too-good', 'too-bad', 'exact'],
    draw: (draw) => ({ runs: draw.whole(2, 8) * 10 }),
    answer: () => 'too-good',
  }),
  'test-set-errors': asksForNumber({
    lesson: 'test-set',
    number: 36,
    decimals: 1,
    draw: (draw) => ({ images: draw.oneOf([1000, 2000, 10_000]), wrong: draw.whole(11, 399) }),
    answer: ({ images, wrong }) => (100 * (images - wrong)) / images,
  }),
}
