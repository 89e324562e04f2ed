import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Transform } from 'node:stream'
import { createGunzip, createZstdDecompress } from 'node:zlib'
import xzDecompress from 'xz-decompress'
import { bunzip2 } from './bunzip2.ts'
import type { Bytes } from './byteStream.ts'
import type { Allowance } from './limits.ts'

export type Packing = 'gzip' | 'bzip2' | 'xz' | 'zstd'

/** How many unpacked bytes Node's decoders give at once. */
const chunkSize = 1 << 17

/** A packed stream, unpacked. `check` is called with the unpacked bytes of a block that is not given on yet. */
const unpackers: Readonly<Record<Packing, (bytes: Bytes, check: (block: number) => void) => AsyncIterable<Buffer>>> = {
  gzip: (bytes) => through(createGunzip({ chunkSize }), bytes),
  zstd: (bytes) => through(createZstdDecompress({ chunkSize }), bytes),
  bzip2: bunzip2,
  xz: unxz,
}

/**
 * Unpacks a stream. Of several xz streams the second begins when the first has ended.
 * @param name of the archive, for the error's sentence.
 * @throws SourceError when it unpacks to too much; whatever the decoder throws for broken bytes.
 */
export async function* decompress(
  kind: Packing,
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
  for await (const piece of unpackers[kind](counted(), (block) => check(length + block))) {
    length += piece.byteLength
    check(length)
    yield piece
  }
}

async function* through(unpacking: Transform, bytes: Bytes): AsyncGenerator<Buffer> {
  // Errors destroy the stream, so the loop below throws them.
  const fed = pipeline(Readable.from(bytes), unpacking).catch(() => undefined)
  try {
    for await (const piece of unpacking) yield asBuffer(piece)
  } finally {
    unpacking.destroy()
    await fed
  }
}

/** Unpacks xz. A stream that ends too early makes the decoder fail, because it is given nothing more. */
async function* unxz(bytes: Bytes): AsyncGenerator<Buffer> {
  const parts = bytes[Symbol.asyncIterator]()
  const packed = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const part = await parts.next()
      if (part.done === true) controller.close()
      else controller.enqueue(part.value)
    },
    async cancel() {
      await parts.return?.()
    },
  })
  for await (const piece of new xzDecompress.XzReadableStream(packed)) {
    if (piece.byteLength > 0) yield asBuffer(piece)
  }
}

function asBuffer(piece: unknown): Buffer {
  if (Buffer.isBuffer(piece)) return piece
  if (piece instanceof Uint8Array) return Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength)
  throw new TypeError('a decoder gives bytes')
}
