import type { FoundFiles, ReadFiles, ReadImage } from '../../../../core/reading/readImage.ts'
import { shownImages } from '../../../../core/reading/readingPlan.ts'
import type { ReadingWishes } from '../../../../core/reading/readingWishes.ts'
import { refuse } from '../../../../core/words/problems.ts'
import { labelledByFolder } from './folders.ts'
import { labelledByTable } from './tables.ts'

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

/**
 * Reads images by tables if these name any, otherwise by folders.
 * @throws LabError `images-missing`, `images-unsorted`, `one-class-only`, `classes-alike` or `table-unread`.
 */
export function readImages({ pictures, tables, leftOut }: FoundFiles, wishes: ReadingWishes): ReadFiles {
  if (pictures.length === 0) refuse('images-missing', {})
  const byTable = labelledByTable(pictures, tables)
  const labelled = byTable?.labelled ?? labelledByFolder(pictures)
  if (labelled.length === 0) refuse('images-unsorted', {})
  const names = classesOf(labelled.map(({ className }) => className))
  const place = new Map(names.map((name, label) => [name, label]))
  const images = labelled
    .map(({ picture, className, split }): ReadImage => ({ picture, className, part: split, fold: null }))
    .sort(
      (one, other) =>
        (place.get(one.className) ?? 0) - (place.get(other.className) ?? 0) || naturally(one.picture, other.picture),
    )
  const classes = names.map((name) => ({ name, train: 0, validation: 0, test: 0 }))
  for (const { className, part } of images) classes[place.get(className) ?? 0][part] += 1
  const absent = byTable?.absent ?? []
  const plan: ReadFiles['readings'][number]['plan'] = {
    labels: { from: 'folders' },
    parts: { from: 'seed' },
    classes,
    validation: null,
    tables: tables.map(({ path, rows, why }) => ({ table: path, rows: rows?.length ?? null, use: 'nothing', why })),
    absent: { count: absent.length, first: absent.slice(0, 3) },
    leftOut: [...leftOut],
  }
  const first = images.slice(0, shownImages).map(({ picture, className, part }) => ({ picture, className, part }))
  return { readings: [{ wishes, plan, first }], question: null, images }
}
