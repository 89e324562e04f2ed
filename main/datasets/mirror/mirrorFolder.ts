import { lstat, readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import {
  archivesFolder,
  newestFirst,
  offerName,
  TemplateFile,
  templatesFolder,
  type MirrorOffer,
  type OfferedArchive,
  type OfferedSet,
  type OfferedTemplate,
} from '../../../core/mirror/mirrorOffer.ts'
import { archiveNamed } from '../../../core/mirror/portableArchive.ts'
import { templateIn } from '../../../core/mirror/template.ts'
import { longestNetworkFile } from '../../../core/network/networkFile.ts'
import { codeOf } from '../../files/errorCode.ts'
import { sumOfFile } from '../../files/sumOfFile.ts'
import { writeFileAtomically } from '../../files/atomicFile.ts'
import type { DatasetDefinition } from '../definition.ts'
import { isMirrored, mirroredNames, packName } from './mirrorLayout.ts'

/** A file that a mirror has. */
export interface OfferedFile {
  /** Its path from the mirror's folder, with slashes. */
  readonly name: string
  readonly bytes: number
}

/** A sum, and of which state of its file it is. */
interface KnownSum {
  readonly state: string
  readonly sum: Promise<string>
}

/** What lies in the folder of a mirror and is served. Links are not followed, wherever they lead. */
export class MirrorFolder {
  readonly #folder: string
  readonly #definitions: readonly DatasetDefinition[]
  readonly #setFiles: ReadonlySet<string>
  readonly #sums = new Map<string, KnownSum>()

  /** @param definitions the sets whose files are served, unless they may not be passed on */
  constructor(folder: string, definitions: readonly DatasetDefinition[]) {
    this.#folder = folder
    this.#definitions = definitions
    this.#setFiles = new Set(mirroredNames(definitions))
  }

  /** Where a served file is. */
  pathOf(name: string): string {
    return path.join(this.#folder, ...name.split('/'))
  }

  /** Whether a name is that of a file that is here and is served. */
  async has(name: string): Promise<boolean> {
    const [folder, file, ...deeper] = name.split('/')
    if (file !== undefined && deeper.length === 0) {
      if (folder === archivesFolder && archiveNamed(file) !== null) return (await this.#stateOf(name)) !== null
      if (folder === templatesFolder) return (await this.#template(file)) !== null
    }
    return this.#setFiles.has(name) && (await this.#stateOf(name)) !== null
  }

  /** The files of data sets that exist now. */
  async setFiles(): Promise<OfferedFile[]> {
    const found = await Promise.all(
      [...this.#setFiles].map(async (name) => ({ name, state: await this.#stateOf(name) })),
    )
    return found.flatMap(({ name, state }) => (state === null ? [] : [{ name, bytes: state.size }]))
  }

  /** The files of `templates` that no program of Conv Lab can take. */
  async uselessTemplates(): Promise<string[]> {
    const useful = new Set((await this.#templates()).map(({ file }) => file))
    return (await this.#namesIn(templatesFolder)).filter((name) => !name.startsWith('.') && !useful.has(name))
  }

  /**
   * What is here. The sum of an archive is computed once for each state of its file.
   * @param onArchive called before an archive is read for its sum
   */
  async offer(onArchive: (file: string, bytes: number) => void = () => undefined): Promise<MirrorOffer> {
    return {
      'conv-lab-mirror': 1,
      archives: await this.#archives(onArchive),
      datasets: await this.#datasets(),
      templates: await this.#templates(),
    }
  }

  /**
   * Writes the list of what is here into the folder, so that it can also be read where the folder is shared or served by
   * another program. A list that is right already is left alone.
   * @throws LabError `disk-full` or `write-failed`.
   */
  async writeOffer(): Promise<void> {
    const text = `${JSON.stringify(await this.offer(), null, 2)}\n`
    const file = path.join(this.#folder, offerName)
    const there = await readFile(file, 'utf8').catch(() => '') // One that cannot be read is written anew.
    if (there !== text) await writeFileAtomically(file, [Buffer.from(text)])
  }

  async #archives(onArchive: (file: string, bytes: number) => void): Promise<OfferedArchive[]> {
    const archives: OfferedArchive[] = []
    for (const file of await this.#namesIn(archivesFolder)) {
      const named = archiveNamed(file)
      const name = `${archivesFolder}/${file}`
      const state = named === null ? null : await this.#stateOf(name)
      if (named === null || state === null || state.size === 0) continue
      const sha256 = await this.#sumOf(name, `${state.size} ${state.mtimeMs}`, () => onArchive(file, state.size))
      archives.push({ file, ...named, bytes: state.size, sha256 })
    }
    return newestFirst(archives)
  }

  #sumOf(name: string, state: string, onRead: () => void): Promise<string> {
    const known = this.#sums.get(name)
    if (known?.state === state) return known.sum
    onRead()
    const sum = sumOfFile('sha256', this.pathOf(name))
    this.#sums.set(name, { state, sum })
    // A file that could not be read is read again the next time.
    sum.catch(() => this.#sums.delete(name))
    return sum
  }

  async #datasets(): Promise<OfferedSet[]> {
    const bytes = new Map((await this.setFiles()).map((file) => [file.name, file.bytes]))
    return this.#definitions.filter(isMirrored).flatMap((definition): OfferedSet[] => {
      const { id, name } = definition.card
      const pack = bytes.get(packName(id))
      if (pack !== undefined) return [{ id, name, bytes: pack, packed: true }]
      const published = mirroredNames([definition]).flatMap((file) => bytes.get(file) ?? [])
      if (published.length === 0) return []
      return [{ id, name, bytes: published.reduce((sum, one) => sum + one, 0), packed: false }]
    })
  }

  async #templates(): Promise<OfferedTemplate[]> {
    const templates: OfferedTemplate[] = []
    for (const file of await this.#namesIn(templatesFolder)) {
      const template = await this.#template(file)
      if (template !== null) templates.push(template)
    }
    return templates
  }

  /** Null for a file that is not here, or that no program of Conv Lab can take. */
  async #template(file: string): Promise<OfferedTemplate | null> {
    const name = `${templatesFolder}/${file}`
    const state = TemplateFile.safeParse(file).success ? await this.#stateOf(name) : null
    if (state === null || state.size === 0 || state.size > longestNetworkFile) return null
    const template = templateIn(file, await readFile(this.pathOf(name), 'utf8'))
    return template === null ? null : { file, ...template, bytes: state.size }
  }

  /** In the order of their names; none where there is no such folder. */
  async #namesIn(folder: string): Promise<string[]> {
    try {
      return (await readdir(path.join(this.#folder, folder))).toSorted()
    } catch (thrown) {
      if (codeOf(thrown) === 'ENOENT' || codeOf(thrown) === 'ENOTDIR') return []
      throw thrown
    }
  }

  /** Null for a missing file and for links. */
  async #stateOf(name: string): Promise<{ readonly size: number; readonly mtimeMs: number } | null> {
    const found = await lstat(this.pathOf(name)).catch(() => null)
    return found?.isFile() === true ? { size: found.size, mtimeMs: found.mtimeMs } : null
  }
}
