import * as m from '../../messages/compiled/messages.js'
import { plain, rounded, term, type TextsOf } from './questionText.ts'

const names = { sigmoid: m.function_sigmoid, tanh: m.function_tanh, relu: m.function_relu }

/** Of activation functions. */
export const activationTexts: TextsOf<'activation-value' | 'activation-vanishing' | 'activation-dead'> = {
  'activation-value': {
    ask: ({ kind, net }, format) => m.ask_activation_value({ net: plain(net, format), function: names[kind]() }),
    working: ({ kind, net }, answer, format) => {
      const value = rounded(answer, 2, format)
      if (kind === 'relu') return `max(0; ${plain(net, format)}) ${value}`
      if (kind === 'tanh') return `tanh(${plain(net, format)}) ${value}`
      return `1 / (1 + exp(−${term(net, format)})) ${value}`
    },
  },
  'activation-vanishing': {
    ask: ({ layers }) => m.ask_activation_vanishing({ layers }),
    working: ({ layers }, answer, format) =>
      m.work_activation_vanishing({
        layers,
        power: Array(layers).fill('4').join(' · '),
        answer: typeof answer === 'number' ? format.whole(answer) : answer,
      }),
  },
  'activation-dead': {
    ask: ({ net }, format) => m.ask_activation_dead({ net: plain(net, format) }),
    working: () => m.work_activation_dead(),
    options: {
      nothing: m.option_activation_nothing,
      slowly: m.option_activation_slowly,
      'as-others': m.option_activation_as_others,
    },
  },
}
