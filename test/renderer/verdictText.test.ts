import { expect, test } from 'vitest'
import { phrase } from '../../core/words/phrases.ts'
import { verdictText } from '../../renderer/text/verdictText.ts'

const side = (run: number) => ({
  run,
  checkpoint: 40,
  sha256: 'a'.repeat(64),
  correct: 9,
  accuracy: 0.9,
  interval: { low: 0.8, high: 1 },
})
const sides = { first: side(1), second: side(2) }

test('the verdict calls the better run by its name, and by its number where it has none', () => {
  const verdict = phrase('difference-real', { run: phrase('run-by-number', { run: 2 }), step: 40, times: 100 })
  const comparison = { ...sides, verdict, better: 'second' as const }
  const named = [
    { id: 1, name: null },
    { id: 2, name: 'my deeper one' },
  ]
  expect(verdictText(comparison, named, 'en')).toMatch(/^my deeper one at step 40 is better, .*\.$/)
  expect(verdictText(comparison, [], 'en')).toMatch(/^Run 2 at step 40 is better/)
})

test('a difference that may be chance is a sentence, too', () => {
  const comparison = { ...sides, verdict: phrase('difference-none', {}), better: null }
  expect(verdictText(comparison, [], 'ru')).toMatch(/^Обе сети .*\.$/)
})
