import { stat } from 'node:fs/promises'
import path from 'node:path'
import { phrase } from '../../../core/words/phrases.ts'
import { SourceError } from '../definition.ts'
import { brokenArchive } from './archiveEntry.ts'
import type { ArchiveEntry } from './archiveEntry.ts'
import { collect, fileBytes, headOfFile, once, peek } from './byteStream.ts'
import type { Bytes } from './byteStream.ts'
import { debEntries } from './debEntries.ts'
import { decompress } from './decompress.ts'
import { entryPath, joinPath } from './entryPath.ts'
import { Allowance, usualLimits } from './limits.ts'
import type { OriginalLimits } from './limits.ts'
import type { OnLeftOut } from './leftOutCount.ts'
import type { OriginalFile, Originals } from './originalFile.ts'
import { rarEntries } from './rarEntries.ts'
import { isNamedArchive, isNamedContent, kindOf, unpackedName } from './signature.ts'
import type { Kind } from './signature.ts'
import { inTemporaryFolder, spool } from './spool.ts'
import { tarEntries } from './tarEntries.ts'
import { systemCode, unreadFile, UnreadableFile } from './unreadable.ts'
import { walkFolder } from './walkFolder.ts'
import { zipEntries } from './zipEntries.ts'

export interface OriginalsOptions {
  /**
   * Folder for nested archives that can only be read from disk (a zip inside a tar); made when needed.
   */
  readonly temporary: string
  /** The usual limits if left out. */
  readonly limits?: OriginalLimits
  /** Called while folders are walked, with the number of files found so far. */
  readonly onFound?: (files: number) => void
  /** Called with the files that were given or found in folders, before the first of them is opened. */
  readonly onWalked?: (files: readonly string[]) => void
  /** Called once per entry with the bytes read of the given files and folders, and their total. */
  readonly onRead?: (done: number, total: number) => void
  /** Called after each file that was given or found in a folder, with their number so far and in all. */
  readonly onPassed?: (files: number, total: number) => void
  /** Told of what in folders is left out: links that are not followed, and what cannot be opened. */
  readonly onLeftOut?: OnLeftOut
}

/**
 * The files in folders, archives (tar, gzip, bzip2, zip, rar, Debian packages, also nested) and single files, one after
 * another. A file's kind is told by its content, not its name. No archive is unpacked as a whole. Links within a folder
 * are followed and litter is skipped. Of two files with the same path the first is kept. Each iteration reads everything
 * again.
 *
 * Unpacking takes processor time and partly blocks the thread: call it in a worker.
 * @throws SourceError for an archive that is broken, hostile or of an unsupported kind, for a web page in place of an
 *   archive, and for a path that does not exist; LabError `disk-full` or `write-failed`; the signal's reason when
 *   aborted.
 */
export function openOriginals(paths: readonly string[], options: OriginalsOptions, signal: AbortSignal): Originals {
  return { [Symbol.asyncIterator]: () => new Reading(options, signal).of(paths) }
}

/** Where an archive or a file lies among the originals. */
interface Place {
  /** Path of the file in the originals, including its own name. */
  readonly path: string
  /** How many archives it lies in. */
  readonly depth: number
}

/** A file on this computer. */
interface GivenFile {
  readonly file: string
  readonly path: string
  readonly bytes: number
}

/** A file that is offered as it is. */
interface PlainFile {
  readonly path: string
  readonly bytes: number
  readonly open: () => Bytes
  /** Its first bytes, where they were read already. */
  readonly head?: Buffer | null
  /** The file itself, where it lies in a folder or was given, and not in an archive. */
  readonly onDisk?: string | null
}

/** One walk through the originals. */
class Reading {
  readonly #temporary: string
  readonly #allowance: Allowance
  readonly #signal: AbortSignal
  readonly #onFound: (files: number) => void
  readonly #onWalked: (files: readonly string[]) => void
  readonly #onRead: (done: number, total: number) => void
  readonly #onPassed: (files: number, total: number) => void
  readonly #onLeftOut: OnLeftOut
  readonly #seen = new Set<string>()
  #done = 0
  #total = 0

