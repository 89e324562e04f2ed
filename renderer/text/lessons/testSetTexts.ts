import * as m from '../../messages/compiled/messages.js'
import { rounded, type TextsOf } from './questionText.ts'

/** Of training, validation and test. */
export const testSetTexts: TextsOf<'test-set-validation' | 'test-set-choice' | 'test-set-errors'> = {
  'test-set-validation': {
    ask: ({ images, percent }, format) => m.ask_test_set_validation({ images: format.whole(images), percent }),
    working: ({ images, percent }, answer, format) =>
      `${format.whole(images)} · (100 − ${percent}) / 100 ${rounded(answer, 0, format)}`,
  },
  'test-set-choice': {
    ask: ({ runs }) => m.ask_test_set_choice({ runs }),
    working: () => m.work_test_set_choice(),
    options: {
      'too-good': m.option_test_set_too_good,
      'too-bad': m.option_test_set_too_bad,
      exact: m.option_test_set_exact,
    },
  },
  'test-set-errors': {
    ask: ({ images, wrong }, format) => m.ask_test_set_errors({ images: format.whole(images), wrong }),
    working: ({ images, wrong }, answer, format) =>
      `100 · (${format.whole(images)} − ${wrong}) / ${format.whole(images)} ${rounded(answer, 1, format)}`,
  },
}
