import path from 'node:path'
import { cardName } from '../../core/export/modelCard.ts'
import { firstEvent, summaryEvent } from '../../core/export/tensorboard/events.ts'
import { stepSummaries } from '../../core/export/tensorboard/stepSummaries.ts'
import { metricTableHeader, metricTableLine, metricTableRows } from '../../core/run/metricTable.ts'
import type { RunSummary } from '../../core/run/run.ts'
import type { RunFormat } from '../../core/run/runExport.ts'
import type { PassProgress } from '../../core/inspect/passProgress.ts'
import { paceOf } from '../engine/shared/pace.ts'
import { newFolder, writeNewFile } from '../files/newFolder.ts'
import type { History } from '../history/history.ts'
import { eventFileName, secondsOf } from './eventFileName.ts'
import { measuredSteps } from './measuredSteps.ts'

const utf8 = new TextEncoder()

/** The bytes of a run's file, a page of steps at a time. `told` hears the last step of each. */
async function* contentOf(
  history: History,
  { id, createdAt }: RunSummary,
  format: RunFormat,
  told: (step: number) => void,
): AsyncGenerator<Uint8Array> {
  const begun = secondsOf(createdAt)
  yield format === 'csv' ? utf8.encode(`${metricTableHeader}\n`) : firstEvent(begun)
  for await (const measured of measuredSteps(history, id, null, format === 'tensorboard')) {
    const { rows, evaluations } = measured
    if (format === 'csv')
      yield utf8.encode(
        metricTableRows(rows, evaluations)
          .map((row) => `${metricTableLine(row)}\n`)
          .join(''),
      )
    else for (const summary of stepSummaries(begun, measured)) yield summaryEvent(summary)
    told(rows.first + rows.loss.length - 1)
  }
}

/** How many steps are written, and at last which files. */
export type RunPart =
  | PassProgress
  | {
      readonly kind: 'done'
      readonly bytes: number
      readonly files: readonly string[]
      /** The last step that is written. */
      readonly step: number
    }

/**
 * Writes what was measured of a run, whole or not at all, with its model card.
 * @param folder Absolute path; an empty folder or not there yet.
 * @throws LabError `export-folder-taken`, `disk-full` or `write-failed`.
 */
export async function* writeRun(
  history: History,
  run: RunSummary,
  format: RunFormat,
  folder: string,
  card: string,
): AsyncGenerator<RunPart> {
  const name = format === 'csv' ? 'metrics.csv' : eventFileName(secondsOf(run.createdAt))
  let step = 0
  const written = yield* newFolder(folder, async function* (unfinished): AsyncGenerator<RunPart, number> {
    const progress = paceOf(Math.max(1, run.step))
    let bytes = 0
    for await (const part of writeNewFile(path.join(unfinished, cardName), [utf8.encode(card)])) bytes += part
    const content = contentOf(history, run, format, (last) => (step = last))
    for await (const part of writeNewFile(path.join(unfinished, name), content)) {
      bytes += part
      yield progress(Math.min(step, run.step))
    }
    return bytes
  })
  yield { kind: 'done', bytes: written, files: [cardName, name], step }
}
