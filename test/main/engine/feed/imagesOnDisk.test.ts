import { mkdtemp, rm, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { phraseText } from '../../../../core/words/phrases.ts'
import { permutationOf } from '../../../../core/numbers/permutation.ts'
import { RandomNumbers } from '../../../../core/numbers/random.ts'
import { imagesOnDisk } from '../../../../main/engine/feed/imagesOnDisk.ts'
import type { ImageSequence, ImageSource } from '../../../../main/engine/feed/imageSource.ts'

const random = new RandomNumbers(1)
const imageBytes = 5
const sizes = [700, 300]
const all = Uint8Array.from({ length: 1000 * imageBytes }, (_, place) => random.below(256, 'weights', 0, place))

let folder: string
let files: { path: string; images: number }[]
let source: ImageSource | null = null
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'conv-lab-images-'))
  files = sizes.map((images, index) => ({ path: path.join(folder, `file-${index}`), images }))
  await writeFile(files[0].path, all.subarray(0, 700 * imageBytes))
  await writeFile(files[1].path, all.subarray(700 * imageBytes))
})
afterEach(async () => {
  await source?.close()
  source = null
  await rm(folder, { recursive: true })
})

async function opened(numbers: Uint32Array): Promise<ImageSource> {
  source = await imagesOnDisk({
    files,
    imageBytes,
    numbers,
    refuse: (detail) => {
      throw new Error(`refused: ${phraseText(detail, 'en')}`)
    },
  })
  return source
}

const everyNumber = Uint32Array.from({ length: 1000 }, (_, number) => number)
const inOrder = (order: Uint32Array) => (first: number, count: number) => order.subarray(first, first + count)

function pixelsOf(sequence: ImageSequence, image: number): Uint8Array {
  const place = sequence.placeOf(image)
  return sequence.images.slice(place * imageBytes, (place + 1) * imageBytes)
}

const pixelsInFiles = (number: number) => all.subarray(number * imageBytes, (number + 1) * imageBytes)

describe('images read from their files', () => {
  it('are those of their numbers, in whatever order they are wanted, across both files and far beyond what is read ahead', async () => {
    const order = Uint32Array.from({ length: 12 }, (_, epoch) => epoch).reduce<number[]>(
      (images, epoch) => [...images, ...permutationOf(random, epoch, 1000)],
      [],
    )
    const sequence = (await opened(everyNumber)).sequence(inOrder(Uint32Array.from(order)))
    for (const image of order) expect(pixelsOf(sequence, image)).toEqual(pixelsInFiles(image))
  })

  it('that follow each other are read together, also where one file ends and the next begins', async () => {
    const sequence = (await opened(everyNumber)).sequence(inOrder(everyNumber))
    for (const image of everyNumber) expect(pixelsOf(sequence, image)).toEqual(pixelsInFiles(image))
  })

  it('are numbered by their place in the list of those that are taken', async () => {
    const numbers = Uint32Array.of(3, 998, 699, 700)
    const sequence = (await opened(numbers)).sequence(inOrder(Uint32Array.of(2, 3, 0, 1)))
    for (const image of [2, 3, 0, 1]) expect(pixelsOf(sequence, image)).toEqual(pixelsInFiles(numbers[image]))
  })

  it('of two sequences at once do not get into each other’s way', async () => {
    const taken = await opened(everyNumber)
    const order = permutationOf(random, 20, 1000)
    const [one, other] = [taken.sequence(inOrder(order)), taken.sequence(inOrder(everyNumber))]
    for (let turn = 0; turn < 1000; turn += 1) {
      expect(pixelsOf(one, order[turn])).toEqual(pixelsInFiles(order[turn]))
      if (turn === 300) other.close()
      if (turn < 300) expect(pixelsOf(other, turn)).toEqual(pixelsInFiles(turn))
    }
  })

  it('must be asked for as they were announced', async () => {
    const sequence = (await opened(everyNumber)).sequence(inOrder(Uint32Array.of(5, 6)))
    sequence.placeOf(5)
    expect(() => sequence.placeOf(7)).toThrow('not announced')
    expect(() => sequence.placeOf(6)).not.toThrow()
    expect(() => sequence.placeOf(6)).toThrow('not announced')
  })

  it('that are missing are refused when they are wanted, and the others can be had', async () => {
    await truncate(files[1].path, 100 * imageBytes)
    const taken = await opened(everyNumber)
    expect(() => taken.sequence(inOrder(Uint32Array.of(800))).placeOf(800)).toThrow('refused: image 800')
    expect(pixelsOf(taken.sequence(inOrder(Uint32Array.of(799))), 799)).toEqual(pixelsInFiles(799))
  })

  it('of a file that is gone are refused at once', async () => {
    await rm(files[1].path)
    await expect(opened(everyNumber)).rejects.toThrow('refused: ENOENT')
  })
})
