import * as m from '../../messages/compiled/messages.js'
import { rounded, type TextsOf } from './questionText.ts'

/** Of the batch size. */
export const batchTexts: TextsOf<'batch-steps' | 'batch-noise' | 'batch-images'> = {
  'batch-steps': {
    ask: ({ batch, hundreds }, format) => m.ask_batch_steps({ batch, images: format.whole(hundreds * 100) }),
    working: ({ batch, hundreds }, answer, format) =>
      `${format.whole(hundreds * 100)} / ${batch} ${rounded(answer, 0, format)}`,
  },
  'batch-noise': {
    ask: (given) => m.ask_batch_noise(given),
    working: ({ factor }, answer, format) => `√${factor} ${rounded(answer, 0, format)}`,
  },
  'batch-images': {
    ask: ({ batch, steps }, format) => m.ask_batch_images({ batch, steps: format.whole(steps) }),
    working: ({ batch, steps }, answer, format) => `${batch} · ${format.whole(steps)} ${rounded(answer, 0, format)}`,
  },
}
