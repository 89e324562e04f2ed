/** What a checkpoint gets right and wrong over the whole test set, in figures. */
import { z } from 'zod'
import { Sha256 } from '../data/dataset.ts'
import { PassProgress } from '../inspect/passProgress.ts'
import { RunId } from '../run/run.ts'
import { receivedMatrix, SentMatrix, sentMatrix } from './sentMatrix.ts'

const count = z.int().min(0)
const share = z.number().min(0).max(1)

/** Precision, recall and F1 of a class, or their plain means over all classes. */
export const Scores = z.strictObject({
  /** Of the images that are answered with the class, the share that belongs to it. */
  precision: share,
  /** Of the images of the class, the share that is answered with it. */
  recall: share,
  /** The harmonic mean of both: 2 tp / (2 tp + fp + fn). */
  f1: share,
})
export type Scores = z.infer<typeof Scores>

/** How well one class is told from all others. */
export const ClassScores = z.strictObject({
  ...Scores.shape,
  /** Test images of the class; its support. */
  images: count,
  /** Images that are answered with the class. */
  predicted: count,
  /** Images of the class that are answered with it. */
  correct: count,
  /** Scores that would divide by 0. They count as 0, as with scikit-learn's `zero_division=0`. */
  undefined: z.array(z.enum(['precision', 'recall', 'f1'])),
})
export type ClassScores = z.infer<typeof ClassScores>

/** A share of images with its 95 % confidence interval. */
export const Interval = z.strictObject({ low: share, high: share })
export type Interval = z.infer<typeof Interval>

/** One of the equally wide bins of a calibration curve, by the probability of the answer. */
export const CalibrationBin = z.strictObject({
  low: share,
  high: share,
  images: count,
  /** Mean probability of the answers; null without images. */
  confidence: share.nullable(),
  /** Share of right answers; null without images. */
  accuracy: share.nullable(),
})
export type CalibrationBin = z.infer<typeof CalibrationBin>

/** What is answered if only answers of at least this probability count. */
export const ThresholdPoint = z.strictObject({
  threshold: share,
  /** Share of the images that are answered. */
  coverage: share,
  /** Share of right answers among them; null where none is left. */
  accuracy: share.nullable(),
})
export type ThresholdPoint = z.infer<typeof ThresholdPoint>

/**
 * Everything that a table or a curve shows, as it crosses a boundary. Classes are named by their index in `classes`.
 */
export const SentReport = z.strictObject({
  run: RunId,
  /** Step of the checkpoint. */
  checkpoint: count,
  sha256: Sha256,
  /** English names. */
  classes: z.array(z.string()),
  /** Images of the test set. */
  images: count,
  correct: count,
  accuracy: share,
  /** Wilson's 95 % interval of the accuracy. */
  interval: Interval,
  /** The test accuracy that the run has stored at this step; null where it was not measured there. */
  storedAccuracy: share.nullable(),
  /** Number of images `[classes, classes]`: rows are the true classes, columns the answers. */
  confusion: SentMatrix,
  /** The indices of the classes so that those stand together that are confused. */
  order: z.array(count),
  perClass: z.array(ClassScores),
  /** Plain means over all classes. */
  macro: Scores,
  /** Share of the images whose class is among the k most probable ones, by ascending k. */
  topK: z.array(z.strictObject({ k: z.int().min(1), accuracy: share })),
  /** `error` is the expected calibration error: the mean over all images of how far their bin is from the diagonal. */
  calibration: z.strictObject({ error: share, bins: z.array(CalibrationBin) }),
  /** By ascending threshold. */
  thresholds: z.array(ThresholdPoint),
  /** Images whose label looks wrong. */
  suspectLabels: count,
  /** The class of all answers, where there is only one. */
  onlyAnswer: count.nullable(),
})
export type SentReport = z.infer<typeof SentReport>

/** The same with the numbers of its matrix. */
export interface ErrorsReport extends Omit<SentReport, 'confusion'> {
  readonly confusion: number[][]
}

export function sentReport(report: ErrorsReport): SentReport {
  return { ...report, confusion: sentMatrix(report.confusion) }
}

export function receivedReport(report: SentReport): ErrorsReport {
  return { ...report, confusion: receivedMatrix(report.confusion) }
}

/** Progress in images, and at last the report. What is known already comes without progress. */
export const ErrorsEvent = z.discriminatedUnion('kind', [
  PassProgress,
  z.strictObject({ kind: z.literal('done'), report: SentReport }),
])
export type ErrorsEvent = z.infer<typeof ErrorsEvent>

/** The tables that can be had as CSV. */
export const ErrorsTable = z.enum(['confusion', 'perClass', 'predictions', 'calibration'])
export type ErrorsTable = z.infer<typeof ErrorsTable>
