import { expect, test } from 'vitest'
import { cityscapes } from '../../../../main/datasets/sets/cityscapes.ts'
import { describePaths } from './genuine.ts'

const { card, pictures } = cityscapes

const street = (part: string, frame: string): string =>
  `cityscapes/leftImg8bit/${part}/${frame.split('_')[0]}/${frame}_leftImg8bit.png`
const polygons = (part: string, frame: string): string =>
  `cityscapes/gtFine/${part}/${frame.split('_')[0]}/${frame}_gtFine_polygons.json`

function scene(...objects: { label: string; polygon: number[][]; deleted?: number }[]): string {
  return JSON.stringify({ imgHeight: 1024, imgWidth: 2048, objects })
}

const aachen = 'aachen_000000_000019'
const lindau = 'lindau_000003_000019'

test('each object of a class is an image with the box around its polygon, in its city’s part', () => {
  const { images, missing } = describePaths(pictures, [street('val', lindau), street('train', aachen)], {
    [polygons('train', aachen)]: scene(
      {
        label: 'car',
        polygon: [
          [100, 50],
          [150, 50],
          [160, 90],
        ],
      },
      {
        label: 'traffic sign',
        polygon: [
          [2040, -5],
          [2060, 10],
          [2040, 10],
        ],
      },
    ),
    [polygons('val', lindau)]: scene({
      label: 'person',
      polygon: [
        [10.4, 20.6],
        [30.2, 80.1],
      ],
    }),
  })
  expect(images.map(({ picture, label, split, box }) => [picture, card.classes[label], split, box])).toEqual([
    [street('train', aachen), 'car', 'train', { top: 50, left: 100, bottom: 91, right: 161 }],
    [street('train', aachen), 'traffic sign', 'train', { top: 0, left: 2040, bottom: 11, right: 2048 }],
    [street('val', lindau), 'person', 'test', { top: 20, left: 10, bottom: 82, right: 32 }],
  ])
  expect(missing).toEqual(['leftImg8bit/train 1/2975', 'leftImg8bit/val 1/500'])
})

test('groups, regions, other things, deleted and empty polygons are left out', () => {
  const square = [
    [0, 0],
    [40, 0],
    [40, 40],
  ]
  const left = ['cargroup', 'persongroup', 'road', 'sky', 'pole', 'license plate', 'ego vehicle', 'out of roi'].map(
    (label) => ({ label, polygon: square }),
  )
  const { images } = describePaths(pictures, [street('train', aachen)], {
    [polygons('train', aachen)]: scene(
      ...left,
      { label: 'bus', polygon: square, deleted: 1 },
      { label: 'bus', polygon: [] },
      {
        label: 'bus',
        polygon: [
          [3000, 3000],
          [3001, 3001],
        ],
      },
      { label: 'bicycle', polygon: square },
    ),
  })
  expect(images.map(({ label }) => card.classes[label])).toEqual(['bicycle'])
})

test('the test part with its dummy annotations, coarse ones and other pictures are passed over', () => {
  const others = [
    street('test', 'berlin_000000_000019'),
    polygons('test', 'berlin_000000_000019'),
    `gtCoarse/train/aachen/${aachen}_gtCoarse_polygons.json`,
    `gtFine/train/aachen/${aachen}_gtFine_labelIds.png`,
  ]
  expect(others.map((path) => pictures?.sort(path))).toEqual(others.map(() => 'skip'))
})

test('scenes without polygons are refused with what to put beside them; a file of polygons that cannot be read counts as missing', () => {
  expect(() => describePaths(pictures, [street('train', aachen)])).toThrow('gtFine_trainvaltest.zip')
  expect(() => describePaths(pictures, [], { [polygons('train', aachen)]: scene() })).toThrow('no street scenes')
  const second = 'aachen_000001_000019'
  const { images, missing } = describePaths(pictures, [street('train', aachen), street('train', second)], {
    [polygons('train', aachen)]: scene({
      label: 'car',
      polygon: [
        [0, 0],
        [50, 50],
      ],
    }),
    [polygons('train', second)]: '{"imgHeight": 1024',
  })
  expect(images).toHaveLength(1)
  expect(missing).toContain('gtFine 1/2')
})
