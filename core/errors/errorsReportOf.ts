import { accuracyInterval } from './accuracyInterval.ts'
import { calibrationOf } from './calibration.ts'
import { classScores, macroMean } from './classScores.ts'
import { confusedOrder } from './confusedOrder.ts'
import { confusionOf, onlyAnswerOf } from './confusion.ts'
import type { ErrorsReport } from './errorsReport.ts'
import { correctIn, imagesOf, notSuspected, type TestPass } from './testPass.ts'
import { thresholdCurve } from './thresholds.ts'
import { topKAccuracies } from './topK.ts'

/** Of what a report is. */
export type ReportSubject = Pick<ErrorsReport, 'run' | 'checkpoint' | 'sha256' | 'classes' | 'storedAccuracy'>

/** All figures of a pass over at least one image. */
export function errorsReportOf(subject: ReportSubject, pass: TestPass): ErrorsReport {
  const images = imagesOf(pass)
  const correct = correctIn(pass)
  const confusion = confusionOf(pass)
  const perClass = classScores(confusion)
  return {
    ...subject,
    images,
    correct,
    accuracy: correct / images,
    interval: accuracyInterval(correct, images),
    confusion,
    order: confusedOrder(confusion),
    perClass,
    macro: macroMean(perClass),
    topK: topKAccuracies(pass),
    calibration: calibrationOf(pass),
    thresholds: thresholdCurve(pass),
    suspectLabels: pass.suspected.filter((label) => label !== notSuspected).length,
    onlyAnswer: onlyAnswerOf(pass),
  }
}
