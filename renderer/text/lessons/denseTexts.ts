import * as m from '../../messages/compiled/messages.js'
import { rounded, type TextsOf } from './questionText.ts'

/** Of dense layers. */
export const denseTexts: TextsOf<'dense-flatten' | 'dense-parameters' | 'dense-convolution'> = {
  'dense-flatten': {
    ask: (given) => m.ask_dense_flatten(given),
    working: ({ extent, maps }, answer, format) => `${extent} · ${extent} · ${maps} ${rounded(answer, 0, format)}`,
  },
  'dense-parameters': {
    ask: (given) => m.ask_dense_parameters(given),
    working: ({ inputs, units }, answer, format) => `(${inputs} + 1) · ${units} ${rounded(answer, 0, format)}`,
  },
  'dense-convolution': {
    ask: (given) => m.ask_dense_convolution(given),
    working: ({ kernel, channels, filters }, answer, format) =>
      m.work_dense_convolution({
        sum: `(${kernel} · ${kernel} · ${channels} + 1) · ${filters} ${rounded(answer, 0, format)}`,
      }),
  },
}
