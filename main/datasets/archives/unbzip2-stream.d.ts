// The parts of unbzip2-stream that its own stream is made of; no package has types for them.

declare module 'unbzip2-stream/lib/bit_iterator.js' {
  /** Reads the given number of bits as a number; `null` skips to the next whole byte. */
  interface BitReader {
    (bits: number | null): number
    /** Bytes read so far, counting one that is only partly read. */
    readonly bytesRead: number
  }
  export default function bitIterator(nextBuffer: () => Uint8Array): BitReader
}

declare module 'unbzip2-stream/lib/bzip2.js' {
  import type bitIterator from 'unbzip2-stream/lib/bit_iterator.js'

  type BitReader = ReturnType<typeof bitIterator>
  const bzip2: {
    /** Reads the header of a stream. Returns how many hundred thousand bytes a block holds at most. */
    header(bits: BitReader): number
    /**
     * Unpacks one block.
     * @param sum checksum of the blocks before it, 0 at first.
     * @returns the checksum including this block, or null at the end of the stream.
     */
    decompress(
      bits: BitReader,
      onByte: (byte: number) => void,
      scratch: Int32Array,
      scratchLength: number,
      sum: number,
    ): number | null
  }
  export default bzip2
}
