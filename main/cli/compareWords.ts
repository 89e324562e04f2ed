import type { CommonEvaluations } from '../../core/compare/commonEvaluations.ts'
import type { RunsComparison } from '../../core/compare/comparison.ts'
import type { EqualFooting, FootingBasis } from '../../core/compare/equalFooting.ts'
import { weightOf, type Finding } from '../../core/compare/findings.ts'
import type { GroupMeasure, GroupTest, RepeatGroup } from '../../core/compare/repeatGroups.ts'
import { significance } from '../../core/statistics/welch.ts'
import { absent, duration, percent, table } from './format.ts'

const list = new Intl.ListFormat('en-GB')

/** A finding as a clause without a full stop. */
function findingText(finding: Finding): string {
  switch (finding.kind) {
    case 'choices':
      return `they differ in ${finding.paths.length} choices (${finding.paths.join(', ')}), so nothing says which one made the difference`
    case 'images':
      return `they were trained on different numbers of images (${finding.images.join(', ')})`
    case 'beginnings':
      return `they do not begin alike (${[...finding.branches.map(({ run, parent, step }) => `run ${run} with the weights of run ${parent} after step ${step}`), ...finding.imported.map((run) => `run ${run} with weights from elsewhere`)].join(', ')})`
    case 'flips':
      return 'some were measured with mirror images too, others without'
    case 'test-images':
      return `their test images are not, or may not be, the same (${finding.parts.join(', ')})`
    case 'chosen-on-test':
      return finding.all
        ? 'the best of each was chosen on the test set itself, which flatters it'
        : `the best of run ${list.format(finding.runs.map(String))} was chosen on the test set itself, which flatters it`
    case 'evaluations':
      return `the best was chosen among evaluations every ${list.format(finding.every.map(String))} images, and more of them are luckier`
    case 'engines': {
      const changed = finding.changed.map(({ run, from }) => `run ${run} from step ${from} on`)
      const which = changed.length === 0 ? '' : `, ${list.format(changed)}`
      return `engines whose bits may differ computed them (${finding.fields.join(', ')}${which})`
    }
  }
}

function fairness(findings: readonly Finding[]): string {
  if (findings.length === 0) return 'A fair comparison: the runs differ in one choice at most.'
  const heading = findings.some((finding) => weightOf(finding) === 'unfair')
    ? 'Not a fair comparison:'
    : 'To be read with care:'
  return [heading, ...findings.map((finding) => `- ${findingText(finding)}.`)].join('\n')
}

const amounts: Record<FootingBasis, (at: number) => string> = {
  steps: (at) => `${at} steps`,
  images: (at) => `${at} images`,
  seconds: (at) => `${duration(at)} of training`,
}

function footingText({ basis, at, least, points }: EqualFooting): string {
  const rows = points.map(({ run, point }) =>
    point === null
      ? [String(run), absent, absent, absent, absent, absent]
      : [
          String(run),
          percent(point.accuracy),
          percent(point.best.accuracy),
          String(point.step),
          String(point.images),
          duration(point.seconds),
        ],
  )
  const headings = ['RUN', 'TEST ACCURACY', 'BEST UNTIL THEN', 'AT STEP', 'IMAGES', 'TRAINING']
  return `After at most ${amounts[basis](at)}, as run ${least} had:\n${table(headings, rows)}`
}

/** The three ways of equal training; ways that give the same rows are told once. */
function footingTexts({ footing }: RunsComparison): string[] {
  const told = new Map<string, string>()
  for (const one of [footing.steps, footing.images, footing.seconds])
    if (one !== null && !told.has(JSON.stringify(one.points))) told.set(JSON.stringify(one.points), footingText(one))
  return [...told.values()]
}

function groupRow({ runs, done, last, best }: RepeatGroup): string[] {
  const figures = (sample: RepeatGroup['last']): string[] => {
    if (sample === null) return [absent, absent]
    const { mean, deviation, interval } = sample
    return [
      deviation === null ? percent(mean) : `${percent(mean)} ± ${percent(deviation)}`,
      interval === null ? absent : `${percent(interval.low)} to ${percent(interval.high)}`,
    ]
  }
  return [runs.join(', '), `${done.length} of ${runs.length}`, ...figures(last), ...figures(best)]
}

const measureNames: Record<GroupMeasure, string> = { last: 'At the end', best: 'At their best' }

function testText({ measure, welch, rough }: GroupTest): string {
  const name = measureNames[measure]
  if (welch.kind !== 'tested')
    return welch.kind === 'few'
      ? `${name}: both groups need two runs that are done to be compared.`
      : `${name}: no run of a group differs from the others, so there is nothing to test.`
  const { difference, interval, t, freedom, p } = welch
  const points = (share: number): string => `${share > 0 ? '+' : ''}${(share * 100).toFixed(2)}`
  const verdict = p < significance ? 'more than chance' : 'no more than chance may give'
  const figures = `t ${t.toFixed(2)}, ${freedom.toFixed(1)} degrees of freedom, p ${p < 1e-3 ? p.toExponential(1) : p.toFixed(3)}`
  const warning = rough ? ' With fewer than five runs in a group this is rough.' : ''
  return `${name}: the second group is ${points(difference)} percentage points off (95 % interval ${points(interval.low)} to ${points(interval.high)}), ${verdict} (Welch: ${figures}).${warning}`
}

function repeatsText({ repeats }: RunsComparison): string[] {
  const { groups, tests } = repeats
  if (groups.every(({ runs }) => runs.length < 2)) return []
  const headings = ['REPEATS', 'DONE', 'LAST ± DEVIATION', '95 % INTERVAL', 'BEST ± DEVIATION', '95 % INTERVAL']
  return [[table(headings, groups.map(groupRow)), ...tests.map(testText)].join('\n')]
}

/** What two runs measured at the same steps, in a sentence. */
export function commonText({ total, step, first, second }: CommonEvaluations): string {
  const at = step.at(-1)
  if (at === undefined) return 'They were measured at no common step.'
  const difference = (100 * ((second.at(-1) ?? 0) - (first.at(-1) ?? 0))).toFixed(2)
  return `They were measured at ${total} common steps; at the last one, ${at}, the second is ${difference} percentage points off.`
}

/** The comparison for a person. */
export function comparisonOfRunsText(comparison: RunsComparison): string {
  return [fairness(comparison.findings), ...footingTexts(comparison), ...repeatsText(comparison)].join('\n\n')
}
