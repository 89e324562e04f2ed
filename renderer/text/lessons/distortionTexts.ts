import * as m from '../../messages/compiled/messages.js'
import { rounded, type TextsOf } from './questionText.ts'

/** Of distortions and overfitting. */
export const distortionTexts: TextsOf<'distortion-views' | 'distortion-signs' | 'distortion-digits'> = {
  'distortion-views': {
    ask: ({ side, cut, flip }) =>
      flip ? m.ask_distortion_views_flip({ side, cut }) : m.ask_distortion_views({ side, cut }),
    working: ({ side, cut, flip }, answer, format) =>
      `(${side} − ${cut} + 1)²${flip ? ' · 2' : ''} ${rounded(answer, 0, format)}`,
  },
  'distortion-signs': {
    ask: ({ train, test }) => m.ask_distortion_signs({ train, test }),
    working: ({ train, test }) => m.work_distortion_signs({ gap: train - test }),
    options: {
      overfits: m.option_distortion_overfits,
      'too-small': m.option_distortion_too_small,
      sound: m.option_distortion_sound,
    },
  },
  'distortion-digits': {
    ask: () => m.ask_distortion_digits(),
    working: () => m.work_distortion_digits(),
    options: {
      mirror: m.option_distortion_mirror,
      shift: m.option_distortion_shift,
      brightness: m.option_distortion_brightness,
    },
  },
}
