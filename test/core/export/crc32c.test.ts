import { expect, test } from 'vitest'
import { crc32cOf } from '../../../core/export/tensorboard/crc32c.ts'

test('CRC-32C has the check value of its catalogue', () => {
  expect(crc32cOf(new TextEncoder().encode('123456789'))).toBe(0xe3069283)
})
