import { statSync, type Dirent } from 'node:fs'
import { readdir, realpath, stat } from 'node:fs/promises'
import path from 'node:path'
import { phrase, type Phrase } from '../../../core/words/phrases.ts'
import { liesIn } from '../../files/liesIn.ts'
import { joinPath } from './entryPath.ts'
import type { OnLeftOut } from './leftOutCount.ts'
import { isLitter } from './litter.ts'
import { systemCode, unopenedFolder, unreadFile } from './unreadable.ts'

/** A file that was found in a folder. */
export interface FoundFile {
  readonly file: string
  /** Path from the folder's own name on, in Unicode's composed form (NFC). */
  readonly path: string
  readonly bytes: number
}

export interface WalkOptions {
  /** Told of what is left out: links that are not followed, and what cannot be opened. Litter is not mentioned. */
  readonly onLeftOut: OnLeftOut
  /**
   * Called for each entry that was reached through a link to a folder. Links may multiply files without end in sight,
   * so it should throw at some number.
   */
  readonly onLinked: () => void
}

/**
 * All files below a folder, those of each folder sorted by name. Litter is passed over. Links are followed, unless they
 * lead out of the folder or to a folder around them.
 * @param under Path that the results begin with.
 * @throws the system's error when the folder itself cannot be opened. What is inside it is left out instead.
 */
export async function* walkFolder(folder: string, under: string, options: WalkOptions): AsyncGenerator<FoundFile> {
  const root = await realpath(folder)
  yield* new Walk(root, options).below({ folder: root, real: [root], linked: false }, under, await entriesOf(root))
}

/** A folder on the way. */
interface Step {
  readonly folder: string
  /** Real paths of this folder and of those that the walk came through, this one last. */
  readonly real: readonly string[]
  /** Whether the walk came through a link. */
  readonly linked: boolean
}

/** What an entry of a folder is, after following links. */
type Found =
  | { readonly kind: 'file'; readonly bytes: number }
  /** `real`: its path without links. */
  | { readonly kind: 'folder'; readonly real: string; readonly linked: boolean }
  | { readonly kind: 'left out'; readonly why: Phrase }

async function entriesOf(folder: string): Promise<Dirent[]> {
  const entries = await readdir(folder, { withFileTypes: true })
  return entries.filter((entry) => !isLitter(entry.name)).sort((a, b) => (a.name < b.name ? -1 : 1))
}

class Walk {
  readonly #root: string
  readonly #options: WalkOptions

  constructor(root: string, options: WalkOptions) {
    this.#root = root
    this.#options = options
  }

  async *below(step: Step, under: string, entries: readonly Dirent[]): AsyncGenerator<FoundFile> {
    for (const entry of entries) {
      const { name } = entry
      const file = path.join(step.folder, name)
      const place = joinPath(under, name.normalize('NFC'))
      const found = await this.#look(step, entry)
      if (step.linked) this.#options.onLinked()
      if (found.kind === 'file') yield { file, path: place, bytes: found.bytes }
      else if (found.kind === 'left out') this.#options.onLeftOut(found.why, place)
      else {
        const inside: Step = {
          folder: file,
          real: [...step.real, found.real],
          linked: step.linked || found.linked,
        }
        const below = await entriesOf(file).catch((thrown: unknown) => {
          this.#options.onLeftOut(unopenedFolder(thrown), place)
          return []
        })
        yield* this.below(inside, place, below)
      }
    }
  }

  async #look({ folder, real }: Step, entry: Dirent): Promise<Found> {
    const file = path.join(folder, entry.name)
    if (entry.isSymbolicLink()) return this.#follow(file, real)
    if (entry.isDirectory())
      return { kind: 'folder', real: path.join(real[real.length - 1], entry.name), linked: false }
    if (!entry.isFile()) return leftOut(phrase('no-files', {}))
    try {
      // A folder may hold all pictures of a set. To wait for the disk costs half of what a promise for each does.
      return { kind: 'file', bytes: statSync(file).size }
    } catch (thrown) {
      return leftOut(unreadFile(thrown))
    }
  }

  /** @param around Real paths of the folders that the walk came through. */
  async #follow(link: string, around: readonly string[]): Promise<Found> {
    try {
      const real = await realpath(link)
      if (!liesIn(real, this.#root)) return leftOut(phrase('links-leading-out', {}))
      const found = await stat(real)
      if (found.isFile()) return { kind: 'file', bytes: found.size }
      if (!found.isDirectory()) return leftOut(phrase('no-files', {}))
      if (around.includes(real)) return leftOut(phrase('links-in-circles', {}))
      return { kind: 'folder', real, linked: true }
    } catch (thrown) {
      const code = systemCode(thrown)
      if (code === 'ENOENT') return leftOut(phrase('links-to-nothing', {}))
      return leftOut(code === 'ELOOP' ? phrase('links-in-circles', {}) : unreadFile(thrown))
    }
  }
}

function leftOut(why: Phrase): Found {
  return { kind: 'left out', why }
}
