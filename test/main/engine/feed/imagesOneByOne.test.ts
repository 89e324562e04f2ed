import { mkdtemp, rm, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { phraseText, type Phrase } from '../../../../core/words/phrases.ts'
import { imagesOneByOne } from '../../../../main/engine/feed/imagesOneByOne.ts'

const imageBytes = 3

/** Two files of four and two images; image i has the bytes 10 i, 10 i + 1, 10 i + 2. */
async function placedFiles(): Promise<{ path: string; images: number }[]> {
  const folder = await mkdtemp(path.join(tmpdir(), 'conv-lab-images-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  const files = [4, 2].map((images, index) => ({ path: path.join(folder, String(index)), images }))
  const bytesOf = (image: number) => [10 * image, 10 * image + 1, 10 * image + 2]
  await writeFile(files[0].path, Uint8Array.from([0, 1, 2, 3].flatMap(bytesOf)))
  await writeFile(files[1].path, Uint8Array.from([4, 5].flatMap(bytesOf)))
  return files
}

function refuse(detail: Phrase): never {
  throw new Error(`refused: ${phraseText(detail, 'en')}`)
}

test('any image of a sequence can be asked for, across both files', async () => {
  const source = await imagesOneByOne({
    files: await placedFiles(),
    imageBytes,
    numbers: Uint32Array.of(5, 0, 3),
    refuse,
  })
  const sequence = source.sequence(() => new Uint32Array())
  for (const [image, number] of [
    [2, 3],
    [0, 5],
    [1, 0],
    [0, 5],
  ]) {
    const place = sequence.placeOf(image)
    expect([...sequence.images.subarray(place * imageBytes, (place + 1) * imageBytes)]).toEqual(
      [0, 1, 2].map((byte) => 10 * number + byte),
    )
  }
  sequence.close()
  await source.close()
})

test('a file that is cut short is refused', async () => {
  const files = await placedFiles()
  await truncate(files[1].path, 4)
  const source = await imagesOneByOne({ files, imageBytes, numbers: Uint32Array.of(4, 5), refuse })
  const sequence = source.sequence(() => new Uint32Array())
  onTestFinished(() => sequence.close())
  expect(sequence.placeOf(0)).toBe(0)
  expect(() => sequence.placeOf(1)).toThrow(/refused: .*cut short/)
})
