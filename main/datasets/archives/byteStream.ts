import { closeSync, createReadStream, openSync, readSync } from 'node:fs'
import { phrase } from '../../../core/words/phrases.ts'
import { SourceError } from '../definition.ts'
import { signatureBytes } from './signature.ts'

/** Bytes that come in pieces and can be read once. */
export type Bytes = AsyncIterable<Buffer>

const readAtOnce = 1 << 18

/** The bytes of a file, or of a part of it. `onRead` is called with the length of each piece. */
export async function* fileBytes(
  file: string,
  onRead: (bytes: number) => void = () => undefined,
  part?: { readonly start: number; readonly bytes: number },
): AsyncGenerator<Buffer> {
  // A stream cannot be asked for no bytes at all.
  if (part?.bytes === 0) return
  const range = part === undefined ? {} : { start: part.start, end: part.start + part.bytes - 1 }
  for await (const chunk of createReadStream(file, { highWaterMark: readAtOnce, ...range })) {
    if (!Buffer.isBuffer(chunk)) throw new TypeError('a file gives bytes')
    onRead(chunk.byteLength)
    yield chunk
  }
}

/** Bytes in memory, as a stream. */
export async function* once(bytes: Buffer): AsyncGenerator<Buffer> {
  yield bytes
}

/**
 * The first bytes of a file, enough to tell its kind. It waits for the disk, because of a hundred thousand files a turn
 * of the event loop each would take most of the time.
 * @throws the system's error.
 */
export function headOfFile(file: string): Buffer {
  const head = Buffer.allocUnsafe(signatureBytes)
  const opened = openSync(file, 'r')
  try {
    return head.subarray(0, readSync(opened, head, 0, signatureBytes, 0))
  } finally {
    closeSync(opened)
  }
}

/** The first bytes of a stream, and the whole stream to read once. Call `close` in any case. */
export async function peek(bytes: Bytes): Promise<{ head: Buffer; whole: Bytes; close: () => Promise<void> }> {
  const iterator = bytes[Symbol.asyncIterator]()
  const taken: Buffer[] = []
  let length = 0
  while (length < signatureBytes) {
    const next = await iterator.next()
    if (next.done === true) break
    taken.push(next.value)
    length += next.value.byteLength
  }
  async function* whole(): AsyncGenerator<Buffer> {
    yield* taken
    for (let next = await iterator.next(); next.done !== true; next = await iterator.next()) yield next.value
  }
  const close = async (): Promise<void> => {
    await iterator.return?.()
  }
  return { head: Buffer.concat(taken).subarray(0, signatureBytes), whole: whole(), close }
}

/**
 * All bytes of a stream.
 * @param expected number of bytes, where it is known; any other number is refused.
 * @param check called with the number of bytes so far; throws when there are too many.
 * @throws SourceError when the number of bytes is not the expected one.
 */
export async function collect(
  bytes: Bytes,
  name: string,
  expected: number | null,
  check: (length: number) => void,
): Promise<Buffer> {
  if (expected !== null) check(expected)
  const pieces: Buffer[] = []
  let length = 0
  for await (const piece of bytes) {
    length += piece.byteLength
    if (expected === null) check(length)
    else if (length > expected) break
    pieces.push(piece)
  }
  if (expected !== null && length !== expected)
    throw new SourceError(phrase('bytes-unlike-stated', { name, bytes: String(expected) }))
  return pieces.length === 1 ? pieces[0] : Buffer.concat(pieces)
}
