import { expect, test } from 'vitest'
import { groupsOf } from '../../core/query/runGroups.ts'
import { formatsFor } from '../../renderer/text/formats.ts'
import { repeatedNames } from '../../renderer/text/repeatTexts.ts'
import { someFacts } from '../core/query/someFacts.ts'

const format = formatsFor('en')

function named(runs: Parameters<typeof groupsOf>[0]): string[] {
  const { groups } = groupsOf(runs, { by: 'repeats', runs: 500 }, () => null)
  return repeatedNames(
    groups.flatMap(({ repeated }) => repeated ?? []),
    [],
    format,
  )
}

test('repeats are called by what tells them from the others', () => {
  expect(
    named([
      someFacts({ id: 1, repeats: 'a'.repeat(64), rate: 0.001, batch: 64, seed: 1 }),
      someFacts({ id: 2, repeats: 'b'.repeat(64), rate: 0.01, batch: 64, seed: 1 }),
      someFacts({ id: 3, repeats: 'a'.repeat(64), rate: 0.001, batch: 64, seed: 2 }),
    ]),
  ).toEqual(['rate 0.001, batch 64', 'rate 0.01, batch 64'])
  const [one, other] = ['a', 'b'].map((repeats, id) =>
    someFacts({ id: id + 1, repeats: repeats.repeat(64), set: 'mnist', schedule: id === 0 ? 'cosine' : 'step' }),
  )
  expect(named([one, { ...other, set: 'cifar-10' }])).toEqual([
    'cifar-10, rate 0.001, batch 50, Step',
    'mnist, rate 0.001, batch 50, Cosine',
  ])
})

test('repeats that nothing of it tells apart are called by their newest run', () => {
  expect(
    named([
      someFacts({ id: 1, repeats: 'a'.repeat(64), rate: 0.001, batch: 64 }),
      someFacts({ id: 2, repeats: 'b'.repeat(64), rate: 0.001, batch: 64 }),
      someFacts({ id: 5, repeats: 'b'.repeat(64), rate: 0.001, batch: 64 }),
    ]),
  ).toEqual(['rate 0.001, batch 64, as run 5', 'rate 0.001, batch 64, as run 1'])
})

test('a group of repeats tells how many seeds it has, and no steps where they differ', () => {
  const { groups } = groupsOf(
    [
      someFacts({ id: 1, seed: 4, steps: 100 }),
      someFacts({ id: 2, seed: 4, steps: 100 }),
      someFacts({ id: 3, seed: 5, steps: 200 }),
    ],
    { by: 'repeats', runs: 500 },
    () => null,
  )
  expect(groups[0].repeated).toMatchObject({ seeds: 2, steps: null, newest: 3 })
  expect(groupsOf([someFacts({ id: 1 })], { by: 'batch', runs: 1 }, () => null).groups[0].repeated).toBeNull()
})
