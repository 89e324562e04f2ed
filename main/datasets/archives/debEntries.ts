import { open } from 'node:fs/promises'
import type { FileHandle } from 'node:fs/promises'
import path from 'node:path'
import type { ArchiveEntry } from './archiveEntry.ts'
import { fileBytes } from './byteStream.ts'
import type { Bytes } from './byteStream.ts'
import { decompress } from './decompress.ts'
import type { Packing } from './decompress.ts'
import type { Allowance } from './limits.ts'
import { spool } from './spool.ts'
import { tarEntries } from './tarEntries.ts'

/** The mark at the beginning of an ar archive, and the one at the end of each member's header (ar(5)). */
const mark = '!<arch>\n'
const headerEnd = '`\n'
const headerBytes = 60

/** How the member with a package's files is packed, by the ending of its name (deb(5)). */
const packings: ReadonlyMap<string, Packing | 'none'> = new Map([
  ['', 'none'],
  ['.gz', 'gzip'],
  ['.bz2', 'bzip2'],
  ['.xz', 'xz'],
  ['.zst', 'zstd'],
])

/** A member of an ar archive: its bytes lie at `start` in the file. */
interface Member {
  readonly name: string
  readonly start: number
  readonly bytes: number
}

/**
 * The files of a Debian package: an ar archive, of which the member `data.tar` holds them, mostly packed with xz or zstd.
 * @param archive Its name, for error sentences.
 * @param folder An empty one, for what must be unpacked as a whole.
 * @throws SourceError as `tarEntries` and `decompress`; Error when it is no such package, or is cut off.
 */
export async function* debEntries(
  file: string,
  archive: string,
  allowance: Allowance,
  folder: string,
): AsyncGenerator<ArchiveEntry> {
  yield* tarEntries(await tarOf(file, archive, allowance, folder), archive)
}

/** The bytes of the package's tar. */
async function tarOf(file: string, archive: string, allowance: Allowance, folder: string): Promise<Bytes> {
  const member = await dataMember(file)
  const ending = member.name.slice('data.tar'.length)
  const packing = packings.get(ending)
  if (packing === undefined) throw new Error(`its files are packed as ${ending.slice(1)}`)
  const packed = fileBytes(file, undefined, member)
  if (packing === 'none') return packed
  const unpacked = decompress(packing, packed, archive, allowance)
  if (packing !== 'xz') return unpacked
  // Of xz only one stream can be unpacked at a time, so it ends before anything in it is opened.
  const whole = path.join(folder, 'data.tar')
  await spool(unpacked, whole, 0, () => undefined)
  return fileBytes(whole)
}

/** The member with the package's files. */
async function dataMember(file: string): Promise<Member> {
  const handle = await open(file, 'r')
  try {
    for await (const member of members(handle)) if (/^data\.tar(\.|$)/.test(member.name)) return member
  } finally {
    await handle.close()
  }
  throw new Error('it has no data.tar')
}

/** The members of an ar archive, in stored order. A header is text: name, times and owner, size, mark. */
async function* members(handle: FileHandle): AsyncGenerator<Member> {
  const { size } = await handle.stat()
  if ((await textAt(handle, 0, mark.length)) !== mark) throw new Error('it does not begin as an ar archive')
  for (let at = mark.length; at < size;) {
    const header = await textAt(handle, at, headerBytes)
    const stated = /^\d+ *$/.exec(header.slice(48, 58))
    if (!header.endsWith(headerEnd) || stated === null) throw new Error(`no member begins at byte ${at}`)
    const bytes = Number(stated[0])
    const start = at + headerBytes
    if (start + bytes > size) throw new Error('it ends too early')
    yield { name: header.slice(0, 16).replace(/\/? *$/, ''), start, bytes }
    // Members begin at even places.
    at = start + bytes + (bytes % 2)
  }
}

async function textAt(handle: FileHandle, position: number, length: number): Promise<string> {
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, position)
  return buffer.toString('latin1', 0, bytesRead)
}
