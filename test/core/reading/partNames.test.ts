import { describe, expect, test } from 'vitest'
import { mayNameClass, partNamed, partWord, saysNothing, tablePartNamed } from '../../../core/reading/partNames.ts'
import { fillerWords, tableFillerWords, wordsOfParts } from '../../../core/reading/partWords.ts'
import type { Part } from '../../../core/reading/readingPlan.ts'

const names: Readonly<Record<Part, readonly string[]>> = {
  train: [
    ...['train', 'Train', 'TRAIN', 'training', 'train_set', 'trainset', 'training-set', 'Training Set', 'seg_train'],
    ...['train_images', 'x_train', 'X_Train', 'trainImages', 'Train2', '01_train', 'train (1)', 'stage1_train'],
    ...['trainval', 'train_dev', 'dataset.train', 'train - copy', 'train_labelled', ' train '],
    ...['обучение', 'Обучение', 'обучающая', 'обучающая выборка', 'ОБУЧАЮЩИЕ ДАННЫЕ', '1. обучающий набор'],
    ...['тренировка', 'тренировочный', 'тренировочная_выборка', 'тренировочные фото', 'для обучения', 'трейнсет'],
  ],
  validation: [
    ...['val', 'valid', 'validation', 'dev', 'eval', 'evaluation', 'holdout', 'hold-out', 'Hold Out', 'hold_out_set'],
    ...['val2', 'valset', 'valid_images', 'devSet'],
    ...['валидация', 'валидационная', 'валидационный набор', 'проверка', 'проверочная', 'проверочные изображения'],
  ],
  test: [
    ...[
      'test',
      'test1',
      'testing',
      'Testing',
      'test_set',
      'testset',
      'seg_test',
      'PublicTest',
      'PrivateTest',
      'x_test',
    ],
    ...['test-dev', 'TEST_IMAGES', 'imgs.test', 'TestSet2'],
    ...['тест', 'Тест 1', 'тестовая', 'тестовый', 'тестовые', 'тестовое множество', 'тестирование', 'контроль'],
    ...['контрольная', 'контрольная выборка', 'экзамен', 'тест — копия'],
  ],
  unlabelled: [
    ...['seg_pred', 'pred', 'predict', 'unlabelled', 'unlabeled', 'Unlabeled images', 'test_unlabelled'],
    ...['неразмеченные', 'неразмеченные данные', 'без меток', 'Фото без разметки'],
  ],
}

describe('names of folders that are parts', () => {
  test.each(Object.entries(names).flatMap(([part, ofPart]) => ofPart.map((name) => [name, part])))(
    '%s: %s',
    (name, part) => {
      expect(partNamed(name)).toBe(part)
    },
  )

  test('however their letters are encoded', () => {
    expect(partNamed('тренировочный'.normalize('NFD'))).toBe('train')
    expect(partNamed('тестовый'.normalize('NFD'))).toBe('test')
  })
})

test.each([
  ...['train station', 'test tube', 'trainer', 'trains', 'strain', 'latest', 'contest', 'protest', 'invalid', 'value'],
  ...['train_test', 'train test split', 'train_val_test', 'trainA', 'train_cats', 'new train', 'testament', 'devil'],
  ...['протест', 'тестомес', 'экзаменатор', 'контролёр', 'поезд', 'обучение кошек'],
  ...['images', 'data', 'x', 'public', 'выборка', '1', '01', '', ' ', '🚂', '_-.'],
])('no part: %j', (name) => {
  expect(partNamed(name)).toBeNull()
})

test.each([
  ['train', true],
  ['Test', true],
  ['val', true],
  ['тест', true],
  ['контроль', true],
  ['bus', true],
  ['train station', true],
  ['training_set', false],
  ['test1', false],
  ['trainset', false],
  ['тестовая выборка', false],
  ['unlabelled', false],
  ['pred', false],
])('whether %s may be a class: %s', (name, may) => {
  expect(mayNameClass(name)).toBe(may)
})

test.each([
  ['images', true],
  ['Data 2', true],
  ['JPGImages', true],
  ['изображения', true],
  ['x', false],
  ['1', false],
  ['cat', false],
  ['train_images', false],
  ['cat images', false],
])('whether %s says nothing of its images: %s', (name, nothing) => {
  expect(saysNothing(name)).toBe(nothing)
})

test.each([
  ['train', 'train'],
  ['train_labels', 'train'],
  ['trainLabels', 'train'],
  ['y_train', 'train'],
  ['train-annotations', 'train'],
  ['обучающая выборка, метки', 'train'],
  ['val_list', 'validation'],
  ['test_ground_truth', 'test'],
  ['тест_ответы', 'test'],
  ['labels', null],
  ['train_cats', null],
  ['sample_submission', null],
])('the part of the table %s: %s', (name, part) => {
  expect(tablePartNamed(name)).toBe(part)
})

test('what tables are called besides is no name of a part for a folder', () => {
  expect(partNamed('train_labels')).toBeNull()
})

test.each([
  ['Training', 'train'],
  ['PublicTest', 'test'],
  ['PrivateTest', 'test'],
  ['Private', 'test'],
  ['train', 'train'],
  [' TRAIN ', 'train'],
  ['trn', 'train'],
  ['обуч.', 'train'],
  ['val', 'validation'],
  ['проверка', 'validation'],
  ['Test set', 'test'],
  ['tst', 'test'],
  ['тестовая', 'test'],
  ['unlabelled', 'unlabelled'],
  ['0', null],
  ['1', null],
  ['', null],
  ['bus', null],
  ['yes', null],
])('the word %j in a column: %s', (cell, part) => {
  expect(partWord(cell)).toBe(part)
})

test('no word is listed twice, so that each means one thing', () => {
  const known = [...Object.values(wordsOfParts).flat(), ...fillerWords, ...tableFillerWords]
  expect(known.filter((word, index) => known.indexOf(word) !== index)).toEqual([])
})

test('a long name that is nearly made of known words is read at once', () => {
  expect(partNamed(`${'imagesdatasettestset'.repeat(12)}!cat`)).toBeNull()
  expect(partNamed('imagesdataset'.repeat(18) + 'train')).toBe('train')
})
