import { choiceOf } from '../../../core/data/datasetView.ts'
import { comparedPage, compareErrors, type ComparedPass } from '../../../core/errors/compareErrors.ts'
import type {
  ComparedListQuestion,
  ComparedPage,
  ComparisonEvent,
  ComparisonQuestion,
} from '../../../core/errors/errorsComparison.ts'
import type { TestPass } from '../../../core/errors/testPass.ts'
import { classesOf } from '../../../core/network/geometry.ts'
import { canonicalJson } from '../../../core/numbers/canonicalJson.ts'
import { refuse } from '../../../core/words/problems.ts'
import { datasetOfRun } from '../../training/runData.ts'
import { classNamesOf, subjectOf, type FoundSubject, type Inspection } from '../inspection.ts'
import { passOf, wholePass } from './passOf.ts'

/** Two checkpoints that were tested on the same images. */
interface Compared {
  readonly first: FoundSubject
  readonly second: FoundSubject
  /** English names. */
  readonly classes: readonly string[]
}

/** @throws LabError `compared-other-images`. */
function refuseImages(inspection: Inspection, { first, second }: Omit<Compared, 'classes'>): never {
  const dataset = datasetOfRun(inspection.datasets, first.config).name
  return refuse('compared-other-images', { first: first.run, second: second.run, dataset })
}

/**
 * Finds two checkpoints and checks that their runs were tested on the same images of the same classes. The images may
 * have been resized differently, and the runs may have trained on different images.
 * @throws LabError `compared-other-set`, `compared-other-classes` or `compared-other-images`, or as `subjectOf` and
 *   `classNamesOf` do.
 */
function comparedSubjects(inspection: Inspection, question: ComparisonQuestion): Compared {
  const [first, second] = [subjectOf(inspection, question.first), subjectOf(inspection, question.second)]
  const runs = { first: first.run, second: second.run }
  const [one, other] = [first.config.data, second.config.data]
  if (one.dataset !== other.dataset)
    refuse('compared-other-set', {
      ...runs,
      firstSet: datasetOfRun(inspection.datasets, first.config).name,
      secondSet: datasetOfRun(inspection.datasets, second.config).name,
    })
  const namesOf = ({ config }: FoundSubject): readonly string[] =>
    classNamesOf(inspection, config, classesOf(config.model))
  const classes = namesOf(first)
  if (canonicalJson([...classes]) !== canonicalJson([...namesOf(second)])) refuse('compared-other-classes', runs)
  const [chosen, otherwise] = [choiceOf(one), choiceOf(other)]
  const imagesOf = ({ split, form: { cut } }: typeof chosen): string => canonicalJson({ split, cut })
  const sameForm = canonicalJson(chosen.form) === canonicalJson(otherwise.form)
  if (imagesOf(chosen) !== imagesOf(otherwise) || (sameForm && one.sha256 !== other.sha256))
    refuseImages(inspection, { first, second })
  return { first, second, classes }
}

function checkLabels(inspection: Inspection, compared: Compared, one: TestPass, other: TestPass): void {
  const { labels } = one
  const same = labels.length === other.labels.length && labels.every((label, image) => label === other.labels[image])
  if (!same) refuseImages(inspection, compared)
}

function comparedPass({ run, checkpoint: { step, sha256 } }: FoundSubject, pass: TestPass): ComparedPass {
  return { run, checkpoint: step, sha256, pass }
}

/**
 * Two checkpoints over the same test images.
 * @param signal Ends it.
 * @throws as `comparedSubjects` and `passOf` do.
 */
export async function* comparedErrors(
  inspection: Inspection,
  question: ComparisonQuestion,
  signal?: AbortSignal,
): AsyncGenerator<ComparisonEvent> {
  const compared = comparedSubjects(inspection, question)
  const { first, second, classes } = compared
  const known = await inspection.passes.known(second.checkpoint.sha256)
  /** Images of the passes that are computed, in all and before the one at hand. */
  let before = 0
  const passes: TestPass[] = []
  for (const [index, subject] of [first, second].entries()) {
    const parts = passOf(inspection, subject, signal)
    let images = 0
    for (;;) {
      const part = await parts.next()
      if (part.done === true) {
        // Nobody listens any more.
        if (part.value === null) return
        passes.push(part.value)
        break
      }
      images = part.value.total
      const after = index === 0 && known === null ? images : 0
      yield { ...part.value, done: before + part.value.done, total: before + images + after }
    }
    before += images
  }
  const [one, other] = passes
  checkLabels(inspection, compared, one, other)
  yield {
    kind: 'done',
    comparison: compareErrors(comparedPass(first, one), comparedPass(second, other), classes),
  }
}

/** A part of the images that one gets right and the other wrong. @throws as `comparedErrors` does. */
export async function comparedImages(inspection: Inspection, question: ComparedListQuestion): Promise<ComparedPage> {
  const compared = comparedSubjects(inspection, question)
  const one = await wholePass(inspection, compared.first)
  const other = await wholePass(inspection, compared.second)
  checkLabels(inspection, compared, one, other)
  return comparedPage(one, other, question)
}
