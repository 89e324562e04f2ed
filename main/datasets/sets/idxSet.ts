import { plainSet, type DatasetCard } from '../../../core/data/dataset.ts'
import type { DatasetDefinition, DatasetSource, Format } from '../definition.ts'

/** The four files of a set like MNIST, in this order: training images and labels, test images and labels. */
const names = [
  'train-images-idx3-ubyte',
  'train-labels-idx1-ubyte',
  't10k-images-idx3-ubyte',
  't10k-labels-idx1-ubyte',
] as const

function idxFormat(ending: '' | '.gz'): Format {
  return {
    kind: 'idx',
    train: { images: `${names[0]}${ending}`, labels: `${names[1]}${ending}` },
    test: { images: `${names[2]}${ending}`, labels: `${names[3]}${ending}` },
  }
}

type Package =
  | { kind: 'npm'; name: string; version: string; bytes: number; integrity: string; ending: '' | '.gz' }
  | { kind: 'debian'; name: string; bytes: number; ending: '' | '.gz' }

/**
 * A set of 60,000 + 10,000 grey images of 28 x 28 pixels in four idx files, such as MNIST and its successors.
 * @param publisher address of the folder with the four `.gz` files, and their sizes and sums in the order above.
 */
export function idxDefinition(set: {
  card: Pick<DatasetCard, 'id' | 'name' | 'classes' | 'classesRu' | 'authors' | 'page' | 'licence'>
  /** Mean and standard deviation of the training pixels. */
  mean: number
  deviation: number
  fileNames: RegExp
  sha256: string
  publisher: { folder: string; files: readonly { bytes: number; md5: string }[] }
  package: Package
}): DatasetDefinition {
  const files = set.publisher.files.map(({ bytes, md5 }, index) => ({
    url: `${set.publisher.folder}${names[index]}.gz`,
    bytes,
    md5,
  }))
  const { ending, ...carrier } = set.package
  const fallback: DatasetSource = { ...carrier, format: idxFormat(ending) }
  return {
    card: {
      ...plainSet,
      ...set.card,
      image: { height: 28, width: 28, channels: 1 },
      sizes: { train: 60_000, test: 10_000 },
      // A mirrored digit is no digit, and the shoes and shirts of these sets all face one way.
      mirrors: false,
      downloadBytes: files.reduce((sum, { bytes }) => sum + bytes, 0),
    },
    pixelStatistics: { mean: [set.mean], deviation: [set.deviation] },
    fileNames: set.fileNames,
    sha256: set.sha256,
    sources: [{ kind: 'publisher', files, format: idxFormat('.gz') }, fallback],
    alsoRead: [idxFormat('')],
    pictures: null,
  }
}