  constructor(
    { temporary, limits = usualLimits, onFound, onWalked, onRead, onPassed, onLeftOut }: OriginalsOptions,
    signal: AbortSignal,
  ) {
    const nobody = (): void => undefined
    this.#temporary = temporary
    this.#allowance = new Allowance(limits)
    this.#signal = signal
    this.#onFound = onFound ?? nobody
    this.#onWalked = onWalked ?? nobody
    this.#onRead = onRead ?? nobody
    this.#onPassed = onPassed ?? nobody
    this.#onLeftOut = onLeftOut ?? nobody
  }

  async *of(paths: readonly string[]): AsyncGenerator<OriginalFile, void> {
    const given: GivenFile[] = []
    for (const one of paths) {
      const absolute = path.resolve(one)
      const name = path.basename(absolute).normalize('NFC')
      try {
        const found = await stat(absolute)
        if (found.isDirectory()) {
          for await (const file of this.#inFolder(absolute, name)) {
            given.push(file)
            this.#onFound(given.length)
          }
        } else if (found.isFile()) given.push({ file: absolute, path: name, bytes: found.size })
        else throw new SourceError(phrase('place-neither', { place: one }))
      } catch (thrown) {
        if (thrown instanceof SourceError) throw thrown
        throw new SourceError(phrase('place-unread', { place: one, code: systemCode(thrown) }), { cause: thrown })
      }
      this.#signal.throwIfAborted()
    }
    this.#total = given.reduce((sum, { bytes }) => sum + bytes, 0)
    this.#onWalked(given.map(({ file }) => file))
    const single = paths.length === 1 && given.length === 1
    for (const [index, file] of given.entries()) {
      const before = this.#done
      yield* this.#ofFile(file, single)
      this.#passedTo(before + file.bytes)
      this.#onPassed(index + 1, given.length)
    }
  }

  #inFolder(folder: string, name: string): AsyncGenerator<GivenFile> {
    const onLinked = (): void => this.#allowance.countEntry(name)
    return walkFolder(folder, name, { onLeftOut: this.#onLeftOut, onLinked })
  }

  /**
   * @param single Whether it is the only given file. Then its kind is checked whatever its name says, and an archive of
   *   an unsupported kind is refused.
   */
  async *#ofFile({ file, path: place, bytes }: GivenFile, single: boolean): AsyncGenerator<OriginalFile, void> {
    const found = { path: place, bytes, open: () => fileBytes(file), onDisk: file }
    if (!single && isNamedContent(place)) return yield* this.#plain(found)
    const head = this.#headOf(file, place, single)
    if (head === null) return
    const kind = kindOf(head)
    const where = { path: place, depth: 0 }
    if (isStream(kind))
      return yield* this.#ofStream(
        kind,
        fileBytes(file, (read) => this.#passedTo(this.#done + read)),
        where,
      )
    if (isOnDisk(kind)) return yield* this.#ofArchive(kind, file, where)
    checkPlain(kind, place, single)
    yield* this.#plain({ ...found, path: unpackedName(place), head })
  }

