import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { onTestFinished } from 'vitest'
import type { TensorValue } from '../../../main/engine/shared/tensorValue.ts'
import type { DatasetCard } from '../../../core/data/dataset.ts'
import { sentenceOf } from '../../../core/words/problems.ts'
import { failureOf } from '../../../main/cli/failure.ts'
import { homePlaces, type Home } from '../../../main/files/places.ts'
import type { PreparedSplit } from '../../../main/files/preparedCard.ts'
import { writePreparedForm } from '../../../main/files/preparedForm.ts'

/** A generator of numbers of 0 to 255 (Park and Miller). */
function noise(seed: number): () => number {
  let state = seed
  return () => (state = (state * 48_271) % 2_147_483_647) % 256
}

/** Four noisy quarters of any brightness in each image, with the labels in turn; pixels follow from `seed`. */
function split({ image, classes }: DatasetCard, images: number, seed: number): PreparedSplit {
  const { height, width, channels } = image
  const next = noise(seed)
  const bytes: number[] = []
  for (let index = 0; index < images; index += 1) {
    const quarters = Array.from({ length: 4 * channels }, next)
    for (let place = 0; place < height * width; place += 1) {
      const quarter = 2 * Number(place >= (height * width) / 2) + Number(place % width >= width / 2)
      for (let channel = 0; channel < channels; channel += 1)
        bytes.push(Math.floor((3 * quarters[quarter * channels + channel] + next()) / 4))
    }
  }
  return {
    images: Uint8Array.from(bytes),
    labels: Uint16Array.from({ length: images }, (_, index) => index % classes.length),
  }
}

/** Puts the images of a card into a home folder, in their own form. */
export async function placeSet(home: Home, card: DatasetCard, seed = 1): Promise<void> {
  await writePreparedForm(path.join(home.datasets, card.id, 'forms', 'own'), {
    card,
    source: 'publisher',
    train: split(card, card.sizes.train, seed),
    test: split(card, card.sizes.test, seed + 1),
  })
}

/** A new home folder with the images of these cards in it, removed at the end of the test. */
export async function homeWith(...cards: readonly DatasetCard[]): Promise<Home> {
  const home = homePlaces(await mkdtemp(path.join(tmpdir(), 'conv-lab-home-')))
  onTestFinished(() => rm(home.folder, { recursive: true, force: true }))
  for (const card of cards) await placeSet(home, card)
  return home
}

/** The last of some events. */
export async function lastOf<Event>(events: Promise<AsyncIterable<Event>>): Promise<Event | undefined> {
  let last: Event | undefined
  for await (const event of await events) last = event
  return last
}

/**
 * Weights whose last layer sees only how images differ from each other: otherwise a random network gives all of them one
 * answer.
 */
export function centred(weights: Map<string, TensorValue>): Map<string, TensorValue> {
  const kernel = weights.get('classes/kernel')
  if (kernel === undefined) throw new Error('the network has no layer called classes')
  const { shape, data } = kernel
  const [inputs, outputs] = shape
  const means = Array.from({ length: outputs }, (_, output) => {
    const column = data.filter((__, place) => place % outputs === output)
    return column.reduce((sum, value) => sum + value, 0) / inputs
  })
  return new Map([
    ...weights,
    ['classes/kernel', { shape, data: data.map((value, place) => 20 * (value - means[place % outputs])) }],
  ])
}

/** Weights with all values of some tensors changed. */
export function changed(names: readonly string[], value: (old: number) => number) {
  return (weights: Map<string, TensorValue>): Map<string, TensorValue> =>
    new Map(
      [...weights].map(([name, { shape, data }]) => [
        name,
        { shape, data: names.some((one) => name.endsWith(one)) ? data.map(value) : data },
      ]),
    )
}

/** The sentence that a refused call says. */
export function refusalOf(asked: Promise<unknown>): Promise<string> {
  return asked.then(
    () => 'answered',
    (thrown: unknown) => sentenceOf(failureOf(thrown, true), 'en'),
  )
}
