import { choiceOf } from '../../../core/data/datasetView.ts'
import type { ComparedPass } from '../../../core/errors/compareErrors.ts'
import type {
  ComparedListQuestion,
  ComparedPage,
  ComparisonEvent,
  ComparisonQuestion,
} from '../../../core/errors/errorsComparison.ts'
import type { NamedPass } from '../../../core/errors/testPass.ts'
import { classesOf } from '../../../core/network/geometry.ts'
import { canonicalJson } from '../../../core/numbers/canonicalJson.ts'
import { refuse } from '../../../core/words/problems.ts'
import { datasetOfRun } from '../../training/runData.ts'
import { subjectOf, type FoundSubject, type Inspection } from '../inspection.ts'
import { passOf, wholePass } from './passOf.ts'

/** Two checkpoints whose runs may have been tested on the same images. */
interface Compared {
  readonly first: FoundSubject
  readonly second: FoundSubject
}

/** @throws LabError `compared-other-images`. */
function refuseImages({ datasets }: Inspection, { first, second }: Compared): never {
  const dataset = datasetOfRun(datasets, first.config).name
  return refuse('compared-other-images', { first: first.run, second: second.run, dataset })
}

/**
 * Finds two checkpoints and checks, as far as their configurations say, that their runs were tested on the same images
 * of the same classes. The images may have been resized differently, and the runs may have trained on different images.
 * @throws LabError `compared-other-set`, `compared-other-classes` or `compared-other-images`, or as `subjectOf` does.
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
  const [chosen, otherwise] = [choiceOf(one), choiceOf(other)]
  const otherClasses =
    chosen.classes !== null &&
    otherwise.classes !== null &&
    canonicalJson(chosen.classes) !== canonicalJson(otherwise.classes)
  const counts = [classesOf(first.config.model), classesOf(second.config.model)]
  if (otherClasses || chosen.labels !== otherwise.labels || counts[0] !== counts[1])
    refuse('compared-other-classes', runs)
  const imagesOf = ({ split, form: { cut } }: typeof chosen): string => canonicalJson({ split, cut })
  const sameForm = canonicalJson(chosen.form) === canonicalJson(otherwise.form)
  if (imagesOf(chosen) !== imagesOf(otherwise) || (sameForm && one.sha256 !== other.sha256))
    refuseImages(inspection, { first, second })
  return { first, second }
}

/**
 * Checks the rest of it: which classes, and the label of every image.
 * @throws LabError `compared-other-classes` or `compared-other-images`.
 */
function checkPasses(inspection: Inspection, compared: Compared, one: NamedPass, other: NamedPass): void {
  if (canonicalJson([...one.names]) !== canonicalJson([...other.names]))
    refuse('compared-other-classes', { first: compared.first.run, second: compared.second.run })
  const [{ labels }, { labels: others }] = [one.pass, other.pass]
  if (labels.length !== others.length || labels.some((label, image) => label !== others[image]))
    refuseImages(inspection, compared)
}

function comparedPass({ run, checkpoint: { step, sha256 } }: FoundSubject, { pass }: NamedPass): ComparedPass {
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
  const { first, second } = compared
  const known = await inspection.passes.known(second.checkpoint.sha256)
  /** Images of the passes that are computed, in all and before the one at hand. */
  let before = 0
  const passes: NamedPass[] = []
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
  checkPasses(inspection, compared, one, other)
  const comparison = await inspection.figures.ask({
    kind: 'comparison',
    first: comparedPass(first, one),
    second: comparedPass(second, other),
    classes: one.names,
  })
  yield { kind: 'done', comparison }
}

/** Both passes whole, checked to be over the same images. @throws as `comparedErrors` does. */
async function comparedPasses(inspection: Inspection, question: ComparisonQuestion): Promise<[NamedPass, NamedPass]> {
  const compared = comparedSubjects(inspection, question)
  const one = await wholePass(inspection, compared.first)
  const other = await wholePass(inspection, compared.second)
  checkPasses(inspection, compared, one, other)
  return [one, other]
}

/** A part of the images that one gets right and the other wrong. @throws as `comparedErrors` does. */
export async function comparedImages(
  inspection: Inspection,
  { right, from, count, ...question }: ComparedListQuestion,
): Promise<ComparedPage> {
  const [{ pass: first }, { pass: second }] = await comparedPasses(inspection, question)
  return inspection.figures.ask({ kind: 'compared', first, second, part: { right, from, count } })
}

/** What both answer for each image, as CSV. @throws as `comparedErrors` does. */
export async function comparedAnswers(inspection: Inspection, question: ComparisonQuestion): Promise<string> {
  const [{ pass: first, names }, { pass: second }] = await comparedPasses(inspection, question)
  return inspection.figures.ask({ kind: 'compared-csv', first, second, classes: names })
}