  /** @returns null for a file that cannot be read although others can. */
  #headOf(file: string, place: string, single: boolean): Buffer | null {
    try {
      return headOfFile(file)
    } catch (thrown) {
      if (single) throw new SourceError(phrase('place-unread', { place, code: systemCode(thrown) }), { cause: thrown })
      this.#onLeftOut(unreadFile(thrown), place)
      return null
    }
  }

  /** An archive that is read as a stream, or a single packed file. */
  async *#ofStream(kind: StreamKind, bytes: Bytes, place: Place): AsyncGenerator<OriginalFile, void> {
    if (kind === 'tar') return yield* this.#entries(tarEntries(bytes, place.path), place)
    this.#checkDepth(place)
    const inside = { ...place, path: unpackedName(place.path), depth: place.depth + 1 }
    try {
      const { head, whole, close } = await peek(decompress(kind, bytes, place.path, this.#allowance))
      try {
        yield* this.#ofUnpacked(head, whole, inside)
      } finally {
        await close()
      }
    } catch (thrown) {
      this.#fail(place.path, thrown)
    }
  }

  async *#ofUnpacked(head: Buffer, whole: Bytes, place: Place): AsyncGenerator<OriginalFile, void> {
    const kind = kindOf(head)
    if (isStream(kind)) return yield* this.#ofStream(kind, whole, place)
    if (isOnDisk(kind)) return yield* this.#ofNested(kind, whole, 0, place)
    checkPlain(kind, place.path, false)
    // Its size is known only once it is unpacked.
    const content = await collect(whole, place.path, null, (length) => this.#allowance.checkFile(length, place.path))
    yield* this.#plain({ path: place.path, bytes: content.byteLength, open: () => once(content), head })
  }

  /** An archive whose kind must be read from disk, in a file that is on disk. */
  async *#ofArchive(kind: DiskKind, file: string, place: Place): AsyncGenerator<OriginalFile, void> {
    if (kind === 'zip') return yield* this.#entries(zipEntries(file, place.path, this.#allowance), place)
    if (kind === 'deb') {
      const ofFolder = async function* (this: Reading, folder: string): AsyncGenerator<OriginalFile, void> {
        yield* this.#entries(debEntries(file, place.path, this.#allowance, folder), place)
      }
      yield* inTemporaryFolder(this.#temporary, ofFolder.bind(this))
      return
    }
    yield* this.#entries(rarEntries(file, place.path, this.#allowance), place)
  }

  /** The same for an archive inside another one. */
  async *#ofNested(kind: DiskKind, bytes: Bytes, expected: number, place: Place): AsyncGenerator<OriginalFile, void> {
    const { nestedBytes } = this.#allowance.limits
    const check = (length: number): void => {
      this.#signal.throwIfAborted()
      if (length > nestedBytes)
        throw new SourceError(
          phrase('nested-too-large', { place: place.path, gigabytes: Math.round(nestedBytes / 1e9) }),
        )
    }
    const ofFolder = async function* (this: Reading, folder: string): AsyncGenerator<OriginalFile, void> {
      const file = path.join(folder, 'archive')
      await spool(bytes, file, expected, check)
      yield* this.#ofArchive(kind, file, place)
    }
    yield* inTemporaryFolder(this.#temporary, ofFolder.bind(this))
  }

  async *#entries(entries: AsyncIterable<ArchiveEntry>, place: Place): AsyncGenerator<OriginalFile, void> {
    this.#checkDepth(place)
    const top = place.path.slice(0, Math.max(0, place.path.lastIndexOf('/')))
    try {
      for await (const entry of entries) {
        this.#signal.throwIfAborted()
        const before = this.#done
        this.#allowance.countEntry(place.path)
        const inside = entryPath(entry.name, place.path)
        if (inside !== null)
          yield* this.#ofEntry(entry, { ...place, path: joinPath(top, inside), depth: place.depth + 1 })
        if (place.depth === 0 && entry.packed !== null) this.#passedTo(before + entry.packed)
      }
    } catch (thrown) {
      this.#fail(place.path, thrown)
    }
  }

  async *#ofEntry(entry: ArchiveEntry, place: Place): AsyncGenerator<OriginalFile, void> {
    // Files named as pictures or tables are not opened here: checking a hundred thousand of them would take minutes.
    if (isNamedContent(place.path) || entry.bytes === 0)
      return yield* this.#plain({ path: place.path, bytes: entry.bytes, open: () => entry.open() })
    const share = place.depth === 1 && entry.packed !== null ? entry.packed / entry.bytes : 0
    const { head, whole, close } = await peek(this.#counted(entry.open(), share))
    try {
      const kind = kindOf(head)
      if (isStream(kind)) return yield* this.#ofStream(kind, whole, place)
      if (isOnDisk(kind)) return yield* this.#ofNested(kind, whole, entry.bytes, place)
      checkPlain(kind, place.path, false)
      yield* this.#plain({ path: unpackedName(place.path), bytes: entry.bytes, open: () => whole, head })
    } finally {
      await close()
    }
  }

  async *#plain({
    path: place,
    bytes,
    open,
    head = null,
    onDisk = null,
  }: PlainFile): AsyncGenerator<OriginalFile, void> {
    if (this.#seen.has(place)) return
    this.#seen.add(place)
    this.#signal.throwIfAborted()
    let state: 'offered' | 'read' | 'past' = 'offered'
    const opened: { stream: Awaited<ReturnType<typeof peek>> | null } = { stream: null }
    const inTime = async <Result>(work: () => Promise<Result>): Promise<Result> => {
      if (state !== 'offered') throw new Error(`${place} was read before, or another file asked for since`)
      try {
        return await work()
      } catch (thrown) {
        return onDisk !== null ? this.#unreadable(place, thrown) : this.#fail(place, thrown)
      }
    }
    const readHead = async (): Promise<Buffer> => {
      if (head !== null) return head
      if (onDisk !== null) return headOfFile(onDisk)
      opened.stream ??= await peek(this.#counted(open(), 0))
      return opened.stream.head
    }
    const readWhole = (): Promise<Buffer> => {
      state = 'read'
      if (onDisk !== null) this.#checkSize(place, bytes)
      const whole = opened.stream?.whole ?? this.#counted(open(), 0)
      return collect(whole, place, bytes, (length) => this.#allowance.checkFile(length, place))
    }
    try {
      yield { path: place, bytes, onDisk, head: () => inTime(readHead), read: () => inTime(readWhole) }
    } finally {
      state = 'past'
      await opened.stream?.close()
    }
  }

  /** A file in a folder that is too large can be left out, unlike one in an archive, which would be unpacked first. */
  #checkSize(place: string, bytes: number): void {
    const { fileBytes: most } = this.#allowance.limits
    if (bytes <= most) return
    const megabytes = Math.round(most / 1e6)
    throw new UnreadableFile(phrase('place-too-large', { place, megabytes }), phrase('files-too-large', { megabytes }))
  }

  /** Turns what was thrown while a file in a folder was read into the error that lets others be read. */
  #unreadable(place: string, thrown: unknown): never {
    this.#signal.throwIfAborted()
    if (thrown instanceof SourceError) throw thrown
    throw new UnreadableFile(phrase('place-unread', { place, code: systemCode(thrown) }), unreadFile(thrown), {
      cause: thrown,
    })
  }

  #checkDepth({ path: place, depth }: Place): void {
    if (depth >= this.#allowance.limits.depth) throw new SourceError(phrase('nested-too-deep', { place, depth }))
  }

  /**
   * Passes an entry's bytes on and counts them as progress.
   * @param share bytes of the given file for each byte of the entry. An archive inside an archive may be nearly all of
   *   the given file.
   */
  async *#counted(bytes: Bytes, share: number): AsyncGenerator<Buffer> {
    for await (const piece of bytes) {
      this.#signal.throwIfAborted()
      if (share > 0) this.#passedTo(this.#done + piece.byteLength * share)
      yield piece
    }
  }

  #passedTo(done: number): void {
    this.#done = done
    this.#onRead(Math.min(Math.round(done), this.#total), this.#total)
  }

  /** Turns what was thrown inside an archive into the error that a person is told. */
  #fail(place: string, thrown: unknown): never {
    this.#signal.throwIfAborted()
    throw brokenArchive(place, thrown)
  }
}

/** Kinds that can be read as a stream. */
type StreamKind = 'tar' | 'gzip' | 'bzip2'
/** Kinds that need random access. */
type DiskKind = 'zip' | 'rar' | 'deb'

function isStream(kind: Kind): kind is StreamKind {
  return kind === 'tar' || kind === 'gzip' || kind === 'bzip2'
}

function isOnDisk(kind: Kind): kind is DiskKind {
  return kind === 'zip' || kind === 'rar' || kind === 'deb'
}

/**
 * Refuses a web page, or a file of another kind, under an archive's name. An archive of an unsupported kind is refused
 * only if it is the only file: among others it may not belong to the set.
 */
function checkPlain(kind: Kind, place: string, single: boolean): void {
  const archive = isNamedArchive(place) || /\.(gz|bz2)$/i.test(place)
  if (kind === 'web page' && archive) throw new SourceError(phrase('page-for-archive', { place }))
  if (kind === 'foreign archive' && single) throw new SourceError(phrase('archive-foreign', { place }))
  if (isNamedArchive(place) && kind !== 'foreign archive') throw new SourceError(phrase('no-archive', { place }))
}
