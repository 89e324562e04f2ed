import path from 'node:path'
import { readPreparedForm, writePreparedForm } from '../../main/files/preparedForm.ts'
import type { PreparedSplit } from '../../main/files/preparedCard.ts'
import type { Home } from '../../main/files/places.ts'

/** A small part of a published set, and what is wrong with it on purpose. */
export interface SetCut {
  readonly set: 'cifar-10' | 'cifar-100' | 'mnist' | 'fashion-mnist' | 'shapes'
  /** The first images of each class. */
  readonly train: number
  readonly test: number
  /** Of the classes with an odd index only this share of the training images is taken. */
  readonly thinned?: number
  /** This share of the test images is replaced by training images of the same class. */
  readonly copied?: number
}

/** The first images of each class that is there; of class c as many as `most(c)`. */
function firstOfEach({ labels, images }: PreparedSplit, bytes: number, most: (label: number) => number): PreparedSplit {
  const taken = new Map<number, number>()
  const chosen: number[] = []
  labels.forEach((label, index) => {
    const before = taken.get(label) ?? 0
    if (before >= most(label)) return
    taken.set(label, before + 1)
    chosen.push(index)
  })
  const cut = new Uint8Array(chosen.length * bytes)
  chosen.forEach((index, place) => cut.set(images.subarray(index * bytes, (index + 1) * bytes), place * bytes))
  return { images: cut, labels: Uint16Array.from(chosen, (index) => labels[index]) }
}

/** The test part with the first images of each class replaced by training images of that class. */
function withCopies(test: PreparedSplit, train: PreparedSplit, bytes: number, each: number): PreparedSplit {
  const images = test.images.slice()
  const replaced = new Map<number, number>()
  test.labels.forEach((label, place) => {
    const before = replaced.get(label) ?? 0
    if (before >= each) return
    const source = train.labels.findIndex((one, index) => one === label && index >= before)
    if (source < 0) return
    replaced.set(label, before + 1)
    images.set(train.images.subarray(source * bytes, (source + 1) * bytes), place * bytes)
  })
  return { images, labels: test.labels }
}

/** Places a cut of a set into a home folder, under the set's own name. */
export async function placeCut(from: Home, into: Home, cut: SetCut): Promise<void> {
  const { card, train, test } = await readPreparedForm(path.join(from.datasets, cut.set, 'forms', 'own'))
  const { height, width, channels } = card.image
  const bytes = height * width * channels
  const present = [...new Set(train.labels)].sort((one, other) => one - other)
  // Labels without a gap: of some sets only a part of the classes may be here.
  const renumbered = (split: PreparedSplit): PreparedSplit => ({
    images: split.images,
    labels: split.labels.map((label) => present.indexOf(label)),
  })
  const ofTrain = (label: number): number =>
    label % 2 === 1 && cut.thinned !== undefined ? Math.round(cut.train * cut.thinned) : cut.train
  const trained = firstOfEach(renumbered(train), bytes, ofTrain)
  const plain = firstOfEach(renumbered(test), bytes, () => cut.test)
  const tested = cut.copied === undefined ? plain : withCopies(plain, trained, bytes, Math.round(cut.test * cut.copied))
  await writePreparedForm(path.join(into.datasets, cut.set, 'forms', 'own'), {
    card: {
      ...card,
      classes: present.map((label) => card.classes[label]),
      classesRu: present.map((label) => card.classesRu[label]),
      groupings: [],
      sizes: { train: trained.labels.length, test: tested.labels.length },
    },
    source: 'publisher',
    train: trained,
    test: tested,
  })
}
