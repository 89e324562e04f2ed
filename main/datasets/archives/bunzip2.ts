import bitIterator from 'unbzip2-stream/lib/bit_iterator.js'
import bzip2 from 'unbzip2-stream/lib/bzip2.js'
import type { Bytes } from './byteStream.ts'

/**
 * The most packed bytes that a block can have, including the end of its stream.
 * @param level of the stream's header: a block holds up to `level` hundred thousand bytes before its runs are expanded.
 */
function largestBlock(level: number): number {
  return 25_000 + 100_000 * level
}

/** Bytes of a stream's header. */
const headerBytes = 4
/** Initial size of the buffer for a block. A block of nothing but runs unpacks to some 46 MB. */
const usualBlock = 1 << 20
/** How often unpacking a block calls `check`, in unpacked bytes. */
const checkEvery = 1 << 20

/**
 * Unpacks bzip2 block by block (a block is mostly up to 900 kB). It calls the library's block decoder and not its
 * stream: the stream cannot be stopped before all its input is unpacked, and takes twice as long.
 * @param check called with the number of unpacked bytes of the current block; throws when there are too many.
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
