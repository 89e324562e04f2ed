import bitIterator from 'unbzip2-stream/lib/bit_iterator.js'
import bzip2 from 'unbzip2-stream/lib/bzip2.js'
import type { Bytes } from './byteStream.ts'

/**
 * No block's packed bytes, the end of its stream included, are more than this; `level` hundred thousand bytes are
 * unpacked to before runs are.
 */
function largestBlock(level: number): number {
  return 25_000 + 100_000 * level
}

/** Bytes of a stream's header. */
const headerBytes = 4
/** A block of nothing but runs unpacks to some 46 MB; it is collected in pieces of this size at first. */
const usualBlock = 1 << 20
/** How often the unpacking of a block asks whether it may go on, in bytes. */
const checkEvery = 1 << 20

/**
 * Unpacks bzip2 a block at a time (mostly up to 900 kB). It calls the library's decoder of a block and not its stream,
 * which unpacks all its input before it can be stopped, and takes twice as long.
 * @param check told how many bytes of the current block are unpacked; throws when they are too many.
 * @throws Error of the library when the bytes are not bzip2, or a checksum is wrong.
 */
export async function* bunzip2(bytes: Bytes, check: (block: number) => void): AsyncGenerator<Buffer> {
  const waiting: Buffer[] = []
  let arrived = 0
  const iterator = bytes[Symbol.asyncIterator]()
  let ended = false
  const fill = async (bytesNeeded: number, used: number): Promise<void> => {
    while (!ended && arrived - used < bytesNeeded) {
      const next = await iterator.next()
      if (next.done === true) ended = true
      else if (next.value.byteLength > 0) {
        waiting.push(next.value)
        arrived += next.value.byteLength
      }
    }
  }
  try {
    await fill(headerBytes, 0)
    const bits = bitIterator(() => {
      const next = waiting.shift()
      if (next === undefined) throw new Error('it ends too early')
      return next
    })
    let block = Buffer.alloc(usualBlock)
    while (arrived > bits.bytesRead) {
      await fill(headerBytes, bits.bytesRead)
      const level = bzip2.header(bits)
      const scratch = new Int32Array(100_000 * level)
      let sum: number | null = 0
      while (sum !== null) {
        await fill(largestBlock(level), bits.bytesRead)
        let length = 0
        sum = bzip2.decompress(
          bits,
          (byte) => {
            if (length === block.byteLength) block = Buffer.concat([block], 2 * length)
            block[length++] = byte
            if (length % checkEvery === 0) check(length)
          },
          scratch,
          scratch.length,
          sum,
        )
        if (length > 0) yield Buffer.from(block.subarray(0, length))
      }
      await fill(headerBytes, bits.bytesRead)
    }
  } finally {
    await iterator.return?.()
  }
}
