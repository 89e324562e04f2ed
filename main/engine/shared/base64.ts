/** float32 values as base64 text, little endian. */
export function floatsText(values: Float32Array): string {
  return Buffer.from(values.buffer, values.byteOffset, values.byteLength).toString('base64')
}

/** The values in such a text. Copied, because they must begin at a multiple of four bytes. */
export function floatsIn(text: string): Float32Array {
  return new Float32Array(Uint8Array.from(Buffer.from(text, 'base64')).buffer)
}

/** uint8 values as base64 text. */
export function bytesText(values: Uint8Array): string {
  return Buffer.from(values.buffer, values.byteOffset, values.byteLength).toString('base64')
}

/** The bytes in such a text. */
export function bytesIn(text: string): Uint8Array {
  return Uint8Array.from(Buffer.from(text, 'base64'))
}

/** uint32 values as base64 text, little endian. */
export function wordsText(values: Uint32Array): string {
  return Buffer.from(values.buffer, values.byteOffset, values.byteLength).toString('base64')
}

/** The values in such a text. Copied, because they must begin at a multiple of four bytes. */
export function wordsIn(text: string): Uint32Array {
  return new Uint32Array(Uint8Array.from(Buffer.from(text, 'base64')).buffer)
}
