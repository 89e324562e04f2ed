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

/**
 * Takes back what tables name by mistake: where pictures are numbered from 1 in each part and those of one part are not
 * there, its table would name the pictures of another, which has a table of its own.
 */
export function withoutOtherParts<Table extends NamingTable>(tables: readonly Table[], index: PictureIndex): Table[] {
  const inOwnTable = new Set(
    tables.flatMap((table) =>
      pictures(table).filter((picture) => table.part !== null && index.partOf(picture) === table.part),
    ),
  )
  return tables.map((table) => {
    const isOther = (picture: string): boolean => inOwnTable.has(picture) && index.partOf(picture) !== table.part
    const all = pictures(table)
    if (table.part === null || all.filter(isOther).length <= all.length / 2) return table
    const named = table.named.map((one) => (one === null || one.picture === null || !isOther(one.picture) ? one : null))
    return { ...table, named }
  })
}
