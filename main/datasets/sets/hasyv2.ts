import { phrase } from '../../../core/words/phrases.ts'
import { plainSet } from '../../../core/data/dataset.ts'
import { SourceError, type DatasetDefinition } from '../definition.ts'
import { readCsv } from '../formats/csvTable.ts'
import { hasySymbols } from './names/hasyv2.ts'
import type { PictureReader } from '../describe/pictureReader.ts'
import { pathParts, orderPictures, wholePictureImage } from '../describe/pictureOrder.ts'
import { missingParts, countBy } from '../describe/missingParts.ts'

const whole = 168_233
const folds = 10
const labelsFile = 'hasy-data-labels.csv'
/** The tables number the symbols with gaps. A class is a symbol's position in symbols.csv. */
const labelOfSymbol = new Map(hasySymbols.map(([id], label) => [id, label]))

/** `v2-00000.png`, the same in every table; null for another file. */
function pictureName(path: string): string | null {
  const [file] = pathParts(path).toReversed()
  return /^v2-\d{5,6}\.png$/.test(file) ? file : null
}

/** Which table a file is: the table of all labels, or one of a fold's two; null for another file. */
function tableOf(path: string): { readonly fold: number | null; readonly kind: 'labels' | 'train' | 'test' } | null {
  const [file, folder = ''] = pathParts(path).toReversed()
  if (file === labelsFile) return { fold: null, kind: 'labels' }
  const fold = /^fold-(\d+)$/.exec(folder)
  if (fold === null || (file !== 'train.csv' && file !== 'test.csv')) return null
  return { fold: Number(fold[1]), kind: file === 'test.csv' ? 'test' : 'train' }
}

/**
 * The rows of a table (path, symbol's number, LaTeX, user), of which only the first two columns are read. Paths are
 * relative to the table (`hasy-data/v2-00000.png`, `../../hasy-data/v2-00000.png`, with `\` if Windows wrote them).
 * Symbols that the set does not have are skipped.
 * @throws SourceError when the table cannot be read.
 */
function* rowsOf(table: Buffer): Generator<{ readonly name: string; readonly label: number }> {
  for (const [path, id = ''] of readCsv(table)) {
    const name = pictureName(path.replaceAll('\\', '/'))
    const label = labelOfSymbol.get(Number(id))
    if (name !== null && label !== undefined) yield { name, label }
  }
}

/** The label of each picture, from the table of all labels or from the two tables of a fold together. */
function labelsOf(tables: ReadonlyMap<string, Buffer>): Map<string, number> {
  const labels = new Map<string, number>()
  for (const [path, bytes] of tables) {
    // Each fold lists every picture, so training tables are read only if no other table lists enough.
    const kind = tableOf(path)?.kind
    if (kind === 'labels' || kind === 'test') for (const { name, label } of rowsOf(bytes)) labels.set(name, label)
  }
  for (const [path, bytes] of tables) {
    if (labels.size >= whole) break
    if (tableOf(path)?.kind === 'train') for (const { name, label } of rowsOf(bytes)) labels.set(name, label)
  }
  return labels
}

/** The fold of each picture: the one whose test table has it. */
function foldsOf(tables: ReadonlyMap<string, Buffer>): Map<string, number> {
  const found = new Map<string, number>()
  for (const [path, bytes] of tables) {
    const table = tableOf(path)
    if (table?.kind !== 'test' || table.fold === null) continue
    for (const { name } of rowsOf(bytes)) found.set(name, table.fold)
  }
  return found
}

const pictures: PictureReader = {
  sort(path) {
    if (pictureName(path) !== null) return 'picture'
    return tableOf(path) === null ? 'skip' : 'table'
  },
  describe(paths, tables) {
    const labels = labelsOf(tables)
    const inFold = foldsOf(tables)
    const labelled = orderPictures(paths, (path) => {
      const name = pictureName(path)
      const label = name === null ? undefined : labels.get(name)
      if (name === null || label === undefined) return null
      return { order: name.padStart(16), label, split: 'train', group: inFold.get(name) ?? null }
    })
    if (labelled.length === 0)
      throw new SourceError(
        paths.length === 0
          ? phrase('no-images-of', { name: 'HASYv2', example: 'hasy-data/v2-00000.png' })
          : tables.size === 0
            ? phrase('labels-file-absent', { file: labelsFile })
            : phrase('no-row-names', { table: [...tables.keys()][0], example: 'hasy-data/v2-00000.png,31,A,50' }),
      )
    // Folds count only if every image has one. Otherwise an image without a fold would train whichever fold tests.
    const complete = labelled.every(({ group }) => group !== null)
    const tests = countBy([...tables.keys()].map(tableOf), (table) => (table?.kind === 'test' ? table.fold : null))
    const parts = [
      { name: 'hasy-data', have: labelled.length, whole },
      ...Array.from({ length: folds }, (_, index) => ({
        name: `fold-${index + 1}/test.csv`,
        have: tests.has(index + 1) ? 1 : 0,
        whole: 1,
      })),
    ]
    return {
      classes: null,
      edition: null,
      images: labelled.map((one) => wholePictureImage(complete ? one : { ...one, group: null })),
      missing: missingParts(parts),
    }
  },
}

const latex = hasySymbols.map(([, text]) => text)

export const hasyv2: DatasetDefinition = {
  card: {
    ...plainSet,
    id: 'hasyv2',
    name: 'HASYv2',
    // The files are RGB, their pixels black or white.
    image: { height: 32, width: 32, channels: 1 },
    classes: latex,
    classesRu: latex,
    // Fold 1 tests.
    sizes: { train: 151_241, test: 16_992 },
    // A mirrored ∈ is ∋.
    mirrors: false,
    downloadBytes: 34_597_561,
    authors: 'Martin Thoma, “The HASYv2 dataset”, 2017, doi:10.5281/zenodo.259444',
    page: 'https://zenodo.org/record/259444',
    licence: 'ODbL 1.0',
    split: { kind: 'groups', unit: 'fold', test: [1] },
    notation: 'latex',
  },
  pixelStatistics: null,
  fileNames: /hasy/i,
  sha256: null,
  sources: [
    {
      kind: 'publisher',
      files: [
        {
          url: 'https://zenodo.org/record/259444/files/HASYv2.tar.bz2',
          bytes: 34_597_561,
          md5: 'fddf23f36e24b5236f6b3a0880c778e3',
        },
      ],
      format: { kind: 'pictures' },
    },
  ],
  alsoRead: [],
  pictures,
}
