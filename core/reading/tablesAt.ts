import type { Frame } from './frame.ts'
import { PictureIndex } from './pictureIndex.ts'
import type { FoundTable } from './readImage.ts'
import type { Part } from './readingPlan.ts'
import type { ReadingWishes } from './readingWishes.ts'
import { Tables } from './tables.ts'
import { understandTables, type UnderstoodTable } from './understandTable.ts'

/**
 * The tables beside pictures, by path, understood with what the folders say.
 * @throws LabError for columns that a person has named and that are not there, and for words that name no part.
 */
export function tablesAt(
  tables: readonly FoundTable[],
  pictures: readonly string[],
  frame: Frame,
  wishes: ReadingWishes,
): Tables {
  const partOf = partsIn(frame)
  // Only the folders that a person has named count, so cells cannot mean pictures elsewhere.
  const named = wishes.train !== undefined || wishes.test !== undefined
  const meant = named ? pictures.filter((picture) => partOf(picture) !== null) : pictures
  const sorted = tables.toSorted((one, other) => (one.path < other.path ? -1 : 1))
  const understood = understandTables(sorted, new PictureIndex(meant, partOf), wishes)
  const asked = understood.some(({ ambiguous }) => ambiguous.length > 0)
  return new Tables(asked ? ofTraining(understood, sorted, pictures, frame, wishes) : understood, frame)
}

function partsIn({ parting }: Frame): (picture: string) => Part | null {
  return (picture) => parting?.of.get(picture) ?? null
}

/**
 * Reads tables whose cells fit pictures of several parts once more, as tables of the training images: `1.png` in `train`
 * and in `test`. That is what they are if they then name each training image and nothing else.
 */
function ofTraining(
  understood: readonly UnderstoodTable[],
  tables: readonly FoundTable[],
  pictures: readonly string[],
  frame: Frame,
  wishes: ReadingWishes,
): UnderstoodTable[] {
  const partOf = partsIn(frame)
  const training = pictures.filter((picture) => partOf(picture) === 'train')
  const again = understandTables(tables, new PictureIndex(training, partOf), wishes)
  return understood.map((table, at) => {
    const { rows, ambiguous, absent } = again[at]
    const fits = ambiguous.length === 0 && absent.length === 0 && rows.length === training.length
    return table.ambiguous.length > 0 && fits ? again[at] : table
  })
}
