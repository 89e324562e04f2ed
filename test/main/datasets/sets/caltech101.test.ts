import { readFileSync } from 'node:fs'
import sharp from 'sharp'
import { expect, test } from 'vitest'
import { caltech101 } from '../../../../main/datasets/sets/caltech101.ts'
import { describeFiles, describeGenuine, describePaths, genuineFiles } from './genuine.ts'

const { card, pictures } = caltech101
const label = (name: string): number => card.classes.indexOf(name)

test('the genuine piece is read: images by folder, boxes by annotation, nothing official about the split', async () => {
  const { classes, edition, images, missing } = describeGenuine(pictures, 'caltech-101')
  expect([classes, edition]).toEqual([null, null])
  expect(images.map(({ picture }) => picture.replace('caltech-101/101_ObjectCategories/', ''))).toEqual([
    ...[
      'brain/image_0001.jpg',
      'brain/image_0003.jpg',
      'brain/image_0004.jpg',
      'cannon/image_0003.jpg',
      'cannon/image_0004.jpg',
    ],
    ...[
      'crocodile/image_0001.jpg',
      'crocodile/image_0003.jpg',
      'crocodile/image_0004.jpg',
      'dolphin/image_0001.jpg',
      'dolphin/image_0003.jpg',
      'dolphin/image_0004.jpg',
    ],
    ...['garfield/image_0001.jpg', 'BACKGROUND_Google/image_0001.jpg', 'BACKGROUND_Google/image_0003.jpg'],
  ])
  expect(new Set(images.map((image) => `${image.split} ${image.group}`))).toEqual(new Set(['train null']))
  expect(images[0]).toMatchObject({ label: label('brain'), box: { top: 24, left: 39, bottom: 197, right: 252 } })
  expect(images.filter(({ box }) => box !== null).map((image) => card.classes[image.label])).toEqual(
    ['brain', 'crocodile', 'dolphin'].flatMap((name) => [name, name, name]),
  )
  expect(missing).toHaveLength(20)
  expect(missing.slice(0, 2)).toEqual(['Annotations 9/12', 'Faces'])
  expect(missing.at(-1)).toBe('… +84')

  const files = genuineFiles('caltech-101')
  for (const { picture, box } of images.filter((image) => image.box !== null)) {
    const { width, height } = await sharp(files.get(picture)).metadata()
    expect(box?.bottom).toBeLessThanOrEqual(height)
    expect(box?.right).toBeLessThanOrEqual(width)
  }
})

test.each([
  ['Faces_2', 'Faces'],
  ['Faces_3', 'Faces_easy'],
  ['Motorbikes_16', 'Motorbikes'],
  ['Airplanes_Side_2', 'airplanes'],
])('the annotations in %s belong to the images in %s', (folder, name) => {
  const annotation = [...genuineFiles('caltech-101')].flatMap(([path, file]) =>
    path.endsWith('brain/annotation_0001.mat') ? [readFileSync(file)] : [],
  )
  const files = [`101_ObjectCategories/${name}/image_0001.jpg`, `Annotations/${folder}/annotation_0001.mat`]
  const { images } = describeFiles(
    pictures,
    files.map((path) => [path, () => annotation[0]] as const),
  )
  expect(images).toMatchObject([{ label: label(name), box: { top: 24, left: 39, bottom: 197, right: 252 } }])
})

test('the folder of one class will do, and strays are passed over', () => {
  expect(describePaths(pictures, ['accordion/image_0001.jpg']).images).toMatchObject([
    { label: label('accordion'), box: null },
  ])
  const strays = [
    '101_ObjectCategories/BACKGROUND_Google/tmp',
    '__MACOSX/101_ObjectCategories/accordion/._image_0001.jpg',
    'caltech-101/show_annotation.m',
    'accordion/image_0001.jpg.part',
  ]
  expect(strays.map((path) => pictures?.sort(path))).toEqual(strays.map(() => 'skip'))
})

test('a picture that came twice is taken once, and an annotation that cannot be read counts as missing', () => {
  const { images, missing } = describePaths(
    pictures,
    ['b/101_ObjectCategories/ant/image_0002.jpg', 'a/ant/image_0002.jpg'],
    { 'Annotations/ant/annotation_0002.mat': 'MATLAB 5.0 of sorts' },
  )
  expect(images).toMatchObject([{ picture: 'a/ant/image_0002.jpg', box: null }])
  expect(missing[0]).toBe('Annotations')
})

test('files of something else are refused', () => {
  expect(() => describePaths(pictures, ['holiday/1.jpg'])).toThrow('no images of Caltech-101')
})

test('the usual split takes thirty training images of all but the smallest classes', () => {
  expect(card.sizes.train).toBeGreaterThan(2950)
  expect(card.sizes.train).toBeLessThan(101 * 30)
  expect(card.classes[card.background ?? 0]).toBe('BACKGROUND_Google')
})
