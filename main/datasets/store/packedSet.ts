import { createHash } from 'node:crypto'
import { mkdir, open, readdir, rename, rm, stat, type FileHandle } from 'node:fs/promises'
import path from 'node:path'
import { Header } from 'tar'
import { z } from 'zod'
import { DatasetId, Sha256 } from '../../../core/dataset.ts'
import { LabError, refuse } from '../../../core/problems.ts'
import { syncFolder, temporaryBeside, writeProblem } from '../../files/atomicFile.ts'
import { HashedFile } from '../../files/hashedFile.ts'
import { makeFolder } from '../../files/makeFolder.ts'
import { SourceError } from '../definition.ts'
import { fileBytes } from '../archives/byteStream.ts'
import { tarEntries } from '../archives/tarEntries.ts'
import type { TaskProgress } from '../worker/taskProgress.ts'

// A packed set is a tar archive: first `conv-lab-set.json`, which says which set it is, then the files of the set's
// folder, last `sums.json` with the sha256 of each.

const headName = 'conv-lab-set.json'
const sumsName = 'sums.json'

/** What a packed set says of itself first. */
export const PackHeader = z.strictObject({
  format: z.literal(1),
  dataset: DatasetId,
  name: z.string(),
  /** Bytes of its files, unpacked. */
  bytes: z.int().min(0),
})
export type PackHeader = z.infer<typeof PackHeader>

const Sums = z.record(z.string(), Sha256)

/** The files that a set's folder can have. Nothing else is packed, and nothing else is taken out of a pack. */
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
  /** The file to be written; one that is there is replaced. */
  readonly file: string
}

const block = 512
const padding = Buffer.alloc(block)

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
      const head: PackHeader = { format: 1, ...set, bytes: total }
      await putSmall(handle, headName, head)
      const sums: Record<string, string> = {}
      let done = 0
      for (const [index, name] of names.entries()) {
        await handle.writeFile(headerOf(name, sizes[index]))
        const hash = createHash('sha256')
        let size = 0
        for await (const chunk of fileBytes(path.join(folder, name))) {
          hash.update(chunk)
          await handle.writeFile(chunk)
          size += chunk.byteLength
          done += chunk.byteLength
          onProgress('packing', done, total)
        }
        if (size !== sizes[index]) throw new Error(`${name} changed while it was packed`)
        await handle.writeFile(padding.subarray(0, padded(size)))
        sums[name] = hash.digest('hex')
      }
      await putSmall(handle, sumsName, sums)
      // The end of a tar archive is two empty blocks.
      await handle.writeFile(Buffer.alloc(2 * block))
      await handle.sync()
    } finally {
      await handle.close()
    }
    const { size: bytes } = await stat(temporary)
    await rename(temporary, file)
    await syncFolder(path.dirname(file))
    return { bytes }
  } catch (thrown) {
    await rm(temporary, { force: true }).catch(() => undefined) // Beside why it could not be written this is no news.
    throw writeProblem(thrown, file)
  }
}

async function putSmall(handle: FileHandle, name: string, value: unknown): Promise<void> {
  const text = Buffer.from(JSON.stringify(value))
  await handle.writeFile(
    Buffer.concat([headerOf(name, text.byteLength), text, padding.subarray(0, padded(text.byteLength))]),
  )
}

function padded(size: number): number {
  return (block - (size % block)) % block
}

function headerOf(name: string, size: number): Buffer {
  const header = new Header({ path: name, type: 'File', size, mode: 0o644, mtime: new Date(0) })
  header.encode()
  if (header.block === undefined) throw new Error(`${name} has no header`)
  return header.block
}

/**
 * What a file says of the packed set in it.
 * @returns null for a file that is no packed set.
 */
export async function readPackHeader(file: string): Promise<PackHeader | null> {
  const handle = await open(file)
  try {
    const start = Buffer.alloc(8 * block)
    const { bytesRead } = await handle.read(start, 0, start.byteLength, 0)
    // The library throws for what is no header at all.
    if (bytesRead < block || !start.subarray(0, headName.length + 1).equals(Buffer.from(`${headName}\0`))) return null
    const header = new Header(start)
    if (!header.cksumValid || header.size === undefined || block + header.size > bytesRead) return null
    return PackHeader.safeParse(parsed(start.subarray(block, block + header.size))).data ?? null
  } finally {
    await handle.close()
  }
}

function parsed(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'))
  } catch {
    // What is no JSON fits no schema either.
    return null
  }
}

export interface UnpackSetOrder {
  readonly file: string
  /** Folder of the set, which does not exist yet. */
  readonly into: string
}

/**
 * Takes a packed set out of its file and checks every sum.
 * @throws LabError `pack-damaged`, `disk-full` or `write-failed`.
 */
export async function unpackSet({ file, into }: UnpackSetOrder, onProgress: TaskProgress): Promise<PackHeader> {
  const damaged = (detail: string, cause?: unknown): never => refuse('pack-damaged', { file, detail }, { cause })
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
      if (entry.name === headName) head = PackHeader.parse(parsed(await small(entry.open())))
      else if (entry.name === sumsName) stated = Sums.parse(parsed(await small(entry.open())))
      else if (isKnown(entry.name) && !sums.has(entry.name))
        sums.set(entry.name, await takeOut(entry.open(), path.join(into, ...entry.name.split('/'))))
      else damaged(`${entry.name.slice(0, 100)} does not belong to a set`)
    }
  } catch (thrown) {
    if (thrown instanceof LabError) throw thrown
    damaged(
      thrown instanceof SourceError || thrown instanceof Error ? thrown.message.slice(0, 200) : String(thrown),
      thrown,
    )
  }
  if (head === null || stated === null) return damaged('it ends too early')
  const names = new Set([...sums.keys(), ...Object.keys(stated)])
  for (const name of names) if (sums.get(name) !== stated[name]) damaged(`${name} has another sum`)
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

/** Tables at the beginning and the end are small; a set has a few dozen files. */
const mostSmall = 1 << 20

async function small(bytes: AsyncIterable<Buffer>): Promise<Buffer> {
  const pieces: Buffer[] = []
  let length = 0
  for await (const piece of bytes) {
    length += piece.byteLength
    if (length > mostSmall) throw new SourceError('one of its tables is too long')
    pieces.push(piece)
  }
  return Buffer.concat(pieces)
}
