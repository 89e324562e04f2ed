import { expect, test } from 'vitest'
import { caltech256 } from '../../../../main/datasets/sets/caltech256.ts'
import { describePaths } from './genuine.ts'

const { card, pictures } = caltech256

test('images are read by the number of their class, strays passed over', () => {
  const strays = ['198.spider/RENAME2', '056.dog/greg/vision309/056_0001.txt', '056.dog/greg']
  const { images, missing } = describePaths(pictures, [
    '256_ObjectCategories/257.clutter/257_0003.jpg',
    '256_ObjectCategories/001.ak47/001_0010.jpg',
    '256_ObjectCategories/001.ak47/001_0002.JPG',
    ...strays,
  ])
  expect(images.map(({ picture, label }) => [picture.split('/').at(-1), card.classes[label]])).toEqual([
    ['001_0002.JPG', 'ak47'],
    ['001_0010.jpg', 'ak47'],
    ['257_0003.jpg', 'clutter'],
  ])
  expect(missing).toHaveLength(20)
  expect(missing.slice(0, 2)).toEqual(['256_ObjectCategories 3/30607', '002.american-flag'])
})

test('the classes stand where their numbers say, the background last', () => {
  const known = {
    horse: 105,
    lightning: 133,
    'revolver-101': 172,
    spider: 198,
    't-shirt': 232,
    zebra: 250,
    clutter: 257,
  }
  expect(Object.keys(known).map((name) => card.classes.indexOf(name) + 1)).toEqual(Object.values(known))
  expect(card.background).toBe(256)
})

test('numbers that no class has, and files of something else, are refused', () => {
  expect(() => describePaths(pictures, ['258.cat/258_0001.jpg', '000.cat/000_0001.jpg', 'cat/1.jpg'])).toThrow(
    'no images of Caltech-256',
  )
})
