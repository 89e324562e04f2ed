import { calibrationCsv, confusionCsv, perClassCsv, predictionsCsv } from '../../../core/errors/csv.ts'
import type { ErrorsListQuestion, ErrorsPage } from '../../../core/errors/erredImages.ts'
import type { ErrorsEvent, ErrorsReport, ErrorsTable } from '../../../core/errors/errorsReport.ts'
import { errorsReportOf } from '../../../core/errors/errorsReportOf.ts'
import { errorsPage } from '../../../core/errors/listedImages.ts'
import type { NamedPass } from '../../../core/errors/testPass.ts'
import type { LookSubject } from '../../../core/inspect/looking.ts'
import { checkClass, subjectOf, type FoundSubject, type Inspection } from '../inspection.ts'
import { passOf, wholePass } from './passOf.ts'

function reportOf(
  { history }: Inspection,
  { run, checkpoint }: FoundSubject,
  { names, pass }: NamedPass,
): ErrorsReport {
  const { step, sha256 } = checkpoint
  const storedAccuracy = history.testAccuracyAt(run, step)
  return errorsReportOf({ run, checkpoint: step, sha256, classes: [...names], storedAccuracy }, pass)
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
  if (known !== null) yield { kind: 'done', report: reportOf(inspection, subject, known) }
}

/** A part of a list of test images. @throws LabError `class-number-unknown`, or as `errorsOf` does. */
export async function errorsImages(inspection: Inspection, question: ErrorsListQuestion): Promise<ErrorsPage> {
  const subject = subjectOf(inspection, question)
  const { list } = question
  if (list.kind === 'cell')
    for (const label of [list.label, list.predicted]) if (label !== null) checkClass(subject.config, label)
  const { pass } = await wholePass(inspection, subject)
  return errorsPage(pass, list, question)
}

/** A table as CSV, with English names. @throws as `errorsOf` does. */
export async function errorsCsv(inspection: Inspection, question: LookSubject, table: ErrorsTable): Promise<string> {
  const subject = subjectOf(inspection, question)
  const known = await wholePass(inspection, subject)
  const report = reportOf(inspection, subject, known)
  switch (table) {
    case 'confusion':
      return confusionCsv(report, report.classes)
    case 'perClass':
      return perClassCsv(report, report.classes)
    case 'predictions':
      return predictionsCsv(known.pass, report.classes)
    case 'calibration':
      return calibrationCsv(report)
  }
}
