import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import { bunzip2 } from './bunzip2.ts'
import type { Bytes } from './byteStream.ts'
import type { Allowance } from './limits.ts'

/**
 * Unpacks a gzip or bzip2 stream.
 * @param name of the archive, for the error's sentence.
 * @throws SourceError when it unpacks to too much; whatever the decoder throws for broken bytes.
 */
export async function* decompress(
  kind: 'gzip' | 'bzip2',
  bytes: Bytes,
  name: string,
  allowance: Allowance,
): AsyncGenerator<Buffer> {
  let packed = 0
  let unpacked = 0
  async function* counted(): AsyncGenerator<Buffer> {
    for await (const piece of bytes) {
      packed += piece.byteLength
      yield piece
    }
  }
  const check = (length: number): void => {
    allowance.countBytes(length - unpacked, name)
    unpacked = length
    allowance.checkRatio(packed, unpacked, name)
  }
  let length = 0
  for await (const piece of kind === 'gzip'
    ? gunzip(counted())
    : bunzip2(counted(), (block) => check(length + block))) {
    length += piece.byteLength
    check(length)
    yield piece
  }
}

async function* gunzip(bytes: Bytes): AsyncGenerator<Buffer> {
  const unpacking = createGunzip({ chunkSize: 1 << 17 })
  // Errors destroy the stream, so the loop below throws them.
  const fed = pipeline(Readable.from(bytes), unpacking).catch(() => undefined)
  try {
    for await (const piece of unpacking) yield piece
  } finally {
    unpacking.destroy()
    await fed
  }
}
