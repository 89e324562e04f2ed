const multiplier0 = 0xd2511f53
const multiplier1 = 0xcd9e8d57
/** Key increments: the golden ratio and sqrt(3) - 1, as 32-bit fractions. */
const weyl0 = 0x9e3779b9
const weyl1 = 0xbb67ae85
const rounds = 10

/**
 * The upper 32 bits of the product of two unsigned 32-bit numbers (a double holds only 53 bits of it, hence the
 * halves).
 */
function upperProduct(a: number, b: number): number {
  const aLow = a & 0xffff
  const aHigh = a >>> 16
  const bLow = b & 0xffff
  const bHigh = b >>> 16
  const cross = aHigh * bLow + ((aLow * bLow) >>> 16)
  const middle = aLow * bHigh + (cross & 0xffff)
  return aHigh * bHigh + (cross >>> 16) + (middle >>> 16)
}

/**
 * Philox 4x32-10, a counter-based generator (Salmon, Moraes, Dror & Shaw 2011, "Parallel random numbers: as easy as 1,
 * 2, 3"): a keyed bijection of 128 bits whose outputs pass as random. No state: equal counter and key give equal words.
 * @param into four words, overwritten. All words are unsigned 32-bit numbers.
 */
export function philox(
  counter0: number,
  counter1: number,
  counter2: number,
  counter3: number,
  key0: number,
  key1: number,
  into: Uint32Array,
): void {
  let word0 = counter0
  let word1 = counter1
  let word2 = counter2
  let word3 = counter3
  let roundKey0 = key0
  let roundKey1 = key1
  for (let round = 0; round < rounds; round += 1) {
    const upper0 = upperProduct(multiplier0, word0)
    const lower0 = Math.imul(multiplier0, word0)
    const upper1 = upperProduct(multiplier1, word2)
    const lower1 = Math.imul(multiplier1, word2)
    word0 = (upper1 ^ word1 ^ roundKey0) >>> 0
    word1 = lower1 >>> 0
    word2 = (upper0 ^ word3 ^ roundKey1) >>> 0
    word3 = lower0 >>> 0
    roundKey0 = (roundKey0 + weyl0) >>> 0
    roundKey1 = (roundKey1 + weyl1) >>> 0
  }
  into[0] = word0
  into[1] = word1
  into[2] = word2
  into[3] = word3
}
