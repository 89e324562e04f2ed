import { ownTemplate, plainSet, type Split } from '../../../core/data/dataset.ts'
import type { FoundFiles, ReadImage } from '../../../core/reading/readImage.ts'
import type { ReadingPlan } from '../../../core/reading/readingPlan.ts'
import { isSpreadsheet } from '../../../core/reading/tableNames.ts'
import { choicesText } from '../../../core/reading/wishOptions.ts'
import { refuse } from '../../../core/words/problems.ts'
import type { DatasetDefinition } from '../definition.ts'
import { foundTable } from '../describe/foundTable.ts'
import type { DescribedImage, OwnFiles, PictureReader, SetDescription } from '../describe/pictureReader.ts'
import { isNamedPicture } from '../formats/pictureKind.ts'
import { readImages } from '../../../core/reading/readImages.ts'

const nothingSaid: OwnFiles = { wishes: {}, leftOut: [], unread: new Map() }

/** Validation images test where there are no test images. Otherwise they train, because a run draws its own. */
function splitOf(part: ReadImage['part'], { validation }: ReadingPlan): Split {
  return part === 'test' || (part === 'validation' && validation === 'tested') ? 'test' : 'train'
}

/** The split of a set whose table numbers folds: the last fold tests. */
function foldsOf({ parts }: ReadingPlan): Pick<SetDescription, 'split'> {
  return parts.from === 'folds' ? { split: { kind: 'groups', unit: 'fold', test: [Math.max(...parts.folds)] } } : {}
}

/** Images that the tables name but that are not there: the first by path, then how many more. */
function absentParts({ absent: { count, first } }: ReadingPlan): string[] {
  return count > first.length ? [...first, `… +${count - first.length}`] : first
}

const pictures: PictureReader = {
  byContent: true,
  sort(path) {
    if (isNamedPicture(path)) return 'picture'
    return /\.(csv|tsv)$/i.test(path) || isSpreadsheet(path) ? 'table' : 'skip'
  },
  describe(paths, tables, { wishes, leftOut, unread } = nothingSaid) {
    const found: FoundFiles = {
      pictures: paths,
      tables: [
        ...[...tables].map(([path, bytes]) => foundTable(path, bytes)),
        ...[...unread].map(([path, why]) => ({ path, rows: null, why })),
      ],
      leftOut,
    }
    const { readings, question, images } = readImages(found, wishes)
    const [{ plan }] = readings
    if (question !== null) refuse('reading-ambiguous', { question, choices: choicesText(readings) })
    const classes = plan.classes.map(({ name }) => name)
    const labels = new Map(classes.map((name, label) => [name, label]))
    return {
      classes,
      edition: null,
      images: images.map(({ picture, className, part, fold }): DescribedImage => ({
        picture,
        label: labels.get(className) ?? 0,
        split: splitOf(part, plan),
        group: fold,
        box: null,
      })),
      missing: absentParts(plan),
      plan,
      ...foldsOf(plan),
    }
  },
}

/** The template for a person's own images. Name, classes and sizes are taken from the images. */
export const ownImages: DatasetDefinition = {
  card: {
    ...plainSet,
    id: ownTemplate,
    name: 'Your own images',
    image: { height: 32, width: 32, channels: 3 },
    // Placeholders, because a card has at least two classes and one image.
    classes: ['class 1', 'class 2'],
    classesRu: ['класс 1', 'класс 2'],
    sizes: { train: 1, test: 0 },
    // True of most photographs.
    mirrors: true,
    downloadBytes: 0,
    authors: '',
    page: '',
    licence: '',
    ownSize: false,
    obtained: 'own',
  },
  pixelStatistics: null,
  fileNames: null,
  sha256: null,
  sources: [],
  alsoRead: [{ kind: 'pictures' }],
  pictures,
}
