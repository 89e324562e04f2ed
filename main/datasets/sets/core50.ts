import { phrase } from '../../../core/words/phrases.ts'
import { plainSet } from '../../../core/data/dataset.ts'
import { SourceError, type DatasetDefinition } from '../definition.ts'
import type { PictureReader } from '../describe/pictureReader.ts'
import { pathParts, orderPictures, wholePictureImage, type PicturePlace } from '../describe/pictureOrder.ts'
import { missingParts, countBy } from '../describe/missingParts.ts'

/** Five objects of each category, in the order of their numbers. */
const categories: readonly (readonly [name: string, nameRu: string])[] = [
  ['plug_adapter', 'сетевой переходник'],
  ['mobile_phone', 'мобильный телефон'],
  ['scissor', 'ножницы'],
  ['light_bulb', 'лампочка'],
  ['can', 'банка'],
  ['glass', 'очки'],
  ['ball', 'мяч'],
  ['marker', 'маркер'],
  ['cup', 'чашка'],
  ['remote_control', 'пульт'],
]
const each = 5
const objects = categories.flatMap(([name, nameRu], category) =>
  Array.from({ length: each }, (_, index) => ({
    name: `${name}${index + 1}`,
    nameRu: `${nameRu} ${index + 1}`,
    category,
  })),
)

/** Frames of the sessions 1 to 11. */
const frames = [14_989, 14_986, 14_992, 14_995, 14_966, 14_989, 14_994, 14_984, 14_994, 14_986, 14_991]
/** The authors' own test sessions. Frames of one video are nearly alike, so a session is never divided. */
const testSessions = [3, 7, 10]
const testFrames = testSessions.reduce((sum, session) => sum + frames[session - 1], 0)

const editions = [
  {
    edition: '128x128',
    url: 'http://bias.csr.unibo.it/maltoni/download/core50/core50_128x128.zip',
    bytes: 5_892_103_007,
    md5: '745f3373fed08d69343f1058ee559e13',
  },
  // Approximate size; the publisher does not state it.
  {
    edition: '32x32',
    url: 'http://vps.continualai.org/data/core50_32x32.zip',
    bytes: 430_000_000,
    md5: 'd89d34cdc0281fa84074430e9a22b728',
  },
]

/** `.../core50_128x128/s1/o1/C_01_01_000.png`: the file's name alone tells session, object and frame. */
function placeOf(path: string): PicturePlace | null {
  const [file] = pathParts(path).toReversed()
  const match = /^C_(\d{2})_(\d{2})_(\d{3})\.png$/i.exec(file)
  if (match === null) return null
  const [, session, object, frame] = match
  const label = Number(object) - 1
  const known = label >= 0 && label < objects.length && Number(session) >= 1 && Number(session) <= frames.length
  if (!known) return null
  return { order: `${session}/${object}/${frame}`, label, split: 'train', group: Number(session) }
}

function isOf(path: string, edition: string): boolean {
  return pathParts(path).some((part) => part.toLowerCase() === `core50_${edition}`)
}

const pictures: PictureReader = {
  sort: (path) => (placeOf(path) === null ? 'skip' : 'picture'),
  describe(paths) {
    // If both editions are there, the larger one is taken. They hold the same frames.
    const edition = editions.find((one) => paths.some((path) => isOf(path, one.edition)))?.edition ?? null
    const placed = orderPictures(edition === null ? paths : paths.filter((path) => isOf(path, edition)), placeOf)
    if (placed.length === 0)
      throw new SourceError(phrase('no-images-of', { name: 'CORe50', example: 's1/o1/C_01_01_000.png' }))
    const bySession = countBy(placed, ({ group }) => group)
    const byObject = countBy(placed, ({ label }) => label)
    const sessions = frames.map((whole, index) => ({
      name: `s${index + 1}`,
      have: bySession.get(index + 1) ?? 0,
      whole,
    }))
    const absent = objects.map((_, label) => ({ name: `o${label + 1}`, have: byObject.has(label) ? 1 : 0, whole: 1 }))
    return {
      classes: null,
      edition,
      images: placed.map(wholePictureImage),
      missing: missingParts([...sessions, ...absent]),
    }
  },
}

export const core50: DatasetDefinition = {
  card: {
    ...plainSet,
    id: 'core50',
    name: 'CORe50',
    image: { height: 32, width: 32, channels: 3 },
    classes: objects.map(({ name }) => name),
    classesRu: objects.map(({ nameRu }) => nameRu),
    groupings: [
      {
        id: 'categories',
        classes: categories.map(([name]) => name),
        classesRu: categories.map(([, nameRu]) => nameRu),
        of: objects.map(({ category }) => category),
      },
    ],
    sizes: { train: frames.reduce((sum, count) => sum + count, 0) - testFrames, test: testFrames },
    mirrors: true,
    downloadBytes: editions[0].bytes,
    authors:
      'Vincenzo Lomonaco, Davide Maltoni, “CORe50: a New Dataset and Benchmark for Continuous Object Recognition”, CoRL 2017',
    page: 'https://vlomonaco.github.io/core50/',
    licence: 'CC BY 4.0',
    ownSize: false,
    split: { kind: 'groups', unit: 'session', test: testSessions },
    editions: editions.map(({ edition }) => edition),
  },
  pixelStatistics: null,
  fileNames: /core50/i,
  sha256: null,
  sources: editions.map(({ edition, ...file }) => ({
    kind: 'publisher',
    edition,
    files: [file],
    format: { kind: 'pictures' },
  })),
  alsoRead: [],
  pictures,
}
