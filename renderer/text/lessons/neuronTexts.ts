import * as m from '../../messages/compiled/messages.js'
import type { Formats } from '../formats.ts'
import { plain, productsText, rounded, term, type TextsOf } from './questionText.ts'

/** Several numbers in a row; with a semicolon, since a comma may mark decimals. */
export function row(values: readonly number[], format: Formats): string {
  return values.map((value) => plain(value, format)).join('; ')
}

/** Of the first two lessons. */
export const neuronTexts: TextsOf<
  'image-numbers' | 'image-scaled' | 'image-darkest' | 'neuron-net' | 'neuron-parameters' | 'neuron-sign'
> = {
  'image-numbers': {
    ask: ({ height, width, channels }) => m.ask_image_numbers({ height, width, channels }),
    working: ({ height, width, channels }, answer, format) =>
      `${height} · ${width} · ${channels} ${rounded(answer, 0, format)}`,
  },
  'image-scaled': {
    ask: (given) => m.ask_image_scaled(given),
    working: ({ pixel, min, max }, answer, format) =>
      `(${pixel} − ${min}) / (${max} − ${min}) = ${pixel - min} / ${max - min} ${rounded(answer, 3, format)}`,
  },
  'image-darkest': {
    ask: () => m.ask_image_darkest(),
    working: () => m.work_image_darkest(),
    options: { zero: m.option_image_zero, one: m.option_image_one, half: m.option_image_half },
  },
  'neuron-net': {
    ask: ({ inputs, weights, bias }, format) =>
      m.ask_neuron_net({ inputs: row(inputs, format), weights: row(weights, format), bias: plain(bias, format) }),
    working: ({ inputs, weights, bias }, answer, format) => {
      const pairs = inputs.map((input, index) => [weights[index], input] as const)
      return `${term(bias, format)} + ${productsText(pairs, format)} ${rounded(answer, 2, format)}`
    },
  },
  'neuron-parameters': {
    ask: ({ inputs }) => m.ask_neuron_parameters({ inputs }),
    working: ({ inputs }, answer, format) =>
      m.work_neuron_parameters({ sum: `${inputs} + 1 ${rounded(answer, 0, format)}` }),
  },
  'neuron-sign': {
    ask: ({ weight }, format) => m.ask_neuron_sign({ weight: plain(weight, format) }),
    working: ({ weight }, _answer, format) =>
      weight > 0
        ? m.work_neuron_up({ weight: plain(weight, format) })
        : m.work_neuron_down({ weight: plain(-weight, format) }),
    options: { up: m.option_neuron_up, down: m.option_neuron_down, same: m.option_neuron_same },
  },
}
