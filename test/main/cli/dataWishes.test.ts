import { describe, expect, test } from 'vitest'
import { plainSet, type DatasetCard, type DatasetPart } from '../../../core/data/dataset.ts'
import type { ViewedEntry } from '../../../core/data/datasetView.ts'
import { givenTo } from '../../../main/cli/arguments.ts'
import { trainCommand } from '../../../main/cli/commands/train.ts'
import { choiceFor, formFor } from '../../../main/cli/dataWishes.ts'

function entryOf(card: Partial<DatasetCard>, parts: DatasetPart[] | null = null): ViewedEntry {
  return {
    ...plainSet,
    id: 'some',
    name: 'Some',
    image: { height: 32, width: 32, channels: 3 },
    classes: ['apple', 'pear', 'car'],
    classesRu: ['яблоко', 'груша', 'машина'],
    sizes: { train: 90, test: 30 },
    mirrors: true,
    downloadBytes: 1,
    authors: '',
    page: '',
    licence: '',
    ...card,
    forms: [],
    contents:
      parts === null
        ? null
        : {
            parts,
            published: true,
            edition: null,
            broken: { count: 0, first: [] },
            missing: [],
            leftOut: [],
            plan: null,
            bytes: 1,
          },
  }
}

const plain = entryOf({
  groupings: [{ id: 'kinds', classes: ['fruit', 'thing'], classesRu: ['плод', 'вещь'], of: [0, 0, 1] }],
})
const pictures = entryOf({ ownSize: false, cuts: ['whole', 'object'], split: { kind: 'drawn', train: 30, test: 10 } })
const objects = entryOf({ ownSize: false, cuts: ['object'] })
const sessions = entryOf(
  { split: { kind: 'groups', unit: 'session', test: [3, 7, 10] } },
  [1, 3, 4].map((group) => ({ split: 'train', group, counts: [5, 5, 5] })),
)

/** The choice that words on the command line make of a set. */
function chosen(entry: ViewedEntry, words: string) {
  const given = ['train', '--dataset', 'some', ...words.split(' ').filter((word) => word !== '')]
  return choiceFor(entry, trainCommand.inputOf(givenTo(trainCommand, given)).data)
}

describe('what a run takes of a set', () => {
  test('is its usual where nothing is said', () => {
    expect(chosen(plain, '')).toEqual({
      form: { side: null, fit: 'crop', cut: { kind: 'whole' } },
      labels: 'classes',
      classes: null,
      perClass: null,
      split: { kind: 'official' },
    })
    expect(chosen(pictures, '')).toMatchObject({
      form: { side: 32 },
      split: { kind: 'drawn', seed: 0, train: 30, test: 10 },
    })
    expect(chosen(sessions, '')).toMatchObject({ split: { kind: 'groups', test: [3] } })
  })

  test('are some classes by their names, or some of a grouping', () => {
    expect(chosen(plain, '--classes car,apple --per-class 12')).toMatchObject({
      labels: 'classes',
      classes: [0, 2],
      perClass: 12,
    })
    expect(chosen(plain, '--labels kinds')).toMatchObject({ labels: 'kinds', classes: null })
    expect(chosen(plain, '--labels kinds --classes thing,fruit')).toMatchObject({ labels: 'kinds', classes: [0, 1] })
    expect(() => chosen(plain, '--labels kinds --classes thing,car')).toThrow('no class “car”')
    expect(() => chosen(plain, '--labels sorts')).toThrow('Some has no labels “sorts”; there are classes, kinds')
    expect(() => chosen(plain, '--classes car')).toThrow('two or more')
  })

  test('has the images in the form that is wanted', () => {
    expect(chosen(plain, '--side 48 --fit fit').form).toEqual({ side: 48, fit: 'fit', cut: { kind: 'whole' } })
    expect(chosen(plain, '--fit fit').form.side).toBeNull()
    expect(chosen(pictures, '--cut object --margin 0.2').form).toEqual({
      side: 32,
      fit: 'crop',
      cut: { kind: 'object', margin: 0.2, least: 24 },
    })
    expect(chosen(pictures, '--least 40').form.cut).toEqual({ kind: 'object', margin: 0.1, least: 40 })
    expect(() => chosen(plain, '--cut object')).toThrow('Some offers only whole')
    expect(() => chosen(objects, '--cut whole')).toThrow('Some offers only object')
  })

  test('is divided as is wanted', () => {
    expect(chosen(plain, '--split drawn --split-seed 4').split).toEqual({
      kind: 'drawn',
      seed: 4,
      train: null,
      test: null,
    })
    expect(chosen(pictures, '--split-seed 4').split).toEqual({ kind: 'drawn', seed: 4, train: 30, test: 10 })
    expect(chosen(pictures, '--train-images 15 --test-images 7').split).toEqual({
      kind: 'drawn',
      seed: 0,
      train: 15,
      test: 7,
    })
    expect(chosen(sessions, '--test-groups 4,1,4').split).toEqual({ kind: 'groups', test: [1, 4] })
    expect(chosen(pictures, '--split official').split).toEqual({ kind: 'official' })
  })
})

test('a form by itself is that of the set but for what is wanted', () => {
  const nothing = { side: undefined, fit: undefined, cut: undefined, margin: undefined, least: undefined }
  expect(formFor(objects, nothing)).toEqual({ side: 32, fit: 'crop', cut: { kind: 'object', margin: 0.1, least: 24 } })
  expect(formFor(objects, { ...nothing, side: 64, fit: 'fit' })).toEqual({
    side: 64,
    fit: 'fit',
    cut: { kind: 'object', margin: 0.1, least: 24 },
  })
})
