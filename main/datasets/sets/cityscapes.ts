import { z } from 'zod'
import { phrase } from '../../../core/words/phrases.ts'
import { plainSet } from '../../../core/data/dataset.ts'
import { SourceError, type DatasetDefinition } from '../definition.ts'
import type { Box, DescribedImage, PictureReader } from '../describe/pictureReader.ts'
import { pathParts, orderPictures, type PicturePlace } from '../describe/pictureOrder.ts'
import { missingParts, countBy } from '../describe/missingParts.ts'

/**
 * The classes whose polygons are single objects with an outline of their own. Of the 19 that the benchmark scores, nine
 * are left out. Road, sidewalk, building, wall, fence, vegetation, terrain and sky are regions, whose boxes are mostly
 * the whole street. A pole's box is a strip of a few pixels that shows what stands behind it.
 */
const names: Readonly<Record<string, string>> = {
  person: 'человек',
  rider: 'ездок',
  car: 'автомобиль',
  truck: 'грузовик',
  bus: 'автобус',
  train: 'трамвай или поезд',
  motorcycle: 'мотоцикл',
  bicycle: 'велосипед',
  'traffic light': 'светофор',
  'traffic sign': 'дорожный знак',
}
const classes = Object.keys(names)

/** The cities of each part; no city is in two parts. The test part is left out, because its annotations are dummies. */
const cities = {
  train: [
    ...[
      'aachen',
      'bochum',
      'bremen',
      'cologne',
      'darmstadt',
      'dusseldorf',
      'erfurt',
      'hamburg',
      'hanover',
      'jena',
      'krefeld',
      'monchengladbach',
      'strasbourg',
      'stuttgart',
      'tubingen',
    ],
    ...['ulm', 'weimar', 'zurich'],
  ],
  test: ['frankfurt', 'lindau', 'munster'],
} as const
/** The number of pictures of each part. */
const whole = { train: 2975, test: 500 } as const

/** A frame of a street: `aachen_000000_000019`. */
function placeOf(path: string, ending: string): PicturePlace | null {
  const [file] = pathParts(path).toReversed()
  const match = /^([a-z]+)_(\d{6})_(\d{6})_(\w+\.\w+)$/.exec(file)
  if (match === null || match[4] !== ending) return null
  const split = (['train', 'test'] as const).find((one) => cities[one].some((city) => city === match[1]))
  return split === undefined
    ? null
    : { order: `${split === 'train' ? 0 : 1}/${match[1]}/${match[2]}/${match[3]}`, label: 0, split, group: null }
}

const pictureOf = (path: string): PicturePlace | null => placeOf(path, 'leftImg8bit.png')
const polygonsOf = (path: string): PicturePlace | null => placeOf(path, 'gtFine_polygons.json')

/** The part of a polygon file that counts. The file may hold more. */
const Polygons = z.object({
  imgHeight: z.int().positive(),
  imgWidth: z.int().positive(),
  objects: z.array(
    z.object({
      label: z.string(),
      polygon: z.array(z.tuple([z.number(), z.number()])),
      deleted: z.union([z.boolean(), z.number()]).optional(),
    }),
  ),
})

/** The box around a polygon, clipped to its picture; null if nothing of it is inside. */
function boxAround(
  polygon: readonly (readonly [x: number, y: number])[],
  { imgHeight, imgWidth }: { readonly imgHeight: number; readonly imgWidth: number },
): Box | null {
  // A corner is a pixel of the object itself.
  const side = (values: number[], limit: number): [number, number] => [
    Math.max(0, Math.floor(Math.min(...values))),
    Math.min(limit, Math.ceil(Math.max(...values)) + 1),
  ]
  const [left, right] = side(
    polygon.map(([x]) => x),
    imgWidth,
  )
  const [top, bottom] = side(
    polygon.map(([, y]) => y),
    imgHeight,
  )
  return right > left && bottom > top ? { top, left, bottom, right } : null
}

/**
 * The objects in a picture: index of the class, then top, left, bottom and right of the box. Polygon files are
 * shortened to this, because all of them together have some hundred MB.
 */
const Objects = z.array(z.tuple([z.int(), z.int(), z.int(), z.int(), z.int()]))
type Objects = z.infer<typeof Objects>

