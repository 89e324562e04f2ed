import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'

/**
 * SHA-256 of a file of any size, in hex.
 * @param onRead called with the bytes that have been read
 * @throws the signal's reason when aborted; file errors.
 */
export async function sumOfFile(
  file: string,
  signal?: AbortSignal,
  onRead: (done: number) => void = () => undefined,
): Promise<string> {
  const hash = createHash('sha256')
  let done = 0
  for await (const piece of createReadStream(file, { highWaterMark: 1 << 20 })) {
    signal?.throwIfAborted()
    if (!Buffer.isBuffer(piece)) throw new TypeError('a file is read as bytes')
    hash.update(piece)
    done += piece.byteLength
    onRead(done)
  }
  return hash.digest('hex')
}
