import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { onTestFinished } from 'vitest'
import type { DatasetCard } from '../../../core/data/dataset.ts'
import { homePlaces, type Home } from '../../../main/files/places.ts'
import type { PreparedSplit } from '../../../main/files/preparedCard.ts'
import { writePreparedForm } from '../../../main/files/preparedForm.ts'

/** Noise that is lighter for later classes, with the labels in turn; pixels follow from `seed`. */
function split({ image, classes }: DatasetCard, images: number, seed: number): PreparedSplit {
  const size = image.height * image.width * image.channels
  const labels = Uint16Array.from({ length: images }, (_, index) => index % classes.length)
  let noise = seed
  const bytes = Uint8Array.from({ length: images * size }, (_, place) => {
    // The generator of Park and Miller.
    noise = (noise * 48_271) % 2_147_483_647
    const light = labels[Math.floor(place / size)] / classes.length
    return Math.floor(80 * light) + (noise % 176)
  })
  return { images: bytes, labels }
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
