import * as m from '../../messages/compiled/messages.js'
import { row } from './neuronTexts.ts'
import { plain, rounded, type TextsOf } from './questionText.ts'

/** The head of one neuron and softmax. */
export const softmaxTexts: TextsOf<
  'softmax-probability' | 'softmax-loss' | 'softmax-shift' | 'tanh-answer' | 'tanh-probability' | 'tanh-loss'
> = {
  'softmax-probability': {
    ask: ({ logits, label }, format) => m.ask_softmax_probability({ logits: row(logits, format), label: label + 1 }),
    working: ({ logits, label }, answer, format) => {
      const powers = logits.map((logit) => `exp(${plain(logit, format)})`)
      return `${powers[label]} / (${powers.join(' + ')}) ${rounded(answer, 2, format)}`
    },
  },
  'softmax-loss': {
    ask: ({ percent }) => m.ask_softmax_loss({ percent }),
    working: ({ percent }, answer, format) => `−ln ${plain(percent / 100, format)} ${rounded(answer, 2, format)}`,
  },
  'softmax-shift': {
    ask: ({ amount }) => m.ask_softmax_shift({ amount }),
    working: ({ amount }) => m.work_softmax_shift({ amount }),
    options: { same: m.option_softmax_same, surer: m.option_softmax_surer, evener: m.option_softmax_evener },
  },
  'tanh-answer': {
    ask: ({ net }, format) => m.ask_tanh_answer({ net: plain(net, format) }),
    working: ({ net }, _answer, format) =>
      m.work_tanh_answer({ answer: format.decimal(Math.tanh(net), 3).replace('-', '−') }),
    options: { class: m.option_tanh_class, 'not-class': m.option_tanh_not_class },
  },
  'tanh-probability': {
    ask: ({ net }, format) => m.ask_tanh_probability({ net: plain(net, format) }),
    working: ({ net }, answer, format) => {
      const value = format.decimal(Math.tanh(net), 3).replace('-', '−')
      return `(1 + tanh(${plain(net, format)})) / 2 ≈ (1 + ${net < 0 ? `(${value})` : value}) / 2 ${rounded(answer, 2, format)}`
    },
  },
  'tanh-loss': {
    ask: ({ answer, wanted }, format) =>
      m.ask_tanh_loss({ answer: plain(answer, format), wanted: plain(wanted, format) }),
    working: ({ answer, wanted }, loss, format) =>
      `max(0; 1 − ${wanted < 0 ? '(−1)' : '1'} · ${answer < 0 ? `(${plain(answer, format)})` : plain(answer, format)}) ${rounded(loss, 2, format)}`,
  },
}
