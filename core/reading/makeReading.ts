import type { LeftOut } from '../data/leftOut.ts'
import { namedPaths } from '../data/leftOut.ts'
import { phrase, type Phrase } from '../words/phrases.ts'
import { classesOf, naturally } from './classNames.ts'
import type { Labelling } from './labelling.ts'
import { bySeed, isDrawn, type Parting } from './parting.ts'
import type { ReadFiles, ReadImage } from './readImage.ts'
import {
  shownImages,
  type Part,
  type PlannedClass,
  type Reading,
  type ReadingPlan,
  type TableUse,
} from './readingPlan.ts'
import type { ReadingWishes } from './readingWishes.ts'

/** A reading with all its images. */
export interface WholeReading {
  readonly reading: Reading
  readonly images: ReadFiles['images']
}

/** What a reading is made of. */
export interface ReadingParts {
  readonly pictures: readonly string[]
  readonly labelling: Labelling
  readonly parting: Parting
  /** Why a picture has no class, where the labelling gives it none. */
  readonly whyWithout: (picture: string) => Phrase
  readonly tables: readonly TableUse[]
  /** What was left out before. */
  readonly leftOut: readonly LeftOut[]
  /** The wishes that lead to this reading and no other. */
  readonly wishes: ReadingWishes
}

/**
 * Puts a labelling and a parting together. Images are sorted by class and then by path, in natural order.
 * @throws LabError `one-class-only` or `classes-alike`; `images-unsorted` where no picture has a class.
 */
export function makeReading(parts: ReadingParts): WholeReading {
  const { labelling, tables, wishes } = parts
  const { images, without } = takeImages(parts)
  const classes = classesOf(images.map(({ className }) => className))
  const order = new Map(classes.map((name, label) => [name, label]))
  const label = ({ className }: ReadImage): number => order.get(className) ?? 0
  const sorted = images.toSorted((one, other) => label(one) - label(other) || naturally(one.picture, other.picture))
  const parting = images.some(({ part }) => part !== 'train') ? parts.parting : withoutParts(parts.parting)
  const plan: ReadingPlan = {
    labels: labelling.source,
    parts: parting.source,
    classes: countedClasses(classes, images),
    validation: fateOfValidation(images),
    tables: [...tables],
    absent: { count: labelling.absent.length, first: labelling.absent.slice(0, namedPaths) },
    leftOut: [...parts.leftOut, ...without],
  }
  const first = spread(sorted, classes.length).map(({ picture, className, part }) => ({ picture, className, part }))
  return { reading: { wishes, plan, first }, images: sorted }
}

/** The parting that is left where all images are for training: that by folds, else none. */
function withoutParts(parting: Parting): Parting {
  return isDrawn(parting) ? parting : bySeed
}

interface Taken {
  readonly images: ReadImage[]
  readonly without: LeftOut[]
}

function takeImages({ pictures, labelling, parting, whyWithout }: ReadingParts): Taken {
  const images: ReadImage[] = []
  const left: [picture: string, why: Phrase][] = []
  for (const picture of pictures.toSorted()) {
    const className = labelling.of.get(picture)
    const part = isDrawn(parting) ? 'train' : parting.of.get(picture)
    if (className === undefined) left.push([picture, whyWithout(picture)])
    else if (part === undefined) left.push([picture, phrase('in-no-part', {})])
    else if (part === 'unlabelled') left.push([picture, phrase('in-unlabelled-part', {})])
    else images.push({ picture, className, part, fold: parting.folds?.get(picture) ?? null })
  }
  // Without training images a run could only draw them from the others.
  const trains = images.some(({ part }) => part === 'train')
  return {
    images: trains ? images : images.map((image) => ({ ...image, part: 'train' })),
    without: byReason(left),
  }
}

function byReason(left: readonly (readonly [picture: string, why: Phrase])[]): LeftOut[] {
  const reasons = new Map<string, { why: Phrase; count: number; first: string[] }>()
  for (const [picture, why] of left) {
    const key = JSON.stringify(why)
    const reason = reasons.get(key) ?? { why, count: 0, first: [] }
    reasons.set(key, reason)
    reason.count += 1
    if (reason.first.length < namedPaths) reason.first.push(picture)
  }
  return [...reasons.values()]
}

function countedClasses(classes: readonly string[], images: readonly ReadImage[]): PlannedClass[] {
  const counts = new Map(classes.map((name) => [name, { name, train: 0, validation: 0, test: 0 }]))
  for (const { className, part } of images) {
    const count = counts.get(className)
    if (count !== undefined) count[part] += 1
  }
  return [...counts.values()]
}

function fateOfValidation(images: readonly ReadImage[]): ReadingPlan['validation'] {
  const has = (wanted: Part): boolean => images.some(({ part }) => part === wanted)
  if (!has('validation')) return null
  return has('test') ? 'trained' : 'tested'
}

/** The first images, one of each class in turn, so that they show as many classes as they can. */
function spread(sorted: readonly ReadImage[], classes: number): ReadImage[] {
  const of = Map.groupBy(sorted, ({ className }) => className)
  const turns = Math.ceil(shownImages / Math.min(classes, shownImages))
  const columns = [...of.values()].slice(0, shownImages)
  return Array.from({ length: turns }, (_, turn) => columns.flatMap((images) => images.slice(turn, turn + 1)))
    .flat()
    .slice(0, shownImages)
}
