import type { SettingRange } from '../../core/numbers/settingRange.ts'
import type { Language } from '../../core/words/language.ts'
import { phraseText } from '../../core/words/phrases.ts'
import { sentenceOf, type Problem } from '../../core/words/problems.ts'
import * as m from '../messages/compiled/messages.js'
import type { Formats } from './formats.ts'
import { settingRangeSentence } from './labels.ts'
import { sweepSettingName, sweepValueText } from './sweepTexts.ts'

/** The most values of a range in a grid. */
export const mostCounted = 1000

/** What is wrong in a field of a setting, with the word or number that is wrong. */
export type AxisFault =
  | { readonly kind: 'no-number' | 'twice'; readonly field: 'text'; readonly word: string }
  | { readonly kind: 'out-of-range'; readonly field: 'text' | 'from' | 'to'; readonly value: number | null }
  | { readonly kind: 'none-given'; readonly field: 'text' | 'ticked' }
  | { readonly kind: 'not-rising'; readonly field: 'to' }
  | { readonly kind: 'log-from-zero'; readonly field: 'from' }
  | { readonly kind: 'count'; readonly field: 'count' }

/** What is wrong in a field of a setting. */
export function axisFaultText(fault: AxisFault, range: SettingRange | null, format: Formats): string {
  const said = range === null ? '' : settingRangeSentence(range, format)
  switch (fault.kind) {
    case 'no-number':
      return m.sweep_wrong_number({ word: fault.word })
    case 'twice':
      return m.sweep_wrong_twice({ value: fault.word })
    case 'out-of-range':
      return fault.value === null || Number.isNaN(fault.value)
        ? said
        : m.sweep_wrong_value({ value: format.figures(fault.value), range: said })
    case 'none-given':
      return fault.field === 'ticked' ? m.sweep_wrong_untick() : m.sweep_wrong_none()
    case 'not-rising':
      return m.sweep_wrong_order()
    case 'log-from-zero':
      return m.sweep_wrong_log()
    case 'count':
      return m.range_whole({ min: format.whole(2), max: format.whole(mostCounted) })
  }
}

/** Why a setting cannot be swept with its values, or not with those before it. */
export function axisProblemText({ code, parameters }: Problem, format: Formats, language: Language): string {
  if (code === 'sweep-setting-unknown') return m.sweep_wrong_gone()
  const { one, setting, value, detail } = parameters
  if (code === 'sweep-settings-same' && typeof one === 'string')
    return m.sweep_wrong_same({ name: sweepSettingName(one) })
  if (
    code !== 'sweep-value-unfit' ||
    typeof setting !== 'string' ||
    typeof value !== 'string' ||
    typeof detail !== 'object'
  )
    return sentenceOf({ code, parameters }, language)
  const number = Number(value)
  return m.sweep_wrong_unfit({
    value: Number.isNaN(number) ? sweepValueText(setting, value, format) : format.figures(number),
    detail: phraseText(detail, language),
  })
}
