import { comparedPage, compareErrors, type ComparedPass } from '../../../core/errors/compareErrors.ts'
import { calibrationCsv, comparedCsv, confusionCsv, perClassCsv, predictionsCsv } from '../../../core/errors/csv.ts'
import type { ErrorsList, ErrorsPage, ListPart } from '../../../core/errors/erredImages.ts'
import {
  type ComparedPage,
  sentComparison,
  type SentComparison,
  type Side,
} from '../../../core/errors/errorsComparison.ts'
import { type ErrorsTable, sentReport, type SentReport } from '../../../core/errors/errorsReport.ts'
import { errorsReportOf, type ReportSubject } from '../../../core/errors/errorsReportOf.ts'
import { errorsPage } from '../../../core/errors/listedImages.ts'
import type { TestPass } from '../../../core/errors/testPass.ts'

/** What can be computed of passes, as it is asked from another thread. */
export type FiguresQuestion =
  | { readonly kind: 'report'; readonly subject: ReportSubject; readonly pass: TestPass }
  | { readonly kind: 'images'; readonly pass: TestPass; readonly list: ErrorsList; readonly part: ListPart }
  | { readonly kind: 'csv'; readonly subject: ReportSubject; readonly pass: TestPass; readonly table: ErrorsTable }
  | {
      readonly kind: 'comparison'
      readonly first: ComparedPass
      readonly second: ComparedPass
      /** English names. */
      readonly classes: readonly string[]
    }
  | {
      readonly kind: 'compared'
      readonly first: TestPass
      readonly second: TestPass
      readonly part: ListPart & { readonly right: Side }
    }
  | {
      readonly kind: 'compared-csv'
      readonly first: TestPass
      readonly second: TestPass
      readonly classes: readonly string[]
    }

/** The answer to a question of each kind. */
export interface FiguresAnswers {
  readonly report: SentReport
  readonly images: ErrorsPage
  readonly csv: string
  readonly comparison: SentComparison
  readonly compared: ComparedPage
  readonly 'compared-csv': string
}

function csvOf({ subject, pass, table }: Extract<FiguresQuestion, { kind: 'csv' }>): string {
  if (table === 'predictions') return predictionsCsv(pass, subject.classes)
  const report = errorsReportOf(subject, pass)
  switch (table) {
    case 'confusion':
      return confusionCsv(report, report.classes)
    case 'perClass':
      return perClassCsv(report, report.classes)
    case 'calibration':
      return calibrationCsv(report)
  }
}

/** Computes what is asked. */
export function figuresOf(question: FiguresQuestion): FiguresAnswers[keyof FiguresAnswers] {
  switch (question.kind) {
    case 'report':
      return sentReport(errorsReportOf(question.subject, question.pass))
    case 'images':
      return errorsPage(question.pass, question.list, question.part)
    case 'csv':
      return csvOf(question)
    case 'comparison':
      return sentComparison(compareErrors(question.first, question.second, question.classes))
    case 'compared':
      return comparedPage(question.first, question.second, question.part)
    case 'compared-csv':
      return comparedCsv(question.first, question.second, question.classes)
  }
}
