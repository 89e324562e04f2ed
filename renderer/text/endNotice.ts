import type { DatasetEntry } from '../../core/data/dataset.ts'
import type { RunSummary } from '../../core/run/run.ts'
import type { Language } from '../../core/words/language.ts'
import { sentenceOf } from '../../core/words/problems.ts'
import * as m from '../messages/compiled/messages.js'
import type { Formats } from './formats.ts'
import { datasetName } from './labels.ts'
import { runName } from './runName.ts'

/** The notice that a run has ended: what came of it, or why it failed. */
export function endNotice(
  run: RunSummary,
  datasets: readonly DatasetEntry[],
  { format, language }: { readonly format: Formats; readonly language: Language },
): { readonly title: string; readonly body: string } {
  const { state, problem, last, best } = run
  const dataset = datasetName(datasets, run.config.data.dataset)
  const why = problem === null ? dataset : sentenceOf(problem, language)
  if (state === 'failed') return { title: m.notice_failed({ run: runName(run) }), body: why }
  if (state === 'interrupted') return { title: m.notice_interrupted({ run: runName(run) }), body: why }
  const reached =
    last === null || best === null
      ? dataset
      : m.notice_done_accuracy({
          accuracy: format.percent(last.accuracy),
          best: format.percent(best.accuracy),
          dataset,
        })
  return { title: m.notice_done({ run: runName(run) }), body: reached }
}
