import type { ErrorsListQuestion, ErrorsPage } from '../../../core/errors/erredImages.ts'
import type { ErrorsEvent, ErrorsTable } from '../../../core/errors/errorsReport.ts'
import type { ReportSubject } from '../../../core/errors/errorsReportOf.ts'
import type { NamedPass } from '../../../core/errors/testPass.ts'
import type { LookSubject } from '../../../core/inspect/looking.ts'
import { checkClass, subjectOf, type FoundSubject, type Inspection } from '../inspection.ts'
import { passOf, wholePass } from './passOf.ts'

function reportSubject(
  { history }: Inspection,
  { run, checkpoint }: FoundSubject,
  { names }: NamedPass,
): ReportSubject {
  const { step, sha256 } = checkpoint
  return { run, checkpoint: step, sha256, classes: [...names], storedAccuracy: history.testAccuracyAt(run, step) }
}

/**
 * What a checkpoint gets wrong over the test set of its run, in figures.
 * @param signal Ends it.
 * @throws LabError as `subjectOf` and `passOf` do.
 */
export async function* errorsOf(
  inspection: Inspection,
  question: LookSubject,
  signal?: AbortSignal,
): AsyncGenerator<ErrorsEvent> {
  const subject = subjectOf(inspection, question)
  const known = yield* passOf(inspection, subject, signal)
  if (known === null) return
  const of = reportSubject(inspection, subject, known)
  yield { kind: 'done', report: await inspection.figures.ask({ kind: 'report', subject: of, pass: known.pass }) }
}

/** A part of a list of test images. @throws LabError `class-number-unknown`, or as `errorsOf` does. */
export async function errorsImages(
  inspection: Inspection,
  { list, from, count, ...question }: ErrorsListQuestion,
): Promise<ErrorsPage> {
  const subject = subjectOf(inspection, question)
  if (list.kind === 'cell')
    for (const label of [list.label, list.predicted]) if (label !== null) checkClass(subject.config, label)
  const { pass } = await wholePass(inspection, subject)
  return inspection.figures.ask({ kind: 'images', pass, list, part: { from, count } })
}

/** A table as CSV, with English names. @throws as `errorsOf` does. */
export async function errorsCsv(inspection: Inspection, question: LookSubject, table: ErrorsTable): Promise<string> {
  const subject = subjectOf(inspection, question)
  const known = await wholePass(inspection, subject)
  const of = reportSubject(inspection, subject, known)
  return inspection.figures.ask({ kind: 'csv', subject: of, pass: known.pass, table })
}
