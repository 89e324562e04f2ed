import type { Optimizer } from '../../core/run/run.ts'
import type { SettingWarning } from '../../core/run/settingWarnings.ts'
import * as m from '../messages/compiled/messages.js'
import type { Formats } from './formats.ts'
import { optimizerName } from './labels.ts'

/** A warning about a setting in a sentence. */
export function warningText(warning: SettingWarning, optimizer: Pick<Optimizer, 'kind'>, format: Formats): string {
  switch (warning.kind) {
    case 'many-epochs':
      return m.warn_epochs({
        epochs: format.whole(Math.round(warning.epochs)),
        images: format.whole(warning.images),
      })
    case 'large-batch':
      return m.warn_batch({ batch: format.whole(warning.batch), images: format.whole(warning.images) })
    case 'far-rate': {
      const { rate, usual } = warning
      const times = Math.max(rate / usual, usual / rate)
      const said = {
        times: format.figures(Number(times.toPrecision(times < 100 ? 2 : 1))),
        usual: format.figures(usual),
        optimizer: optimizerName(optimizer),
      }
      return rate > usual ? m.warn_rate_large(said) : m.warn_rate_small(said)
    }
  }
}
