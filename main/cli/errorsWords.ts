import type { ErrorsComparison } from '../../core/errors/errorsComparison.ts'
import type { ErrorsReport, Interval } from '../../core/errors/errorsReport.ts'
import { suspectsBlindly } from '../../core/errors/suspectedLabels.ts'
import { phraseText } from '../../core/words/phrases.ts'
import { absent, percent, table } from './format.ts'

/** The most pairs of classes in a table. */
const toldPairs = 10

/** The report as one JSON value. */
export function errorsValue(report: ErrorsReport): object {
  const { run, checkpoint, classes, images, correct, accuracy, interval, confusion, perClass, macro } = report
  const { topK, calibration, thresholds, suspectLabels, storedAccuracy, sha256, order } = report
  return {
    run,
    checkpoint,
    sha256,
    classes,
    images,
    correct,
    accuracy,
    interval,
    storedAccuracy,
    confusion,
    order,
    perClass: perClass.map((scores, label) => ({ class: classes[label], ...scores })),
    macro,
    topK,
    calibrationError: calibration.error,
    calibration: calibration.bins,
    thresholds,
    suspectLabels,
  }
}

function accuracyText({ accuracy, interval }: { readonly accuracy: number; readonly interval: Interval }): string {
  return `${percent(accuracy)} (95 % interval ${percent(interval.low)} to ${percent(interval.high)})`
}

function classTable({ classes, perClass, macro, images }: ErrorsReport): string {
  const rows = perClass.map((scores, label) => [
    classes[label],
    ...(['precision', 'recall', 'f1'] as const).map((name) =>
      scores.undefined.includes(name) ? absent : percent(scores[name]),
    ),
    String(scores.images),
  ])
  const mean = ['mean', percent(macro.precision), percent(macro.recall), percent(macro.f1), String(images)]
  return table(['CLASS', 'PRECISION', 'RECALL', 'F1', 'IMAGES'], [...rows, mean])
}

function pairTable({ classes, confusion }: ErrorsReport): string | null {
  const pairs = confusion.flatMap((row, label) =>
    row.flatMap((count, answer) => (answer === label || count === 0 ? [] : [{ label, answer, count }])),
  )
  if (pairs.length === 0) return null
  const most = pairs.toSorted((one, other) => other.count - one.count).slice(0, toldPairs)
  return table(
    ['TRUE', 'ANSWERED', 'IMAGES'],
    most.map(({ label, answer, count }) => [classes[label], classes[answer], String(count)]),
  )
}

/** The report for a person. */
export function errorsText(report: ErrorsReport): string {
  const { run, checkpoint, classes, images, correct, topK, calibration, suspectLabels, onlyAnswer } = report
  const further = topK.filter(({ k }) => k > 1).map(({ k, accuracy }) => `top ${k}: ${percent(accuracy)}`)
  const empty = classes.filter((_, label) => report.perClass[label].images === 0)
  const pairs = pairTable(report)
  return [
    `Run ${run} at step ${checkpoint}: accuracy ${accuracyText(report)}, ${correct} of ${images} test images.`,
    [...further, `calibration error: ${percent(calibration.error)}`, `labels that look wrong: ${suspectLabels}`].join(
      ', ',
    ),
    ...(suspectLabels > 0 && suspectsBlindly(report)
      ? ['That so many labels look wrong says little about them: the network itself still knows too little.']
      : []),
    ...(onlyAnswer === null ? [] : [`Every image is answered “${classes[onlyAnswer]}”.`]),
    ...(empty.length === 0 ? [] : [`Without test images: ${empty.join(', ')}.`]),
    '',
    classTable(report),
    ...(pairs === null ? [] : ['', pairs]),
  ].join('\n')
}

/** The comparison as one JSON value. */
export function comparisonValue(comparison: ErrorsComparison): object {
  return { ...comparison, verdict: phraseText(comparison.verdict, 'en') }
}

/** The comparison for a person. */
export function comparisonText({
  first,
  second,
  images,
  both,
  onlyFirst,
  onlySecond,
  neither,
  test,
  verdict,
}: ErrorsComparison): string {
  const named = ({ run, checkpoint }: typeof first): string => `Run ${run} at step ${checkpoint}`
  const kind = test.kind === 'exact' ? 'exact' : 'chi-square with continuity correction'
  return [
    `${named(first)}: accuracy ${accuracyText(first)}.`,
    `${named(second)}: accuracy ${accuracyText(second)}.`,
    '',
    table(
      ['RIGHT', 'IMAGES'],
      [
        ['both', String(both)],
        ['the first alone', String(onlyFirst)],
        ['the second alone', String(onlySecond)],
        ['neither', String(neither)],
        ['all', String(images)],
      ],
    ),
    '',
    `McNemar’s test (${kind}): p = ${test.p.toPrecision(3)}.`,
    `In words: ${phraseText(verdict, 'en')}.`,
  ].join('\n')
}
