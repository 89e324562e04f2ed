import { ownTemplate, plainSet } from '../../../core/data/dataset.ts'
import { refuse } from '../../../core/words/problems.ts'
import type { DatasetDefinition } from '../definition.ts'
import { labelledByFolder } from './ownImages/folders.ts'
import { labelledByTable } from './ownImages/tables.ts'
import type { DescribedImage, PictureReader } from '../describe/pictureReader.ts'
import { isNamedPicture } from '../formats/pictureKind.ts'
import { missingParts } from '../describe/missingParts.ts'

const collator = new Intl.Collator('en', { numeric: true })

/** Natural order of names: `class 2` before `class 10`. */
function naturally(one: string, other: string): number {
  return collator.compare(one, other) || (one < other ? -1 : 1)
}

/** @throws LabError `one-class-only` or `classes-alike`. */
function classesOf(names: Iterable<string>): string[] {
  const classes = [...new Set(names)].sort(naturally)
  if (classes.length === 1) refuse('one-class-only', { name: classes[0] })
  const byLowerCase = new Map<string, string>()
  for (const name of classes) {
    const same = byLowerCase.get(name.toLowerCase())
    if (same !== undefined) refuse('classes-alike', { one: same, other: name })
    byLowerCase.set(name.toLowerCase(), name)
  }
  return classes
}

const pictures: PictureReader = {
  byContent: true,
  sort(path) {
    if (isNamedPicture(path)) return 'picture'
    return /\.(csv|tsv)$/i.test(path) ? 'table' : 'skip'
  },
  describe(paths, tables) {
    if (paths.length === 0) refuse('images-missing', {})
    const byTable = labelledByTable(paths, tables)
    const labelled = byTable?.labelled ?? labelledByFolder(paths)
    if (labelled.length === 0) refuse('images-unsorted', {})
    const classes = classesOf(labelled.map(({ className }) => className))
    const images = labelled
      .map(({ picture, className, split }): DescribedImage => ({
        picture,
        label: classes.indexOf(className),
        split,
        group: null,
        box: null,
      }))
      .sort((one, other) => one.label - other.label || naturally(one.picture, other.picture))
    return {
      classes,
      edition: null,
      images,
      missing: missingParts((byTable?.absent ?? []).map((name) => ({ name, have: 0, whole: 1 }))),
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
