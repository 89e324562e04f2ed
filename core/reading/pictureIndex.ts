import { namedPath, type NamedPath } from './namedPath.ts'
import type { Part } from './readingPlan.ts'

/** Where a cell stands, which decides between pictures that it fits equally well. */
export interface PlaceOfCell {
  /** The folder of its table, with the last `/`; empty at the top. */
  readonly folder: string
  /** The part that its table or row states; null: none. */
  readonly part: Part | null
}

/** What a cell names. */
export type NamedPicture =
  | {
      readonly picture: string
      /** How many names at the end of the cell's path and of the picture's are the same; the file's is the first. */
      readonly common: number
      /** Whether the whole cell agrees with the picture, and not only its end. */
      readonly whole: boolean
      readonly ambiguous: null
    }
  /** Several pictures fit equally well: the first two by path. */
  | { readonly picture: null; readonly ambiguous: readonly [string, string] }

interface Indexed {
  readonly path: string
  readonly named: NamedPath
}

/** Pictures whose paths have the same end, divided by the next name from the end when that is first asked for. */
class SharedEnd {
  readonly pictures: Indexed[] = []
  /** How many folders the end has. */
  readonly #folders: number
  #longer: Map<string, SharedEnd> | null = null

  constructor(folders: number) {
    this.#folders = folders
  }

  /** The pictures whose end is longer by this folder. */
  within(folder: string): SharedEnd | undefined {
    this.#longer ??= this.#divided()
    return this.#longer.get(folder)
  }

  #divided(): Map<string, SharedEnd> {
    const longer = new Map<string, SharedEnd>()
    for (const picture of this.pictures) {
      const folder = picture.named.folders.at(this.#folders)
      if (folder === undefined) continue
      const end = longer.get(folder) ?? new SharedEnd(this.#folders + 1)
      longer.set(folder, end)
      end.pictures.push(picture)
    }
    return longer
  }
}

/** Finds the pictures that the cells of tables name. */
export class PictureIndex {
  /** A picture's path, as an example of what paths here are like; null if there are no pictures. */
  readonly example: string | null
  readonly #partOf: (picture: string) => Part | null
  readonly #byStem = new Map<string, SharedEnd>()
  readonly #foldersOf = new Map<string, readonly string[]>()
  /** Stems by their number without leading zeros; null if several have it. */
  #byNumber: Map<string, string | null> | null = null

  /** @param partOf The part that a picture's folders state; null: none. */
  constructor(pictures: readonly string[], partOf: (picture: string) => Part | null) {
    this.example = pictures.at(0) ?? null
    this.#partOf = partOf
    for (const path of pictures) {
      const named = namedPath(path)
      if (named === null) continue
      const end = this.#byStem.get(named.stem) ?? new SharedEnd(0)
      this.#byStem.set(named.stem, end)
      end.pictures.push({ path, named })
    }
  }

  /** The part that a picture's folders state; null: none. */
  partOf(picture: string): Part | null {
    return this.#partOf(picture)
  }

  /**
   * The picture that a cell names: the one whose path has the longest end in common with it, with or without its
   * ending, whatever the case. Among several: the one that the cell names from a folder around its table, the one below
   * the table's folder, the one in the stated part, the one with the same ending.
   * @param zerosLost Also finds `001.png` by `1`, if no other picture has that number.
   * @returns null if it names none.
   */
  find(cell: string, place: PlaceOfCell, zerosLost = false): NamedPicture | null {
    const named = namedPath(cell)
    if (named === null) return null
    const end = this.#byStem.get(named.stem) ?? this.#byStem.get(named.file.toLowerCase())
    if (end !== undefined) return this.#longest(end, named, place)
    const numbered = zerosLost ? this.#numbered(named.stem) : undefined
    return numbered === undefined ? null : this.#longest(numbered, named, place)
  }

