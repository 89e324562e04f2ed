import { describe, expect, it } from 'vitest'
import { philox } from '../../../core/numbers/philox.ts'

describe('Philox 4x32-10', () => {
  // The known answers that its authors publish with Random123 (tests/kat_vectors).
  it.each([
    { counter: [0, 0, 0, 0], key: [0, 0], answer: [0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8] },
    {
      counter: [0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff],
      key: [0xffffffff, 0xffffffff],
      answer: [0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd],
    },
    {
      counter: [0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344],
      key: [0xa4093822, 0x299f31d0],
      answer: [0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1],
    },
  ])('gives the published words for counter $counter', ({ counter, key, answer }) => {
    const words = new Uint32Array(4)
    philox(counter[0], counter[1], counter[2], counter[3], key[0], key[1], words)
    expect([...words]).toEqual(answer)
  })
})
