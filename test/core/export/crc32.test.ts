import { describe, expect, it } from 'vitest'
import { crcOf } from '../../../core/export/crc32.ts'

describe('a cyclic redundancy check', () => {
  const digits = new TextEncoder().encode('123456789')

  it('has the check values of its catalogue', () => {
    expect(crcOf('crc32', digits)).toBe(0xcbf43926)
    expect(crcOf('crc32c', digits)).toBe(0xe3069283)
  })
})
