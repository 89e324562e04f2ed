import { expect, test } from 'vitest'
import { chooseSamples } from '../../../../main/datasets/images/sampleImages.ts'

const labels = Uint16Array.from({ length: 1000 }, (_, index) => (index * 7) % 10)

function classesOf(indices: readonly number[]): number {
  return new Set(indices.map((index) => labels[index])).size
}

test('as many classes as possible, and no image twice', () => {
  for (let seed = 0; seed < 20; seed++) {
    const nine = chooseSamples(labels, 10, 9, seed)
    expect(nine).toHaveLength(9)
    expect(classesOf(nine)).toBe(9)
    const many = chooseSamples(labels, 10, 25, seed)
    expect(new Set(many).size).toBe(25)
    expect(classesOf(many.slice(0, 10))).toBe(10)
    expect(classesOf(many.slice(10, 20))).toBe(10)
  }
})

test('the same seed chooses the same images, another seed others', () => {
  expect(chooseSamples(labels, 10, 9, 3)).toEqual(chooseSamples(labels, 10, 9, 3))
  expect(chooseSamples(labels, 10, 9, 3)).not.toEqual(chooseSamples(labels, 10, 9, 4))
  // What a seed shows must not change with a new version: people refer to it.
  expect(chooseSamples(Uint16Array.of(0, 1, 0, 1, 0, 1), 2, 4, 1)).toEqual([4, 1, 0, 5])
})

test('a small set gives all it has, and classes without images are passed over', () => {
  expect(chooseSamples(Uint16Array.of(4, 4, 2), 10, 9, 1).sort()).toEqual([0, 1, 2])
  expect(chooseSamples(Uint16Array.of(), 10, 9, 1)).toEqual([])
})