/**
 * The objects of a picture that belong to the classes, in the file's order; null if the file cannot be read. Labels
 * such as `cargroup` are not single objects and belong to no class.
 */
function objectsIn(file: Buffer): Objects | null {
  const read = Polygons.safeParse(parsed(file))
  if (!read.success) return null
  return read.data.objects.flatMap(({ label, polygon, deleted }): Objects => {
    const box = polygon.length === 0 ? null : boxAround(polygon, read.data)
    return !deleted && classes.includes(label) && box !== null
      ? [[classes.indexOf(label), box.top, box.left, box.bottom, box.right]]
      : []
  })
}

function parsed(file: Buffer): unknown {
  try {
    return JSON.parse(file.toString('utf8'))
  } catch {
    // A file that is not JSON is not a polygon file. It counts as missing.
    return null
  }
}

const pictures: PictureReader = {
  sort(path) {
    if (pictureOf(path) !== null) return 'picture'
    return polygonsOf(path) === null ? 'skip' : 'table'
  },
  shorten: (_, table) => Buffer.from(JSON.stringify(objectsIn(table))),
  describe(paths, tables) {
    const placed = orderPictures(paths, pictureOf)
    if (placed.length === 0)
      throw new SourceError(
        phrase('no-street-scenes', {
          example: 'leftImg8bit/train/aachen/aachen_000000_000019_leftImg8bit.png',
        }),
      )
    const annotated = new Map(
      [...tables].map(([path, objects]) => [polygonsOf(path)?.order, Objects.nullable().parse(parsed(objects))]),
    )
    const images = placed.flatMap(({ order, picture, split }) =>
      (annotated.get(order) ?? []).map(([label, top, left, bottom, right]): DescribedImage => ({
        picture,
        label,
        split,
        group: null,
        box: { top, left, bottom, right },
      })),
    )
    if (images.length === 0)
      throw new SourceError(
        phrase('no-polygons', { polygons: 'gtFine_trainvaltest.zip', scenes: 'leftImg8bit_trainvaltest.zip' }),
      )
    const counts = countBy(placed, ({ split }) => split)
    const withObjects = placed.filter(({ order }) => (annotated.get(order) ?? null) !== null).length
    const parts = [
      { name: 'leftImg8bit/train', have: counts.get('train') ?? 0, whole: whole.train },
      { name: 'leftImg8bit/val', have: counts.get('test') ?? 0, whole: whole.test },
      { name: 'gtFine', have: withObjects, whole: placed.length },
    ]
    return { classes: null, edition: null, images, missing: missingParts(parts) }
  },
}

export const cityscapes: DatasetDefinition = {
  card: {
    ...plainSet,
    id: 'cityscapes',
    name: 'Cityscapes',
    image: { height: 32, width: 32, channels: 3 },
    classes,
    classesRu: Object.values(names),
    // These are pictures. How many objects in them are large enough is known only once they are here.
    sizes: whole,
    mirrors: true,
    downloadBytes: 0,
    authors: 'Marius Cordts et al., “The Cityscapes Dataset for Semantic Urban Scene Understanding”, CVPR 2016',
    page: 'https://www.cityscapes-dataset.com/',
    licence:
      'Own licence: for research and teaching, not to be passed on. Those who register on its page get the files',
    licenceRu:
      'Собственная: для исследований и учёбы, без права передачи. Файлы получает тот, кто зарегистрируется на странице набора',
    ownSize: false,
    cuts: ['object'],
    obtained: 'copy',
  },
  pixelStatistics: null,
  fileNames: /leftimg8bit|gtfine|cityscapes/i,
  sha256: null,
  sources: [],
  handedOut: [
    {
      name: 'leftImg8bit_trainvaltest.zip',
      url: 'https://www.cityscapes-dataset.com/file-handling/?packageID=3',
      bytes: 11_592_327_197,
      md5: '0a6e97e94b616a514066c9e2adb0c97f',
    },
    {
      name: 'gtFine_trainvaltest.zip',
      url: 'https://www.cityscapes-dataset.com/file-handling/?packageID=1',
      bytes: 252_567_705,
      md5: '4237c19de34c8a376e9ba46b495d6f66',
    },
  ],
  alsoRead: [{ kind: 'pictures' }],
  pictures,
}
