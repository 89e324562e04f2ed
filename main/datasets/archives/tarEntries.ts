import { Parser } from 'tar'
import type { ReadEntry } from 'tar'
import type { ArchiveEntry } from './archiveEntry.ts'
import { refuseEntry } from './archiveEntry.ts'
import type { Bytes } from './byteStream.ts'

const files = new Set(['File', 'OldFile', 'ContiguousFile'])
const folders = new Set(['Directory', 'GNUDumpDir'])

/**
 * The files of a tar archive, in its order.
 * @param archive Its name, for sentences.
 * @throws SourceError for links and devices; what the parser says of broken bytes.
 */
export async function* tarEntries(bytes: Bytes, archive: string): AsyncGenerator<ArchiveEntry> {
  const parser = new Parser({ strict: true })
  const found: ReadEntry[] = []
  let wake = (): void => undefined
  let go = (): void => undefined
  let over = false
  const failures: unknown[] = []
  let broken = (_thrown: unknown): void => undefined
  const end = (thrown: unknown): void => {
    over = true
    if (thrown !== null) {
      failures.push(thrown)
      broken(thrown)
    }
    wake()
    // A parser that broke off never drains again.
    go()
  }
  const whenBroken = (tell: (thrown: unknown) => void): void => {
    broken = tell
    if (failures.length > 0) tell(failures[0])
  }
  parser.on('entry', (entry: ReadEntry) => {
    found.push(entry)
    wake()
  })
  parser.on('error', end)
  parser.on('end', () => end(null))
  parser.on('drain', () => go())
  const feed = async (): Promise<void> => {
    for await (const piece of bytes) {
      const drained = new Promise<void>((resolve) => (go = resolve))
      if (!over && !parser.write(piece) && !over) await drained
      if (over) return
    }
    parser.end()
  }
  const fed = feed().catch(end)

  try {
    for (;;) {
      const entry = found.shift()
      if (entry === undefined) {
        if (over) break
        await new Promise<void>((resolve) => (wake = resolve))
        continue
      }
      if (files.has(entry.type))
        yield { name: entry.path, bytes: entry.size, packed: null, open: () => bytesOf(entry, whenBroken) }
      else if (!folders.has(entry.type))
        refuseEntry(archive, entry.path, entry.type.endsWith('Link') ? 'a link' : 'something that is no file')
      // What nobody read is passed over. An entry's end makes the parser tell the next one.
      broken = () => undefined
      entry.resume()
    }
    if (failures.length > 0) throw failures[0]
  } finally {
    // Where nobody reads on, the parser would wait for a reader.
    over = true
    go()
    await fed
  }
}

/**
 * An entry's bytes. What goes wrong with the archive while they are read reaches the parser alone, and the entry would
 * wait for ever.
 * @param whenBroken given what shall be told then, or at once if it has happened.
 */
async function* bytesOf(
  entry: ReadEntry,
  whenBroken: (tell: (thrown: unknown) => void) => void,
): AsyncGenerator<Buffer> {
  const pieces = entry[Symbol.asyncIterator]()
  for (;;) {
    const next = await new Promise<IteratorResult<Buffer, void>>((resolve, reject) => {
      whenBroken(reject)
      pieces.next().then(resolve, reject)
    })
    if (next.done === true) return
    yield next.value
  }
}
