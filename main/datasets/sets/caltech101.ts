import { phrase } from '../../../core/words/phrases.ts'
import { drawnCounts } from '../../../core/data/datasetView.ts'
import { plainSet } from '../../../core/data/dataset.ts'
import { SourceError, type DatasetDefinition } from '../definition.ts'
import { readMatlabArray } from '../formats/matlabArray.ts'
import { caltech101Names } from './names/caltech101.ts'
import type { Box, PictureReader } from '../describe/pictureReader.ts'
import { zeroPadded, pathParts, orderPictures, wholePictureImage, type PicturePlace } from '../describe/pictureOrder.ts'
import { missingParts, countBy } from '../describe/missingParts.ts'

const background = 'BACKGROUND_Google'
/** Images of each class in the published archive. */
const images = [...Object.values(caltech101Names).map((one) => one.images), 467]
const classes = [...Object.keys(caltech101Names), background]
const labels = new Map(classes.map((name, label) => [name, label]))
const split = { train: 30, test: 50 }

/** Annotation folders whose names differ from those of the images' folders. */
const annotationFolders: Readonly<Record<string, string>> = {
  Faces_2: 'Faces',
  Faces_3: 'Faces_easy',
  Motorbikes_16: 'Motorbikes',
  Airplanes_Side_2: 'airplanes',
}

/** Whether the set has no split of its own: all images are under `train`. */
function placeIn(className: string, number: string): PicturePlace | null {
  const label = labels.get(className)
  return label === undefined
    ? null
    : { order: `${zeroPadded(label, 3)}/${zeroPadded(Number(number), 4)}`, label, split: 'train', group: null }
}

/** `.../101_ObjectCategories/accordion/image_0001.jpg`. */
function placeOf(path: string): PicturePlace | null {
  const [file, folder = ''] = pathParts(path).toReversed()
  const number = /^image_(\d{4})\.jpe?g$/i.exec(file)
  return number === null ? null : placeIn(folder, number[1])
}

/** `.../Annotations/accordion/annotation_0001.mat`. */
function annotatedPlace(path: string): PicturePlace | null {
  const [file, folder = ''] = pathParts(path).toReversed()
  const number = /^annotation_(\d{4})\.mat$/i.exec(file)
  return number === null
    ? null
    : placeIn(Object.hasOwn(annotationFolders, folder) ? annotationFolders[folder] : folder, number[1])
}

/**
 * The box of an annotation, which states first and last row, first and last column, counted from one. Null if the file
 * cannot be read or its box is empty.
 */
function boxOf(annotation: Buffer): Box | null {
  try {
    const [firstRow, lastRow, firstColumn, lastColumn] = readMatlabArray(annotation, 'box_coord')
    const box = {
      top: Math.max(0, firstRow - 1),
      left: Math.max(0, firstColumn - 1),
      bottom: lastRow,
      right: lastColumn,
    }
    return box.bottom > box.top && box.right > box.left ? box : null
  } catch (error) {
    if (error instanceof SourceError) return null
    throw error
  }
}

const pictures: PictureReader = {
  sort(path) {
    if (placeOf(path) !== null) return 'picture'
    return annotatedPlace(path) === null ? 'skip' : 'table'
  },
  describe(paths, tables) {
    const placed = orderPictures(paths, placeOf)
    if (placed.length === 0)
      throw new SourceError(phrase('no-images-of', { name: 'Caltech-101', example: 'accordion/image_0001.jpg' }))
    const boxes = new Map([...tables].map(([path, bytes]) => [annotatedPlace(path)?.order, boxOf(bytes)]))
    const described = placed.map((one) => ({ ...wholePictureImage(one), box: boxes.get(one.order) ?? null }))
    const counts = countBy(placed, ({ label }) => label)
    const annotated = {
      name: 'Annotations',
      have: described.filter(({ box }) => box !== null).length,
      whole: described.filter(({ label }) => classes[label] !== background).length,
    }
    const parts = classes.map((name, label) => ({ name, have: counts.get(label) ?? 0, whole: images[label] }))
    return { classes: null, edition: null, images: described, missing: missingParts([annotated, ...parts]) }
  },
}

/** Images that the usual split takes of each class, without the background. */
const drawn = images.slice(0, -1).map((count) => drawnCounts(count, split))

export const caltech101: DatasetDefinition = {
  card: {
    ...plainSet,
    id: 'caltech-101',
    name: 'Caltech-101',
    image: { height: 32, width: 32, channels: 3 },
    classes,
    classesRu: [...Object.values(caltech101Names).map(({ ru }) => ru), 'прочее (фон)'],
    sizes: {
      train: drawn.reduce((sum, { train }) => sum + train, 0),
      test: drawn.reduce((sum, { test }) => sum + test, 0),
    },
    mirrors: true,
    downloadBytes: 137_414_764,
    authors:
      'Fei-Fei Li, Marco Andreetto, Marc’Aurelio Ranzato, Pietro Perona, “Caltech 101”, CaltechDATA 2022, doi:10.22002/D1.20086',
    page: 'https://data.caltech.edu/records/mzrjq-6wc02',
    licence: 'CC BY 4.0',
    ownSize: false,
    cuts: ['whole', 'object'],
    split: { kind: 'drawn', ...split },
    background: classes.indexOf(background),
  },
  pixelStatistics: null,
  fileNames: /101[ _-]?object|caltech[ _-]?101/i,
  sha256: null,
  sources: [
    {
      kind: 'publisher',
      files: [
        {
          url: 'https://data.caltech.edu/records/mzrjq-6wc02/files/caltech-101.zip',
          bytes: 137_414_764,
          md5: '3138e1922a9193bfa496528edbbc45d0',
        },
      ],
      format: { kind: 'pictures' },
    },
  ],
  alsoRead: [],
  pictures,
}
