import { phrase } from '../../../core/words/phrases.ts'
import { plainSet } from '../../../core/data/dataset.ts'
import { SourceError, type DatasetDefinition } from '../definition.ts'
import { caltech256Names } from './names/caltech256.ts'
import type { PictureReader } from '../describe/pictureReader.ts'
import { zeroPadded, pathParts, orderPictures, wholePictureImage, type PicturePlace } from '../describe/pictureOrder.ts'
import { missingParts, countBy } from '../describe/missingParts.ts'

const classes = Object.keys(caltech256Names)
const whole = 30_607
const split = { train: 60, test: 20 }

/**
 * `.../001.ak47/001_0001.jpg`. The class is the number in the file's name, so that copies with other folder names can
 * be read too.
 */
function placeOf(path: string): PicturePlace | null {
  const [file] = pathParts(path).toReversed()
  const match = /^(\d{3})_(\d{4})\.jpe?g$/i.exec(file)
  if (match === null) return null
  const [, number, image] = match
  const label = Number(number) - 1
  return label >= 0 && label < classes.length
    ? { order: `${number}/${image}`, label, split: 'train', group: null }
    : null
}

const pictures: PictureReader = {
  sort: (path) => (placeOf(path) === null ? 'skip' : 'picture'),
  describe(paths) {
    const placed = orderPictures(paths, placeOf)
    if (placed.length === 0)
      throw new SourceError(phrase('no-images-of', { name: 'Caltech-256', example: '001.ak47/001_0001.jpg' }))
    const counts = countBy(placed, ({ label }) => label)
    // The publisher states only the total number of images, not the number in each class.
    const absent = classes.map((name, label) => ({
      name: `${zeroPadded(label + 1, 3)}.${name}`,
      have: counts.has(label) ? 1 : 0,
      whole: 1,
    }))
    return {
      classes: null,
      edition: null,
      images: placed.map(wholePictureImage),
      missing: missingParts([{ name: '256_ObjectCategories', have: placed.length, whole }, ...absent]),
    }
  },
}

export const caltech256: DatasetDefinition = {
  card: {
    ...plainSet,
    id: 'caltech-256',
    name: 'Caltech-256',
    image: { height: 32, width: 32, channels: 3 },
    classes,
    classesRu: Object.values(caltech256Names),
    // Every class has at least 80 images.
    sizes: { train: (classes.length - 1) * split.train, test: (classes.length - 1) * split.test },
    mirrors: true,
    downloadBytes: 1_183_006_720,
    authors: 'Gregory Griffin, Alex Holub, Pietro Perona, “Caltech 256”, CaltechDATA 2022, doi:10.22002/D1.20087',
    page: 'https://data.caltech.edu/records/nyy15-4j048',
    licence: 'CC BY 4.0',
    ownSize: false,
    split: { kind: 'drawn', ...split },
    background: classes.indexOf('clutter'),
  },
  pixelStatistics: null,
  fileNames: /256[ _-]?object|caltech[ _-]?256/i,
  sha256: null,
  sources: [
    {
      kind: 'publisher',
      files: [
        {
          url: 'https://data.caltech.edu/records/nyy15-4j048/files/256_ObjectCategories.tar',
          bytes: 1_183_006_720,
          md5: '67b4f42ca05d46448c6bb8ecd2220f6d',
        },
      ],
      format: { kind: 'pictures' },
    },
  ],
  alsoRead: [],
  pictures,
}
