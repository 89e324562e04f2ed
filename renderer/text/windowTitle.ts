import type { RunSummary } from '../../core/run/run.ts'
import * as m from '../messages/compiled/messages.js'
import type { Formats } from './formats.ts'
import { shareOf } from './runFigures.ts'
import { runName } from './runName.ts'

/**
 * The title of the window: how far the training run is, or how the last one ended that nobody has seen yet, then the
 * page. The state comes first, because a narrow tab shows the beginning alone.
 */
export function windowTitle(
  { page, training, ended }: { page: string; training: RunSummary | null; ended: RunSummary | null },
  format: Formats,
): string {
  return [stateText(training, ended, format), page, m.app_name()].filter((part) => part !== null).join(' · ')
}

function stateText(training: RunSummary | null, ended: RunSummary | null, format: Formats): string | null {
  if (training !== null) {
    // Rounded down, so that 100 % means that it is there.
    const share = Math.floor(shareOf(training) * 100) / 100
    return m.title_training({ share: format.percent(share, 0), run: runName(training) })
  }
  if (ended === null) return null
  if (ended.state === 'failed') return m.title_failed({ run: runName(ended) })
  return ended.state === 'interrupted'
    ? m.title_interrupted({ run: runName(ended) })
    : m.title_done({ run: runName(ended) })
}
