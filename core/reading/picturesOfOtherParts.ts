import { partNamed } from './partNames.ts'
import type { NamedPicture, PictureIndex } from './pictureIndex.ts'
import type { Part } from './readingPlan.ts'

/** A table whose name may state a part, and what its rows name. */
interface NamingTable {
  readonly part: Part | null
  readonly named: readonly (NamedPicture | null)[]
}

function pictures({ named }: NamingTable): string[] {
  return named.flatMap((one) => (one === null || one.picture === null ? [] : [one.picture]))
}

/** The part of a picture by its folders, the innermost that is called after one. */
function partOfFolders(picture: string): Part | null {
  const folders = picture.split('/').slice(0, -1)
  return folders.map(partNamed).findLast((part) => part !== null) ?? null
}

/**
 * Takes back what tables name by mistake: where pictures are numbered from 1 in each part and those of one part are not
 * there, its table would name the pictures of another, which has a table of its own.
 */
export function withoutOtherParts<Table extends NamingTable>(tables: readonly Table[], index: PictureIndex): Table[] {
  const partOf = (picture: string): Part | null => index.partOf(picture) ?? partOfFolders(picture)
  const inOwnTable = new Set(
    tables.flatMap((table) =>
      pictures(table).filter((picture) => table.part !== null && partOf(picture) === table.part),
    ),
  )
  return tables.map((table) => {
    if (table.part === null || table.part === 'unlabelled') return table
    const isOther = (picture: string): boolean => inOwnTable.has(picture) && partOf(picture) !== table.part
    const all = pictures(table)
    if (all.filter(isOther).length <= all.length / 2) return table
    const named = table.named.map((one) => (one === null || one.picture === null || !isOther(one.picture) ? one : null))
    return { ...table, named }
  })
}
