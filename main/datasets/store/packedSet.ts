import { createHash } from 'node:crypto'
import { mkdir, open, readdir, rm, stat } from 'node:fs/promises'
import path from 'node:path'
import { pipeline } from 'node:stream/promises'
import { pack as tarWriter, type Pack as TarWriter } from 'tar-stream'
import { z } from 'zod'
import { phrase, quoted, type Phrase } from '../../../core/words/phrases.ts'
import { DatasetId, Sha256 } from '../../../core/data/dataset.ts'
import { LabError, refuse } from '../../../core/words/problems.ts'
import { temporaryBeside, writeProblem } from '../../files/atomicFile.ts'
import { HashedFile } from '../../files/hashedFile.ts'
import { makeFolder } from '../../files/makeFolder.ts'
import { rename } from '../../platform/rename.ts'
import { syncFolder } from '../../platform/syncFolder.ts'
import { SourceError } from '../definition.ts'
import { fileBytes, once } from '../archives/byteStream.ts'
import { tarEntries } from '../archives/tarEntries.ts'
import type { TaskProgress } from '../worker/taskProgress.ts'

// A packed set is a tar archive: first `conv-lab-set.json`, which says which set it is, then the files of the set's
// folder, last `sums.json` with the sha256 of each.

const headName = 'conv-lab-set.json'
const sumsName = 'sums.json'

/** The header of a packed set. */
export const PackHeader = z.strictObject({
  format: z.literal(1),
  dataset: DatasetId,
  name: z.string(),
  /** Bytes of its files, unpacked. */
  bytes: z.int().min(0),
})
export type PackHeader = z.infer<typeof PackHeader>

const Sums = z.record(z.string(), Sha256)

/** The files that a set's folder can have. Nothing else is packed or unpacked. */
const known = [
  /^set\.json$/,
  /^collection\/(pictures|rows\.json|collection\.json)$/,
  /^forms\/[a-z0-9][a-z0-9.-]*\/(card\.json|(train|test)\.(images|labels|groups)|twins|averages)$/,
]

function isKnown(name: string): boolean {
  return known.some((pattern) => pattern.test(name))
}

export interface PackSetOrder {
  /** The set's folder. */
  readonly folder: string
  readonly set: Pick<PackHeader, 'dataset' | 'name'>
  /** The file to write; an existing one is replaced. */
  readonly file: string
}

/** Bytes that hold the header of a packed set. Its only long text is the set's name. */
const startBytes = 4096

/**
 * Writes a set's folder into one file, whole or not at all.
 * @throws LabError `disk-full` or `write-failed`.
 */
export async function packSet(
  { folder, set, file }: PackSetOrder,
  onProgress: TaskProgress,
): Promise<{ bytes: number }> {
  const temporary = temporaryBeside(file)
  try {
    const names = (await readdir(folder, { recursive: true }))
      .map((name) => name.split(path.sep).join('/'))
      .filter(isKnown)
      .sort()
    const sizes = await Promise.all(names.map(async (name) => (await stat(path.join(folder, name))).size))
    const total = sizes.reduce((sum, size) => sum + size, 0)
    await makeFolder(path.dirname(file))
    const handle = await open(temporary, 'wx')
    try {
      const archive = tarWriter()
      const putting = putFiles(archive, { folder, set, names, sizes, total }, onProgress)
      // The archive ends with the error, and so does its reader below.
      putting.catch((thrown: unknown) => archive.destroy(thrown instanceof Error ? thrown : new Error(String(thrown))))
      for await (const chunk of bytesOf(archive)) await handle.writeFile(chunk)
      await putting
      await handle.sync()
    } finally {
      await handle.close()
    }
    const { size: bytes } = await stat(temporary)
    await rename(temporary, file)
    await syncFolder(path.dirname(file))
    return { bytes }
  } catch (thrown) {
    await rm(temporary, { force: true }).catch(() => undefined) // The reason why it could not be written matters more.
    throw writeProblem(thrown, file)
  }
}

interface FilesToPack {
  readonly folder: string
  readonly set: PackSetOrder['set']
  /** Paths of the files below the folder, and how many bytes each has. */
  readonly names: readonly string[]
  readonly sizes: readonly number[]
  readonly total: number
}

/** The archive's bytes, typed. */
async function* bytesOf(archive: TarWriter): AsyncGenerator<Buffer> {
  for await (const chunk of archive) {
    if (!Buffer.isBuffer(chunk)) throw new TypeError('an archive gives bytes')
    yield chunk
  }
}

