import { describe, expect, it } from 'vitest'
import { formatsFor } from '../../renderer/text/formats.ts'

const en = formatsFor('en')
const ru = formatsFor('ru')
/** Intl uses various kinds of spaces; a reader sees one kind. */
const spaced = (text: string): string => text.replace(/[\u00a0\u202f]/g, ' ')

describe('formats', () => {
  it('writes durations as a clock does, rounded to whole seconds', () => {
    expect([0, 54.6, 59.6, 723, 3599.6, 3722].map(en.duration)).toEqual([
      '0:00',
      '0:55',
      '1:00',
      '12:03',
      '1:00:00',
      '1:02:02',
    ])
    expect(en.duration(-3)).toBe('0:00')
  })

  it('writes a share as percent with one decimal and the mark of the language', () => {
    expect([spaced(en.percent(0.5834)), spaced(ru.percent(0.5834))]).toEqual(['58.3 %', '58,3 %'])
    expect(spaced(en.percent(1, 0))).toBe('100 %')
  })

  it('lists words with commas in both languages', () => {
    expect([en, ru].map((format) => format.list(['cat', 'dog', 'owl']))).toEqual(['cat, dog, owl', 'cat, dog, owl'])
  })

  it('groups thousands by language', () => {
    expect([en.whole(731_722), spaced(ru.whole(731_722))]).toEqual(['731,722', '731 722'])
  })

  it('names bytes and rates in decimal units of the language', () => {
    expect([en.bytes(170_052_171), en.bytes(1_500_000), en.bytes(0), en.bytes(999)].map(spaced)).toEqual([
      '170 MB',
      '1.5 MB',
      '0 bytes',
      '999 bytes',
    ])
    expect([spaced(ru.bytes(170_052_171)), spaced(ru.bytesPerSecond(11_400_000))]).toEqual(['170 МБ', '11 МБ/с'])
    expect([spaced(en.bytes(1)), spaced(ru.bytes(999))]).toEqual(['1 byte', '999 байт'])
    expect(spaced(en.bytesPerSecond(11_400_000))).toBe('11 MB/s')
  })

  it('says memory so that a computer of 8 gibibytes has 8 GB', () => {
    expect([spaced(en.memory(8 * 2 ** 30)), spaced(ru.memory(1.1 * 2 ** 30))]).toEqual(['8 GB', '1,1 ГБ'])
  })

  it('keeps all figures of a learning rate, however small', () => {
    expect([en.figures(0.0001), en.figures(1e-7), ru.figures(0.0003)]).toEqual(['0.0001', '0.0000001', '0,0003'])
  })
})
