import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'

/**
 * The sum of a file of any size, in hex.
 * @param kind MD5 where a publisher states no other
 * @param onRead called with the bytes that have been read
 * @throws the signal's reason when aborted; file errors.
 */
export async function sumOfFile(
  kind: 'sha256' | 'md5',
  file: string,
  signal?: AbortSignal,
  onRead: (done: number) => void = () => undefined,
): Promise<string> {
  const hash = createHash(kind)
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
