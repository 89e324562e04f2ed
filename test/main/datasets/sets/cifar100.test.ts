import { readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { cifar100 } from '../../../../main/datasets/sets/cifar100.ts'
import { genuineFolder } from './genuine.ts'

const piece = path.join(genuineFolder, 'cifar-100/cifar-100-binary')
const { classes, groupings } = cifar100.card
const [superclasses] = groupings

function namesIn(file: string): string[] {
  return readFileSync(path.join(piece, file), 'utf8').trim().split(/\r?\n/)
}

test('the classes and superclasses are those of the set, in its order', () => {
  expect(classes).toEqual(namesIn('fine_label_names.txt'))
  expect(superclasses.classes).toEqual(namesIn('coarse_label_names.txt'))
})

test('every superclass has five classes, and the genuine records put each class into its own', () => {
  expect(superclasses.classes.map((_, label) => superclasses.of.filter((one) => one === label).length)).toEqual(
    superclasses.classes.map(() => 5),
  )
  const record = 2 + 32 * 32 * 3
  for (const file of ['train.bin', 'test.bin']) {
    const bytes = readFileSync(path.join(piece, file))
    const labels = Array.from({ length: bytes.length / record }, (_, index) => ({
      coarse: bytes[index * record],
      fine: bytes[index * record + 1],
    }))
    expect(new Set(labels.map(({ fine }) => classes[fine])).size).toBe(10)
    expect(labels.map(({ fine }) => superclasses.of[fine])).toEqual(labels.map(({ coarse }) => coarse))
  }
})
