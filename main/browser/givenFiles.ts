import { createWriteStream } from 'node:fs'
import { mkdir, readdir, rm, statfs } from 'node:fs/promises'
import type { IncomingMessage } from 'node:http'
import path from 'node:path'
import { pipeline } from 'node:stream/promises'
import { z } from 'zod'
import { phrase, quoted } from '../../core/words/phrases.ts'
import { DatasetId, type DatasetEntry } from '../../core/data/dataset.ts'
import type { GivenImport, GivenPlace, GivenRefusal, GivenWhole } from '../../core/contract/givenFiles.ts'
import { ReadingWishes } from '../../core/reading/readingWishes.ts'
import { problemOf, refuse } from '../../core/words/problems.ts'
import { givenFilesPath } from '../../core/contract/windowLink.ts'
import type { Log } from '../files/log.ts'
import { isSafeName } from '../platform/fileNames.ts'

/** The most files that are accepted. No set has more. */
const mostFiles = 500_000

/** Bytes that must stay free on the disk besides the copies. */
const leftFree = 200_000_000

/** The deepest nesting of folders, and the longest name in bytes. */
const deepest = 20
const longestName = 255

export interface GivenFilesOptions {
  /** Where the copies are until they are imported. The folder belongs to this shell alone. */
  readonly folder: string
  /** Begins to import a set from a path. */
  readonly take: (
    dataset: string,
    place: string,
    how: { readonly name?: string; readonly wishes?: ReadingWishes },
  ) => DatasetEntry | Promise<DatasetEntry>
  /** Settles when the set has no jobs any more. */
  readonly atRest: (dataset: string) => Promise<void>
  readonly log: Log
}

interface Copies {
  readonly folder: string
  files: number
}

const ImportQuery = z.strictObject({
  dataset: DatasetId,
  name: z.string().min(1).optional(),
  wishes: z
    .string()
    .transform((text, context): unknown => {
      try {
        return JSON.parse(text)
      } catch {
        context.addIssue({ code: 'custom', message: 'no JSON' })
        return z.NEVER
      }
    })
    .pipe(ReadingWishes)
    .optional(),
})

function json(
  status: number,
  value: GivenPlace | GivenWhole | GivenImport | GivenRefusal | Record<string, never>,
): Response {
  return Response.json(value, { status, headers: { 'cache-control': 'no-store' } })
}

/**
 * The parts of a file's path, as a page sent it. Refuses parts that lead upwards, hold control characters or could mean
 * another place.
 */
function checkedParts(encoded: readonly string[]): string[] {
  const parts = encoded.map((part) => {
    try {
      return decodeURIComponent(part).normalize('NFC')
    } catch {
      return ''
    }
  })
  const sound = (part: string): boolean => isSafeName(part) && Buffer.byteLength(part) <= longestName
  if (parts.length === 0 || parts.length > deepest || !parts.every(sound))
    refuse('bad-input', { detail: quoted(encoded.join('/').slice(0, 200)) })
  return parts
}

/**
 * What is imported or planned of the copies: a single file or folder under its own name, several as the contents of one
 * folder.
 */
async function wholeOf({ folder }: Copies): Promise<string> {
  const inside = await readdir(folder)
  return inside.length === 1 ? path.join(folder, inside[0]) : folder
}

/**
 * Takes files from a page in a browser, which cannot tell their paths, and keeps copies until a set has been imported
 * from them. Requests must have been admitted before. Everything is written into one folder, which is emptied when the
 * shell opens and when it closes.
 */
export class GivenFiles {
  readonly #options: GivenFilesOptions
  readonly #copies = new Map<string, Copies>()
  #next = 1

  constructor(options: GivenFilesOptions) {
    this.#options = options
  }