  #longest(start: SharedEnd, named: NamedPath, place: PlaceOfCell): NamedPicture {
    const around = this.#around(place.folder)
    const wanted = around.length === 0 ? named.folders : [...named.folders, ...around.slice(named.up)]
    let end = start
    for (const folder of wanted) {
      const longer = end.pictures.length > 1 ? end.within(folder) : undefined
      if (longer === undefined) break
      end = longer
    }
    const fitting = end.pictures.length > 1 ? this.#decided(end.pictures, named, place) : end.pictures
    const [one] = fitting
    if (fitting.length > 1) return { picture: null, ambiguous: firstTwo(fitting) }
    const common = commonFolders(named, one.named)
    const file = named.file.toLowerCase()
    const sameName = named.stem === one.named.stem && (named.stem === file || file === one.named.file.toLowerCase())
    return {
      picture: one.path,
      common: common + 1,
      whole: sameName && common === named.folders.length,
      ambiguous: null,
    }
  }

  #decided(pictures: readonly Indexed[], named: NamedPath, { folder, part }: PlaceOfCell): readonly Indexed[] {
    const fromAround = nearest(pictures, named, this.#around(folder))
    if (fromAround.length === 1) return fromAround
    const below = narrowed(fromAround, ({ path }) => path.startsWith(folder))
    const ofPart = part === null ? below : narrowed(below, ({ path }) => this.#partOf(path) === part)
    const sameEnding = narrowed(ofPart, (one) => one.named.file.toLowerCase() === named.file.toLowerCase())
    return narrowed(sameEnding, (one) => one.named.file === named.file)
  }

  /** The folders around a table in small letters, the innermost first. */
  #around(folder: string): readonly string[] {
    const known = this.#foldersOf.get(folder)
    if (known !== undefined) return known
    const folders = folder === '' ? [] : (namedPath(`${folder}file`)?.folders ?? [])
    this.#foldersOf.set(folder, folders)
    return folders
  }

  #numbered(stem: string): SharedEnd | undefined {
    if (!/^\d+$/.test(stem)) return undefined
    this.#byNumber ??= stemsByNumber(this.#byStem.keys())
    const found = this.#byNumber.get(withoutZeros(stem)) ?? null
    return found === null ? undefined : this.#byStem.get(found)
  }
}

function withoutZeros(number: string): string {
  return number.replace(/^0+(?=\d)/, '')
}

function stemsByNumber(stems: Iterable<string>): Map<string, string | null> {
  const byNumber = new Map<string, string | null>()
  for (const stem of stems) {
    if (!/^\d+$/.test(stem)) continue
    const number = withoutZeros(stem)
    byNumber.set(number, byNumber.has(number) ? null : stem)
  }
  return byNumber
}

/** How many folders at the end of two paths are the same. */
function commonFolders(one: NamedPath, other: NamedPath): number {
  const differing = one.folders.findIndex((folder, at) => folder !== other.folders.at(at))
  return differing < 0 ? one.folders.length : differing
}

/** Those for which something is true, or all of them if it is true for none. */
function narrowed(pictures: readonly Indexed[], isMeant: (picture: Indexed) => boolean): readonly Indexed[] {
  if (pictures.length === 1) return pictures
  const meant = pictures.filter(isMeant)
  return meant.length === 0 ? pictures : meant
}

/**
 * Those that a path names if it begins in a folder around its table, the nearest such folder; all of them if there are
 * none.
 * @param around The folders around the table, the innermost first.
 */
function nearest(pictures: readonly Indexed[], named: NamedPath, around: readonly string[]): readonly Indexed[] {
  const names = named.folders.length
  const reached = (picture: Indexed): number => {
    const rest = picture.named.folders.slice(names)
    const skipped = around.length - rest.length
    const begins = skipped >= 0 && rest.every((folder, at) => folder === around[at + skipped])
    return begins && commonFolders(named, picture.named) === names ? rest.length : -1
  }
  const most = pictures.reduce((best, picture) => Math.max(best, reached(picture)), -1)
  return most < 0 ? pictures : pictures.filter((picture) => reached(picture) === most)
}

function firstTwo(pictures: readonly Indexed[]): readonly [string, string] {
  const [one, other] = pictures.map(({ path }) => path).sort()
  return [one, other]
}
