import { createWriteStream } from 'node:fs'
import { mkdir, readdir, rm, statfs } from 'node:fs/promises'
import type { IncomingMessage } from 'node:http'
import path from 'node:path'
import { pipeline } from 'node:stream/promises'
import { z } from 'zod'
import { DatasetId, type DatasetEntry } from '../../core/data/dataset.ts'
import type { GivenImport, GivenPlace, GivenRefusal } from '../../core/contract/givenFiles.ts'
import { problemOf, refuse } from '../../core/words/problems.ts'
import { givenFilesPath } from '../../core/contract/windowLink.ts'
import type { Log } from '../files/log.ts'

/** More files than any set has are a mistake. */
const mostFiles = 500_000

/** Bytes that stay free beside what is copied. */
const leftFree = 200_000_000

/** Folders in folders, and bytes of a name. */
const deepest = 20
const longestName = 255

export interface GivenFilesOptions {
  /** Where the copies lie until they are taken; it belongs to this shell alone. */
  readonly folder: string
  /** Begins to take a set from a path. */
  readonly take: (dataset: string, place: string, name: string | undefined) => DatasetEntry | Promise<DatasetEntry>
  /** Settles when nothing goes on with a set any more. */
  readonly atRest: (dataset: string) => Promise<void>
  readonly log: Log
}

interface Copies {
  readonly folder: string
  files: number
}

const ImportQuery = z.strictObject({ dataset: DatasetId, name: z.string().min(1).max(80).optional() })

function json(status: number, value: GivenPlace | GivenImport | GivenRefusal | Record<string, never>): Response {
  return Response.json(value, { status, headers: { 'cache-control': 'no-store' } })
}

/**
 * The parts of a file's path, as a page sent it. Nothing that climbs, is hidden from the eye or could mean another
 * place.
 */
function checkedParts(encoded: readonly string[]): string[] {
  const parts = encoded.map((part) => {
    try {
      return decodeURIComponent(part).normalize('NFC')
    } catch {
      return ''
    }
  })
  const unsafe = process.platform === 'win32' ? /[\\/:*?"<>|\p{Cc}]|[. ]$/u : /[\\/\p{Cc}]/u
  const sound = (part: string): boolean =>
    part !== '' && part !== '.' && part !== '..' && !unsafe.test(part) && Buffer.byteLength(part) <= longestName
  if (parts.length === 0 || parts.length > deepest || !parts.every(sound))
    refuse('bad-input', { detail: encoded.join('/').slice(0, 200) })
  return parts
}

/**
 * Takes files from a page in a browser, which cannot say where they lie, for the time until a set has been taken from
 * them. Requests have been admitted before they come here; everything is written below one folder, which is empty when
 * the shell opens and when it closes.
 */
export class GivenFiles {
  readonly #options: GivenFilesOptions
  readonly #copies = new Map<string, Copies>()
  #next = 1

  constructor(options: GivenFilesOptions) {
    this.#options = options
  }

  /** Deletes what a shell that ended in the middle left, or this one. */
  async clear(): Promise<void> {
    this.#copies.clear()
    await rm(this.#options.folder, { recursive: true, force: true })
  }

  /** Carries out a request whose path begins with `givenFilesPath`. What goes wrong is an answer with its problem. */
  async respond(request: IncomingMessage, url: URL): Promise<Response> {
    const [id, ...rest] = url.pathname
      .slice(givenFilesPath.length)
      .split('/')
      .filter((part) => part !== '')
    try {
      if (request.method === 'POST' && id === undefined) return json(200, await this.#begin())
      const copies = this.#copies.get(id) ?? refuse('bad-input', { detail: url.pathname.slice(0, 200) })
      if (request.method === 'PUT') {
        await this.#write(copies, checkedParts(rest), request)
        return json(200, {})
      }
      if (request.method === 'POST' && rest.length === 1 && rest[0] === 'import')
        return json(200, { dataset: await this.#import(id, copies, url) })
      if (request.method === 'DELETE' && rest.length === 0) {
        await this.#remove(id, copies)
        return json(200, {})
      }
      return refuse('bad-input', { detail: `${request.method} ${url.pathname.slice(0, 200)}` })
    } catch (thrown) {
      const of = problemOf(thrown)
      // A page that went away in the middle is no mishap.
      if (of.code === 'internal' && !request.destroyed) this.#options.log.add('taking given files', thrown)
      // What was not read of the body must go before the answer can be heard.
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
    if (!Number.isSafeInteger(bytes) || bytes < 0) refuse('bad-input', { detail: 'content-length' })
    copies.files += 1
    if (copies.files > mostFiles) refuse('bad-input', { detail: `> ${mostFiles} files` })
    const { bavail, bsize } = await statfs(copies.folder)
    if (bytes + leftFree > bavail * bsize) refuse('disk-full', { detail: parts.join('/') })
    const file = path.join(copies.folder, ...parts)
    await mkdir(path.dirname(file), { recursive: true })
    try {
      await pipeline(body, createWriteStream(file, { flags: 'wx' }))
    } catch (thrown) {
      const code = thrown instanceof Error && 'code' in thrown ? thrown.code : null
      if (code === 'EEXIST') refuse('bad-input', { detail: parts.join('/') })
      await rm(file, { force: true })
      if (code === 'ENOSPC') refuse('disk-full', { detail: parts.join('/') })
      throw thrown
    }
  }

  async #import(id: string, copies: Copies, url: URL): Promise<DatasetEntry> {
    const query = ImportQuery.safeParse(Object.fromEntries(url.searchParams))
    if (!query.success) return refuse('bad-input', { detail: url.search.slice(0, 200) })
    const { dataset, name } = query.data
    // One file or folder is taken by its own name, several as what is in one place.
    const inside = await readdir(copies.folder)
    const place = inside.length === 1 ? path.join(copies.folder, inside[0]) : copies.folder
    const entry = await this.#options.take(dataset, place, name)
    void this.#removeAtRest(entry.id, id, copies)
    return entry
  }

  /** However the import ends, the copies are of no more use. */
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
