import type { FeedSource } from '../../core/inspect/distorting.ts'
import { nextStepOf } from '../../core/run/stepNumbers.ts'
import { feedOf, type FeedSettings } from '../../core/run/feedSettings.ts'
import type { History } from '../history/history.ts'

/** The settings that feed a network. @throws LabError `run-unknown`. */
export function feedSettingsOf(history: History, source: FeedSource): FeedSettings {
  return 'run' in source ? feedOf(history.run(source.run).config) : source
}

/** The step that is computed next; the first of a run that has not begun. @throws LabError `run-unknown`. */
export function nextStepFor(history: History, source: FeedSource): number {
  return 'run' in source ? nextStepOf(history.run(source.run)) : 1
}
