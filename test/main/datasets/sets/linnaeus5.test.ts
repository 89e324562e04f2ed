import { expect, test } from 'vitest'
import { linnaeus5 } from '../../../../main/datasets/sets/linnaeus5.ts'
import { describePaths } from './genuine.ts'

const { card, pictures } = linnaeus5

test('images are read in the order of their numbers, whatever the case of folders and endings', () => {
  const { edition, images } = describePaths(pictures, [
    'Linnaeus 5 64X64/test/Dog/2_64.JPG',
    'Linnaeus 5 64X64/train/berry/10_64.jpg',
    'Linnaeus 5 64X64/train/berry/9_64.jpg',
    'Linnaeus 5 64X64/Train/OTHER/1_64.jpeg',
    'Linnaeus 5 64X64/Thumbs.db',
  ])
  expect(edition).toBe('64x64')
  expect(images.map(({ picture, label, split }) => [picture.split('/').at(-1), card.classes[label], split])).toEqual([
    ['9_64.jpg', 'berry', 'train'],
    ['10_64.jpg', 'berry', 'train'],
    ['1_64.jpeg', 'other', 'train'],
    ['2_64.JPG', 'dog', 'test'],
  ])
})

test('a part alone is taken, and what is not there is named', () => {
  const { edition, missing } = describePaths(pictures, ['train/bird/1_32.jpg', 'train/dog/1_32.jpg'])
  expect(edition).toBeNull()
  expect(missing).toEqual([
    'train/berry',
    'train/bird 1/1200',
    'train/dog 1/1200',
    'train/flower',
    'train/other',
    'test/berry',
    'test/bird',
    'test/dog',
    'test/flower',
    'test/other',
  ])
})

test('of two editions beside each other one is taken', () => {
  const both = ['sets/Linnaeus 5 256X256/train/dog/1_256.jpg', 'sets/Linnaeus 5 128X128/train/dog/1_128.jpg']
  expect(describePaths(pictures, both)).toMatchObject({ edition: '128x128', images: [{ picture: both[1] }] })
})

test('classes without train or test around them, and other files, are refused', () => {
  expect(() => describePaths(pictures, ['dog/1_64.jpg', 'train/cat/1_64.jpg', 'train/dog/readme.txt'])).toThrow(
    'no images of Linnaeus 5',
  )
})