/** Puts a set's files into an archive, between the header and the sums. */
async function putFiles(
  archive: TarWriter,
  { folder, set, names, sizes, total }: FilesToPack,
  onProgress: TaskProgress,
): Promise<void> {
  const head: PackHeader = { format: 1, ...set, bytes: total }
  await putJson(archive, headName, head)
  const sums: Record<string, string> = {}
  let done = 0
  for (const [index, name] of names.entries()) {
    const hash = createHash('sha256')
    const size = sizes[index]
    await put(archive, name, size, async function* () {
      let read = 0
      for await (const chunk of fileBytes(path.join(folder, name))) {
        hash.update(chunk)
        read += chunk.byteLength
        done += chunk.byteLength
        yield chunk
        onProgress('packing', done, total)
      }
      if (read !== size) throw new Error(`${name} changed while it was packed`)
    })
    sums[name] = hash.digest('hex')
  }
  await putJson(archive, sumsName, sums)
  archive.finalize()
}

async function putJson(archive: TarWriter, name: string, value: unknown): Promise<void> {
  const text = Buffer.from(JSON.stringify(value))
  await put(archive, name, text.byteLength, () => once(text))
}

/** Puts one file into an archive. Its owner and time are left out, so that equal sets make equal archives. */
async function put(archive: TarWriter, name: string, size: number, bytes: () => AsyncIterable<Buffer>): Promise<void> {
  await pipeline(bytes, archive.entry({ name, size, mode: 0o644, mtime: new Date(0) }))
}

/**
 * The header of a packed set.
 * @returns null for any other file.
 */
export async function readPackHeader(file: string): Promise<PackHeader | null> {
  const start = await startOf(file)
  if (!start.subarray(0, headName.length + 1).equals(Buffer.from(`${headName}\0`))) return null
  try {
    for await (const entry of tarEntries(once(start), path.basename(file)))
      return PackHeader.safeParse(parsed(await readSmall(entry.open()))).data ?? null
  } catch {
    // It starts like a packed set but is not one.
  }
  return null
}

/** The first bytes of a file, which include the header if it is a packed set. */
async function startOf(file: string): Promise<Buffer> {
  const handle = await open(file)
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(startBytes), 0, startBytes, 0)
    return buffer.subarray(0, bytesRead)
  } finally {
    await handle.close()
  }
}

function parsed(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'))
  } catch {
    // Not JSON. The schema refuses null too.
    return null
  }
}

export interface UnpackSetOrder {
  readonly file: string
  /** Folder of the set, which does not exist yet. */
  readonly into: string
}

/**
 * Unpacks a packed set and checks every sum.
 * @throws LabError `pack-damaged`, `disk-full` or `write-failed`.
 */
export async function unpackSet({ file, into }: UnpackSetOrder, onProgress: TaskProgress): Promise<PackHeader> {
  const damaged = (detail: Phrase, cause?: unknown): never => refuse('pack-damaged', { file, detail }, { cause })
  const { size: total } = await stat(file)
  let read = 0
  const bytes = fileBytes(file, (count) => {
    read += count
    onProgress('reading', read, total)
  })
  const sums = new Map<string, string>()
  let head: PackHeader | null = null
  let stated: z.infer<typeof Sums> | null = null
  try {
    for await (const entry of tarEntries(bytes, path.basename(file))) {
      if (entry.name === headName) head = PackHeader.parse(parsed(await readSmall(entry.open())))
      else if (entry.name === sumsName) stated = Sums.parse(parsed(await readSmall(entry.open())))
      else if (isKnown(entry.name) && !sums.has(entry.name))
        sums.set(entry.name, await takeOut(entry.open(), path.join(into, ...entry.name.split('/'))))
      else damaged(phrase('not-of-a-set', { name: entry.name.slice(0, 100) }))
    }
  } catch (thrown) {
    if (thrown instanceof LabError) throw thrown
    damaged(
      thrown instanceof SourceError
        ? thrown.said
        : quoted(thrown instanceof Error ? thrown.message.slice(0, 200) : String(thrown)),
      thrown,
    )
  }
  if (head === null || stated === null) return damaged(phrase('ends-too-early', {}))
  const names = new Set([...sums.keys(), ...Object.keys(stated)])
  for (const name of names) if (sums.get(name) !== stated[name]) damaged(phrase('sum-unlike', { name }))
  return head
}

async function takeOut(bytes: AsyncIterable<Buffer>, target: string): Promise<string> {
  const failed = (thrown: unknown): never => {
    throw writeProblem(thrown, target)
  }
  await mkdir(path.dirname(target), { recursive: true }).catch(failed)
  const file = await HashedFile.create(target).catch(failed)
  try {
    for await (const chunk of bytes) await file.write(chunk).catch(failed)
  } catch (thrown) {
    await file.abandon()
    throw thrown
  }
  return file.finish().catch(failed)
}

/** Limit for the header and the sums. They are small, because a set has a few dozen files. */
const mostSmall = 1 << 20

async function readSmall(bytes: AsyncIterable<Buffer>): Promise<Buffer> {
  const pieces: Buffer[] = []
  let length = 0
  for await (const piece of bytes) {
    length += piece.byteLength
    if (length > mostSmall) throw new SourceError(phrase('table-too-long', {}))
    pieces.push(piece)
  }
  return Buffer.concat(pieces)
}
