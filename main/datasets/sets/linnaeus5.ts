import { phrase } from '../../../core/words/phrases.ts'
import { plainSet } from '../../../core/data/dataset.ts'
import { SourceError, type DatasetDefinition, type DatasetSource } from '../definition.ts'
import type { PictureReader } from '../describe/pictureReader.ts'
import { zeroPadded, pathParts, orderPictures, wholePictureImage, type PicturePlace } from '../describe/pictureOrder.ts'
import { missingParts, countBy } from '../describe/missingParts.ts'

const classes = ['berry', 'bird', 'dog', 'flower', 'other']
const splits = ['train', 'test'] as const
/** Images of a class in each part. */
const whole = { train: 1200, test: 400 } as const

/**
 * The sides that the authors offer, with the approximate size of each archive. Only the largest one's exact size is
 * known.
 */
const editions = [
  { edition: '64x64', bytes: 27_000_000 },
  { edition: '32x32', bytes: 10_000_000 },
  { edition: '128x128', bytes: 100_000_000 },
  { edition: '256x256', bytes: 433_000_000 },
]

/** `.../Linnaeus 5 64X64/train/berry/17_64.jpg`. Folders and extensions occur in upper and lower case. */
function placeOf(path: string): PicturePlace | null {
  const [file, folder, part] = pathParts(path.toLowerCase()).toReversed()
  const number = /^(\d+)(_\d+)?\.(jpe?g|png)$/.exec(file)
  const label = classes.indexOf(folder)
  const split = splits.find((one) => one === part)
  if (number === null || label < 0 || split === undefined) return null
  return { order: `${splits.indexOf(split)}/${label}/${zeroPadded(Number(number[1]), 6)}`, label, split, group: null }
}

function editionOf(path: string): string | null {
  const match = /linnaeus[ _-]?5[ _-](\d+)x\d+/i.exec(path)
  return match === null ? null : `${match[1]}x${match[1]}`
}

const pictures: PictureReader = {
  sort: (path) => (placeOf(path) === null ? 'skip' : 'picture'),
  describe(paths) {
    // If several editions are there, the first of the list is taken. They hold the same photographs.
    const edition =
      editions.map((one) => one.edition).find((one) => paths.some((path) => editionOf(path) === one)) ?? null
    const placed = orderPictures(
      edition === null ? paths : paths.filter((path) => editionOf(path) === edition),
      placeOf,
    )
    if (placed.length === 0)
      throw new SourceError(phrase('no-images-of', { name: 'Linnaeus 5', example: 'train/berry/1_64.jpg' }))
    const counts = countBy(placed, ({ split, label }) => `${split}/${classes[label]}`)
    const parts = splits.flatMap((split) =>
      classes.map((name) => ({
        name: `${split}/${name}`,
        have: counts.get(`${split}/${name}`) ?? 0,
        whole: whole[split],
      })),
    )
    return { classes: null, edition, images: placed.map(wholePictureImage), missing: missingParts(parts) }
  },
}

export const linnaeus5: DatasetDefinition = {
  card: {
    ...plainSet,
    id: 'linnaeus-5',
    name: 'Linnaeus 5',
    image: { height: 32, width: 32, channels: 3 },
    classes,
    classesRu: ['ягода', 'птица', 'собака', 'цветок', 'другое'],
    sizes: { train: 6000, test: 2000 },
    mirrors: true,
    downloadBytes: editions[0].bytes,
    authors: 'G. Chaladze, L. Kalatozishvili, “Linnaeus 5 Dataset for Machine Learning”, 2017',
    page: 'https://chaladze.com/l5/',
    licence: 'None stated; photographs from pixabay.com, the authors ask to be cited',
    licenceRu: 'Не указана; фотографии с pixabay.com, авторы просят на них ссылаться',
    ownSize: false,
    editions: editions.map(({ edition }) => edition),
    sums: false,
  },
  pixelStatistics: null,
  fileNames: /linnaeus/i,
  sha256: null,
  sources: editions.map(({ edition, bytes }): DatasetSource => ({
    kind: 'publisher',
    edition,
    files: [{ url: `https://chaladze.com/l5/img/Linnaeus%205%20${edition.toUpperCase()}.rar`, bytes, md5: null }],
    format: { kind: 'pictures' },
  })),
  alsoRead: [],
  pictures,
}
