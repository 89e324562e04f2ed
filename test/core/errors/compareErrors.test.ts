import { describe, expect, test } from 'vitest'
import { comparedPage, compareErrors, type ComparedPass } from '../../../core/errors/compareErrors.ts'
import { phraseText } from '../../../core/words/phrases.ts'
import { passFrom } from './madePass.ts'

/** A pass over images of class 0 that are answered rightly where the text has a 1. */
function compared(run: number, right: string): ComparedPass {
  const rows = [...right].map((sign) => (sign === '1' ? [1, 0] : [0, 1]))
  const pass = passFrom(
    rows.map(() => 0),
    rows,
  )
  return { run, checkpoint: 10 * run, sha256: '0'.repeat(64), pass }
}

const of = (first: string, second: string): ReturnType<typeof compareErrors> =>
  compareErrors(compared(1, first), compared(2, second), ['cat', 'dog'])

describe('two passes over the same images', () => {
  test('are subtracted and counted', () => {
    const found = of('1100', '1011')
    expect(found).toMatchObject({
      images: 4,
      difference: [
        [1, -1],
        [0, 0],
      ],
      both: 1,
      onlyFirst: 1,
      onlySecond: 2,
      neither: 0,
      better: 'second',
      significant: false,
    })
    expect(phraseText(found.verdict, 'en')).toContain('may be chance')
    expect(phraseText(found.verdict, 'en')).toContain('100 %')
  })

  test('differ by more than chance when one alone is right often enough', () => {
    const found = of('0'.repeat(20), '1'.repeat(20))
    expect(found).toMatchObject({ better: 'second', significant: true, test: { kind: 'exact', statistic: 0 } })
    expect(phraseText(found.verdict, 'en')).toMatch(/^run 2 at step 20 is better, .* 1 in 1000 /)
    expect(phraseText(of('1'.repeat(6), '0'.repeat(6)).verdict, 'ru')).toMatch(
      /^запуск 1 на шаге 10 лучше, .* 1 из 20 /,
    )
  })

  test('that are equal have no difference', () => {
    const found = of('1010', '1010')
    expect(found).toMatchObject({ better: null, significant: false, test: { p: 1 } })
    expect(found.verdict.phrase).toBe('difference-none')
    expect(of('10', '01')).toMatchObject({ better: null, verdict: { phrase: 'difference-chance' } })
  })

  test('have lists of the images that one alone gets right', () => {
    const [first, second] = [compared(1, '1100').pass, compared(2, '1011').pass]
    const all = { from: 0, count: 10 }
    expect(comparedPage(first, second, { ...all, right: 'first' }).images).toMatchObject([
      { number: 1, label: 0, first: { predicted: 0 }, second: { predicted: 1 } },
    ])
    const page = comparedPage(first, second, { right: 'second', from: 1, count: 1 })
    expect(page).toMatchObject({ total: 2, images: [{ number: 3, first: { predicted: 1 }, second: { predicted: 0 } }] })
  })
})
