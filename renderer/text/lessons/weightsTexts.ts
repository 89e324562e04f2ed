import * as m from '../../messages/compiled/messages.js'
import { rounded, type TextsOf } from './questionText.ts'

/** Of initial weights. */
export const weightsTexts: TextsOf<'weights-glorot' | 'weights-he' | 'weights-zero'> = {
  'weights-glorot': {
    ask: (given) => m.ask_weights_glorot(given),
    working: ({ fanIn, fanOut }, answer, format) => `√(6 / (${fanIn} + ${fanOut})) ${rounded(answer, 3, format)}`,
  },
  'weights-he': {
    ask: (given) => m.ask_weights_he(given),
    working: ({ kernel, channels }, answer, format) =>
      `√(2 / (${kernel} · ${kernel} · ${channels})) ${rounded(answer, 3, format)}`,
  },
  'weights-zero': {
    ask: ({ units }) => m.ask_weights_zero({ units }),
    working: ({ units }) => m.work_weights_zero({ units }),
    options: {
      equal: m.option_weights_equal,
      fast: m.option_weights_fast,
      'as-others': m.option_weights_as_others,
    },
  },
}
