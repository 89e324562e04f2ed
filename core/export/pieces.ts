/** Bytes in pieces, so that large tensors are not copied each time a message is put into another one. */
export type Pieces = readonly Uint8Array[]

/** Number of bytes in pieces. */
export function lengthOf(pieces: Pieces): number {
  return pieces.reduce((sum, { length }) => sum + length, 0)
}

/** The pieces as one array. */
export function joined(pieces: Pieces): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(lengthOf(pieces))
  let at = 0
  for (const piece of pieces) {
    whole.set(piece, at)
    at += piece.length
  }
  return whole
}
