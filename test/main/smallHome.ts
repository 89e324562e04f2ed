import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { onTestFinished } from 'vitest'
import type { DatasetCard } from '../../core/data/dataset.ts'
import { cifar10 } from '../../main/datasets/sets/cifar10.ts'
import type { PreparedSplit } from '../../main/files/preparedCard.ts'
import { writePreparedForm } from '../../main/files/preparedForm.ts'
import { homePlaces, type Home } from '../../main/files/places.ts'

/** CIFAR-10's card for a set that trains within seconds. */
export const smallCard: DatasetCard = { ...cifar10.card, sizes: { train: 300, test: 100 } }

/** Images of one brightness a class with a fixed pattern over them, so that there is something to learn. */
function split(images: number, pattern: number): PreparedSplit {
  const pixels = smallCard.image.height * smallCard.image.width * smallCard.image.channels
  const labels = Uint16Array.from({ length: images }, (_, index) => index % smallCard.classes.length)
  const bytes = Uint8Array.from(
    { length: images * pixels },
    (_, at) => labels[Math.floor(at / pixels)] * 20 + ((at * pattern) % 55),
  )
  return { images: bytes, labels }
}

/** Puts a small set under the name of CIFAR-10 into a home folder; another pattern makes it another set. */
export async function placeSmallSet(home: Home, pattern = 7919): Promise<void> {
  const { train, test } = smallCard.sizes
  await writePreparedForm(path.join(home.datasets, smallCard.id, 'forms', 'own'), {
    card: smallCard,
    source: 'publisher',
    train: split(train, pattern),
    test: split(test, pattern),
  })
}

/** A new home folder with a small set in it, removed at the end of the test. */
export async function smallHome(): Promise<Home> {
  const home = homePlaces(await mkdtemp(path.join(tmpdir(), 'conv-lab-home-')))
  onTestFinished(() => rm(home.folder, { recursive: true, force: true }))
  await placeSmallSet(home)
  return home
}