  /** Deletes the copies of this shell, and those of an earlier one that died. */
  async clear(): Promise<void> {
    this.#copies.clear()
    await rm(this.#options.folder, { recursive: true, force: true })
  }

  /** Handles a request whose path begins with `givenFilesPath`. Errors are answered with their problem. */
  async respond(request: IncomingMessage, url: URL): Promise<Response> {
    const [id, ...rest] = url.pathname
      .slice(givenFilesPath.length)
      .split('/')
      .filter((part) => part !== '')
    try {
      if (request.method === 'POST' && id === undefined) return json(200, await this.#begin())
      const copies = this.#copies.get(id) ?? refuse('bad-input', { detail: quoted(url.pathname.slice(0, 200)) })
      if (request.method === 'PUT') {
        await this.#write(copies, checkedParts(rest), request)
        return json(200, {})
      }
      if (request.method === 'POST' && rest.length === 1 && rest[0] === 'import')
        return json(200, { dataset: await this.#import(id, copies, url) })
      if (request.method === 'GET' && rest.length === 0) return json(200, { path: await wholeOf(copies) })
      if (request.method === 'DELETE' && rest.length === 0) {
        await this.#remove(id, copies)
        return json(200, {})
      }
      return refuse('bad-input', { detail: quoted(`${request.method} ${url.pathname.slice(0, 200)}`) })
    } catch (thrown) {
      const of = problemOf(thrown)
      // A page that disconnects midway is not an error.
      if (of.code === 'internal' && !request.destroyed) this.#options.log.add('taking given files', thrown)
      // The rest of the body must be read, or the page does not see the response.
      request.resume()
      return json(of.code === 'internal' ? 500 : 400, { problem: of })
    }
  }

  async #begin(): Promise<GivenPlace> {
    const id = String(this.#next)
    this.#next += 1
    const folder = path.join(this.#options.folder, id)
    await mkdir(folder, { recursive: true })
    this.#copies.set(id, { folder, files: 0 })
    return { id }
  }

  async #write(copies: Copies, parts: readonly string[], body: IncomingMessage): Promise<void> {
    const bytes = Number(body.headers['content-length'])
    if (!Number.isSafeInteger(bytes) || bytes < 0) refuse('bad-input', { detail: quoted('content-length') })
    copies.files += 1
    if (copies.files > mostFiles) refuse('bad-input', { detail: phrase('more-files', { most: mostFiles }) })
    const { bavail, bsize } = await statfs(copies.folder)
    if (bytes + leftFree > bavail * bsize) refuse('disk-full', { detail: parts.join('/') })
    const file = path.join(copies.folder, ...parts)
    await mkdir(path.dirname(file), { recursive: true })
    try {
      await pipeline(body, createWriteStream(file, { flags: 'wx' }))
    } catch (thrown) {
      const code = thrown instanceof Error && 'code' in thrown ? thrown.code : null
      if (code === 'EEXIST') refuse('bad-input', { detail: quoted(parts.join('/')) })
      await rm(file, { force: true })
      if (code === 'ENOSPC') refuse('disk-full', { detail: parts.join('/') })
      throw thrown
    }
  }

  async #import(id: string, copies: Copies, url: URL): Promise<DatasetEntry> {
    const query = ImportQuery.safeParse(Object.fromEntries(url.searchParams))
    if (!query.success) return refuse('bad-input', { detail: quoted(url.search.slice(0, 200)) })
    const { dataset, ...how } = query.data
    const entry = await this.#options.take(dataset, await wholeOf(copies), how)
    void this.#removeAtRest(entry.id, id, copies)
    return entry
  }

  /** Once the import has ended, successfully or not, the copies are useless. */
  async #removeAtRest(dataset: string, id: string, copies: Copies): Promise<void> {
    try {
      await this.#options.atRest(dataset)
    } catch (thrown) {
      this.#options.log.add('waiting for an import of given files', thrown)
    }
    await this.#remove(id, copies).catch((thrown: unknown) => this.#options.log.add('removing given files', thrown))
  }

  async #remove(id: string, { folder }: Copies): Promise<void> {
    this.#copies.delete(id)
    await rm(folder, { recursive: true, force: true })
  }
}
