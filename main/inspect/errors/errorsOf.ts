import { calibrationCsv, confusionCsv, perClassCsv, predictionsCsv } from '../../../core/errors/csv.ts'
import type { ErrorsListQuestion, ErrorsPage } from '../../../core/errors/erredImages.ts'
import type { ErrorsEvent, ErrorsReport, ErrorsTable } from '../../../core/errors/errorsReport.ts'
import { errorsReportOf } from '../../../core/errors/errorsReportOf.ts'
import { errorsPage } from '../../../core/errors/listedImages.ts'
import type { TestPass } from '../../../core/errors/testPass.ts'
import type { LookSubject } from '../../../core/inspect/looking.ts'
import { checkClass, classNamesOf, subjectOf, type FoundSubject, type Inspection } from '../inspection.ts'
import { passOf, wholePass } from './passOf.ts'

function reportOf(inspection: Inspection, { run, config, checkpoint }: FoundSubject, pass: TestPass): ErrorsReport {
  const classes = [...classNamesOf(inspection, config, pass.classes)]
  const { step, sha256 } = checkpoint
  const storedAccuracy = inspection.history.testAccuracyAt(run, step)
  return errorsReportOf({ run, checkpoint: step, sha256, classes, storedAccuracy }, pass)
}

/**
 * What a checkpoint gets wrong over the test set of its run, in figures.
 * @param signal Ends it.
 * @throws LabError as `subjectOf`, `classNamesOf` and `passOf` do.
 */
export async function* errorsOf(
  inspection: Inspection,
  question: LookSubject,
  signal?: AbortSignal,
): AsyncGenerator<ErrorsEvent> {
  const subject = subjectOf(inspection, question)
  const pass = yield* passOf(inspection, subject, signal)
  if (pass !== null) yield { kind: 'done', report: reportOf(inspection, subject, pass) }
}

/** A part of a list of test images. @throws LabError `class-number-unknown`, or as `errorsOf` does. */
export async function errorsImages(inspection: Inspection, question: ErrorsListQuestion): Promise<ErrorsPage> {
  const subject = subjectOf(inspection, question)
  const { list } = question
  if (list.kind === 'cell')
    for (const label of [list.label, list.predicted]) if (label !== null) checkClass(subject.config, label)
  return errorsPage(await wholePass(inspection, subject), list, question)
}

/** A table as CSV, with English names. @throws as `errorsOf` does. */
export async function errorsCsv(inspection: Inspection, question: LookSubject, table: ErrorsTable): Promise<string> {
  const subject = subjectOf(inspection, question)
  const pass = await wholePass(inspection, subject)
  const report = reportOf(inspection, subject, pass)
  switch (table) {
    case 'confusion':
      return confusionCsv(report, report.classes)
    case 'perClass':
      return perClassCsv(report, report.classes)
    case 'predictions':
      return predictionsCsv(pass, report.classes)
    case 'calibration':
      return calibrationCsv(report)
  }
}
