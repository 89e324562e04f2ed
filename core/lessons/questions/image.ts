import { enteringValue } from '../../data/pixels.ts'
import { sizeOf } from '../../network/shapes.ts'
import { asksForChoice, asksForNumber } from '../question.ts'

/** Sides of images, as the data sets have them. */
const sides = [24, 28, 32, 48, 64, 96] as const

export const imageQuestions = {
  'image-numbers': asksForNumber({
    lesson: 'image',
    number: 1,
    decimals: 0,
    draw: (draw) => ({ height: draw.oneOf(sides), width: draw.oneOf(sides), channels: draw.oneOf([1, 3]) }),
    answer: ({ height, width, channels }) => sizeOf([height, width, channels]),
  }),
  'image-scaled': asksForNumber({
    lesson: 'image',
    number: 2,
    decimals: 3,
    draw: (draw) => ({ pixel: draw.whole(51, 199), min: draw.whole(0, 50), max: draw.whole(200, 255) }),
    answer: ({ pixel, min, max }) => enteringValue(pixel, 0, { kind: 'range', min, max }),
  }),
  'image-darkest': asksForChoice({
    lesson: 'image',
    number: 3,
    options: ['zero', 'one', 'half'],
    draw: () => ({}),
    answer: () => 'zero',
  }),
}
