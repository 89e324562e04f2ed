import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import type { PictureReader, SetDescription } from '../../../../main/datasets/describe/pictureReader.ts'

/** The genuine pieces of data sets. */
export const genuineFolder = path.join(import.meta.dirname, '../../../data')

/**
 * Paths of all files of a genuine piece as the lab sees them, from the folder's own name on, with the files that they
 * lead to.
 */
export function genuineFiles(folder: string): Map<string, string> {
  const around = path.join(genuineFolder, path.dirname(folder))
  const files = readdirSync(path.join(genuineFolder, folder), { recursive: true, withFileTypes: true }).filter(
    (entry) => entry.isFile(),
  )
  return new Map(
    files
      .map((entry) => path.join(entry.parentPath, entry.name))
      .map((file) => [path.relative(around, file).split(path.sep).join('/'), file]),
  )
}

/** What a reader says of files whose bytes are asked for only where it calls them tables. */
export function describeFiles(
  reader: PictureReader | null,
  files: Iterable<readonly [string, () => Buffer]>,
): SetDescription {
  if (reader === null) throw new Error('it is a set of arrays')
  const pictures: string[] = []
  const tables = new Map<string, Buffer>()
  for (const [file, read] of files) {
    const kind = reader.sort(file)
    if (kind === 'picture') pictures.push(file)
    if (kind === 'table') tables.set(file, reader.shorten?.(file, read()) ?? read())
  }
  return reader.describe(pictures, tables)
}

export function describeGenuine(reader: PictureReader | null, folder: string): SetDescription {
  return describeFiles(
    reader,
    [...genuineFiles(folder)].map(([name, file]) => [name, () => readFileSync(file)] as const),
  )
}

/** What a reader says of files of which only the paths matter. */
export function describePaths(
  reader: PictureReader | null,
  paths: readonly string[],
  tables: Readonly<Record<string, string>> = {},
): SetDescription {
  return describeFiles(reader, [
    ...paths.map((file) => [file, () => Buffer.alloc(0)] as const),
    ...Object.entries(tables).map(([file, text]) => [file, () => Buffer.from(text)] as const),
  ])
}
