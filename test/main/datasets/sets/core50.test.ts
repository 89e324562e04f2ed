import { readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { core50 } from '../../../../main/datasets/sets/core50.ts'
import { describeGenuine, describePaths, genuineFolder } from './genuine.ts'

const { card, pictures } = core50

test('objects are called as in the list that the authors give', () => {
  expect(card.classes).toEqual(
    readFileSync(path.join(genuineFolder, 'core50/core50_class_names.txt'), 'utf8').trim().split(/\r?\n/),
  )
  const [categories] = card.groupings
  expect(
    card.classes.map((name, label) => name.replace(/\d$/, '') === categories.classes[categories.of[label]]),
  ).toEqual(card.classes.map(() => true))
})

test('the genuine frames are read with object, session and edition', () => {
  const { edition, images, missing } = describeGenuine(pictures, 'core50')
  expect(edition).toBe('128x128')
  expect(images.map(({ label, group }) => [card.classes[label], group])).toEqual([
    ['scissor3', 2],
    ['ball3', 2],
    ['scissor3', 3],
    ['ball5', 3],
    ['scissor3', 7],
    ['ball3', 7],
  ])
  expect(missing.slice(0, 4)).toEqual(['s1', 's2 2/14986', 's3 2/14992', 's4'])
})

test('one object of one session will do, and of two editions beside each other one is taken', () => {
  expect(describePaths(pictures, ['o13/C_02_13_008.png'])).toMatchObject({
    edition: null,
    images: [{ label: 12, group: 2 }],
  })
  const both = describePaths(pictures, [
    'core/core50_32x32/s1/o1/C_01_01_000.png',
    'core/core50_128x128/s1/o1/C_01_01_000.png',
  ])
  expect(both).toMatchObject({ edition: '128x128', images: [{ picture: 'core/core50_128x128/s1/o1/C_01_01_000.png' }] })
  expect(describePaths(pictures, ['core50_32x32/s1/o1/C_01_01_000.png']).edition).toBe('32x32')
})

test('depth pictures, objects and sessions that the set has not, are refused', () => {
  expect(() =>
    describePaths(pictures, [
      's1/o1/D_01_01_000.png',
      's1/o51/C_01_51_000.png',
      's12/o1/C_12_01_000.png',
      's1/o1/C_00_01_000.png',
    ]),
  ).toThrow('no images of CORe50')
})

test('the sizes are those of the authors: 164,866 frames, three sessions of which test', () => {
  expect(card.sizes).toEqual({ train: 119_894, test: 44_972 })
})
