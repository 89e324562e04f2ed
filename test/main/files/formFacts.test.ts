import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { plainSet, type DatasetCard } from '../../../core/data/dataset.ts'
import { readAverage, readTwins, twinCount, writeFacts } from '../../../main/files/formFacts.ts'
import { writePreparedForm } from '../../../main/files/preparedForm.ts'

const card: DatasetCard = {
  ...plainSet,
  id: 'tiny',
  name: 'Tiny',
  image: { height: 1, width: 2, channels: 1 },
  classes: ['a', 'b', 'none'],
  classesRu: ['а', 'б', 'нет'],
  sizes: { train: 4, test: 3 },
  mirrors: false,
  downloadBytes: 0,
  authors: '',
  page: '',
  licence: '',
}
const train = { images: Uint8Array.of(0, 255, 10, 20, 0, 255, 1, 1), labels: Uint16Array.of(0, 1, 0, 0) }
const tested = { images: Uint8Array.of(9, 9, 10, 20, 0, 255), labels: Uint16Array.of(1, 0, 1) }

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'conv-lab-'))
})
afterEach(() => rm(folder, { recursive: true }))

test('equal images of both splits are found, and the average of each class', async () => {
  const form = path.join(folder, 'form')
  const stored = await writePreparedForm(form, { card, source: 'import', train, test: tested })
  expect(twinCount(form)).toBeNull()
  const told: number[] = []
  await writeFacts(form, stored, (done) => told.push(done))
  expect(told).toEqual([1, 2, 3, 4, 5, 6, 7])
  expect(twinCount(form)).toBe(5)
  // 0 and 2 and, of the test images, 6; 1 and 5.
  expect(await readTwins(form)).toEqual([
    [0, 0],
    [1, 1],
    [2, 0],
    [5, 1],
    [6, 0],
  ])
  // (0 + 0 + 1 + 10) / 4 = 2.75; (255 + 255 + 1 + 20) / 4 = 132.75
  expect(await readAverage(form, stored, 0)).toEqual(Uint8Array.of(3, 133))
  expect(await readAverage(form, stored, 1)).toEqual(Uint8Array.of(6, 95))
  expect(await readAverage(form, stored, 2)).toBeNull()
  expect(await readAverage(form, stored, 3)).toBeNull()
  expect((await readFile(path.join(form, 'averages'))).byteLength).toBe(6)
})
