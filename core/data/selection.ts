import type { DataChoice } from './dataChoice.ts'
import type { DatasetPart, Split } from './dataset.ts'
import { classesAmong, drawnCounts, type LabelledCard, labelsOf } from './datasetView.ts'
import { permutationOf } from '../numbers/permutation.ts'
import { RandomNumbers } from '../numbers/random.ts'

/** Labels and groups of the images in one part of a prepared form, by image index. */
export interface PartLabels {
  /** Index of each image's class. */
  readonly labels: Uint16Array
  /** Each image's group; null for data sets without groups. */
  readonly groups: Uint16Array | null
}

/**
 * Labels and groups of all images of a form. The training images have the first indices, the test images those after.
 */
export type FormLabels = Readonly<Record<Split, PartLabels>>

/** Images on one side of a choice. */
export interface SelectedImages {
  /** Indices into the form's images, ascending. */
  readonly images: Uint32Array
  /** The label of each that the network learns: its place among the chosen labels. */
  readonly labels: Uint16Array
}

export interface Selection extends Readonly<Record<Split, SelectedImages>> {
  /** Indices of the chosen ones among the labels that the choice names, ascending. */
  readonly classes: readonly number[]
}

/**
 * How many images of each class are in each part of a form: training before test, groups ascending. Parts without
 * images are left out.
 * @param classes number of classes
 */
export function countedParts(form: FormLabels, classes: number): DatasetPart[] {
  return (['train', 'test'] as const).flatMap((split) => {
    const { labels, groups } = form[split]
    const counts = new Map<number | null, number[]>()
    labels.forEach((label, image) => {
      const group = groups === null ? null : groups[image]
      const counted = counts.get(group) ?? new Array<number>(classes).fill(0)
      counts.set(group, counted)
      counted[label] += 1
    })
    return [...counts]
      .map(([group, counted]) => ({ split, group, counts: counted }))
      .sort((one, other) => (one.group ?? 0) - (other.group ?? 0))
  })
}

/**
 * The images that a choice takes of a form. A pure function of the choice and the form's labels: their counts are those
 * of `chosenCounts`.
 *
 * Each label is drawn by itself, keyed by its index in the data set, so that the draw of one does not depend on which
 * others are chosen. In a drawn split the first images of a random order train and the last ones test. Of two choices
 * that differ in `perClass` alone, the smaller is a subset of the larger.
 * @throws LabError `bad-input` for labels or a class that the data set does not have.
 */
export function selectImages(card: LabelledCard, form: FormLabels, choice: DataChoice): Selection {
  const { classes: names, of } = labelsOf(card, choice.labels)
  const chosen = classesAmong(card, choice, countedParts(form, card.classes.length))
  const random = new RandomNumbers(choice.split.kind === 'drawn' ? choice.split.seed : 0)
  const members = membersOf(form, of, names.length)
  const sides = chosen.map((label) =>
    narrowed(divided(members[label], form, choice, random, label), choice, random, label),
  )
  return {
    classes: chosen,
    train: merged(sides.map(({ train }) => train)),
    test: merged(sides.map(({ test }) => test)),
  }
}

/** Images of one label on each side, ascending. */
type Sides = Readonly<Record<Split, Uint32Array>>

/** The indices of each label's images, ascending. */
function membersOf({ train, test }: FormLabels, of: readonly number[], labels: number): Uint32Array[] {
  const counts = new Array<number>(labels).fill(0)
  const eachLabel = (take: (image: number, label: number) => void): void => {
    train.labels.forEach((label, image) => take(image, of[label]))
    test.labels.forEach((label, image) => take(train.labels.length + image, of[label]))
  }
  eachLabel((_, label) => (counts[label] += 1))
  const members = counts.map((count) => new Uint32Array(count))
  const filled = counts.map(() => 0)
  eachLabel((image, label) => {
    members[label][filled[label]] = image
    filled[label] += 1
  })
  return members
}

function divided(
  images: Uint32Array,
  { train, test }: FormLabels,
  { split }: DataChoice,
  random: RandomNumbers,
  label: number,
): Sides {
  const trainImages = train.labels.length
  switch (split.kind) {
    case 'official':
      return {
        train: images.filter((image) => image < trainImages),
        test: images.filter((image) => image >= trainImages),
      }
    case 'groups': {
      const testGroups = new Set(split.test)
      const tests = (image: number): boolean => {
        const [groups, index] = image < trainImages ? [train.groups, image] : [test.groups, image - trainImages]
        return groups !== null && testGroups.has(groups[index])
      }
      return { train: images.filter((image) => !tests(image)), test: images.filter(tests) }
    }
    case 'drawn': {
      const counts = drawnCounts(images.length, split)
      const order = permutationOf(random, label, images.length, 'division').map((member) => images[member])
      return { train: order.slice(0, counts.train).sort(), test: order.slice(order.length - counts.test).sort() }
    }
  }
}

function narrowed({ train, test }: Sides, { perClass }: DataChoice, random: RandomNumbers, label: number): Sides {
  if (perClass === null || train.length <= perClass) return { train, test }
  const order = permutationOf(random, label, train.length, 'narrowing')
  return {
    train: order
      .slice(0, perClass)
      .map((member) => train[member])
      .sort(),
    test,
  }
}

/** Images of all labels together, each list with its place as their label. */
function merged(byPlace: readonly Uint32Array[]): SelectedImages {
  const count = byPlace.reduce((sum, { length }) => sum + length, 0)
  const highest = byPlace.reduce((last, images) => Math.max(last, images.at(-1) ?? -1), -1)
  // A place beyond all others stands for an image that is not taken.
  const places = new Uint16Array(highest + 1).fill(byPlace.length)
  byPlace.forEach((images, place) => images.forEach((image) => (places[image] = place)))
  const images = new Uint32Array(count)
  const labels = new Uint16Array(count)
  let next = 0
  places.forEach((place, image) => {
    if (place === byPlace.length) return
    images[next] = image
    labels[next] = place
    next += 1
  })
  return { images, labels }
}
