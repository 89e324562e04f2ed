import * as m from '../../messages/compiled/messages.js'
import { plain, rounded, term, type TextsOf } from './questionText.ts'

/** Of gradient descent. */
export const landscapeTexts: TextsOf<'landscape-step' | 'landscape-momentum' | 'landscape-rate'> = {
  'landscape-step': {
    ask: ({ weight, gradient, rate }, format) =>
      m.ask_landscape_step({
        weight: plain(weight, format),
        gradient: plain(gradient, format),
        rate: plain(rate, format),
      }),
    working: ({ weight, gradient, rate }, answer, format) =>
      `${plain(weight, format)} − ${plain(rate, format)} · ${term(gradient, format)} ${rounded(answer, 3, format)}`,
  },
  'landscape-momentum': {
    ask: ({ weight, velocity, gradient, momentum, rate }, format) =>
      m.ask_landscape_momentum({
        weight: plain(weight, format),
        velocity: plain(velocity, format),
        gradient: plain(gradient, format),
        momentum: plain(momentum, format),
        rate: plain(rate, format),
      }),
    working: ({ weight, velocity, gradient, momentum, rate }, answer, format) => {
      const next = momentum * velocity + gradient
      const first = `v = ${plain(momentum, format)} · ${term(velocity, format)} + ${term(gradient, format)} = ${plain(next, format)}`
      const second = `w = ${plain(weight, format)} − ${plain(rate, format)} · ${term(next, format)} ${rounded(answer, 3, format)}`
      return `${first};  ${second}`
    },
  },
  'landscape-rate': {
    ask: ({ rate, step }, format) => m.ask_landscape_rate({ rate: plain(rate, format), step }),
    working: () => m.work_landscape_rate(),
    options: {
      lower: m.option_landscape_lower,
      higher: m.option_landscape_higher,
      longer: m.option_landscape_longer,
    },
  },
}
