import { describe, expect, test } from 'vitest'
import { mistakeProblem, type Mistake } from '../../../core/query/mistake.ts'
import { matches } from '../../../core/query/matches.ts'
import { deepestNesting, longestSearch, parseExpression } from '../../../core/query/parseExpression.ts'
import type { RunFacts } from '../../../core/query/runFacts.ts'
import { quoted } from '../../../core/query/tokens.ts'
import { sentenceOf } from '../../../core/words/problems.ts'
import { someFacts } from './someFacts.ts'

function fits(text: string, given: Partial<RunFacts> = {}): boolean {
  const parsed = parseExpression(text)
  if (!parsed.ok) throw new Error(sentenceOf(mistakeProblem(text, parsed.mistake), 'en'))
  return matches(parsed.expression, someFacts(given))
}

function mistakeIn(text: string): Mistake & { found: string; sentence: string } {
  const parsed = parseExpression(text)
  if (parsed.ok) throw new Error(`“${text}” has no mistake`)
  const { mistake } = parsed
  return {
    ...mistake,
    found: text.slice(mistake.from, mistake.to),
    sentence: sentenceOf(mistakeProblem(text, mistake), 'en'),
  }
}

describe('a search without an operator', () => {
  test('finds what holds every one of its words, whatever their capitals', () => {
    const run = { name: 'First try', note: 'with a wider kernel', tags: ['lab 3'], set: 'mnist' }
    for (const text of ['first', 'FIRST mnist', 'wider kernel', 'lab', 'quick', '7', '"wider kernel"', '  '])
      expect(fits(text, run), text).toBe(true)
    for (const text of ['first cifar', '"kernel wider"', '8']) expect(fits(text, run), text).toBe(false)
  })

  test('takes a name and a number together as that setting, or as those very words', () => {
    expect(fits('mnist seed 3', { set: 'mnist', seed: 3 })).toBe(true)
    expect(fits('mnist seed 3', { set: 'mnist', seed: 5, name: 'Seed 3' })).toBe(true)
    expect(fits('mnist seed 3', { set: 'mnist', seed: 5, id: 3 })).toBe(false)
    expect(fits('run 7', { id: 7 })).toBe(true)
    expect(fits('run 7', { id: 70 })).toBe(false)
    expect(fits('запуск 7', { id: 7 })).toBe(true)
  })

  test('finds names of any script, however their accents are stored', () => {
    expect(fits('ОПЫТ Й', { name: 'Опыт и\u0306' })).toBe(true)
    expect(fits('比較', { name: '最初の比較' })).toBe(true)
  })

  test('reads brackets and percent signs as letters', () => {
    expect(fits('(old)', { name: 'net (old)' })).toBe(true)
    expect(fits('50 %', { name: 'dropout 50 %' })).toBe(true)
  })
})

describe('an expression', () => {
  test('compares every name with its operators', () => {
    const run = { name: 'Wide net', note: 'a note', tags: ['Lab 3', 'good'], star: true, network: 'My net', sweep: 4 }
    for (const text of [
      'id = 7',
      'name = "wide NET"',
      'name ~ wide',
      'note ~ NOTE',
      'tag = good',
      'tag = "lab 3"',
      'tag != bad',
      'star = yes',
      'archived = no',
      'set = CIFAR-10',
      'network = "my net"',
      'preset = quick',
      'optimizer = adam',
      'optimizer ~ ada',
      'schedule != one-cycle',
      'rate < 1e-2',
      'rate = .001',
      'batch >= 50',
      'steps = 2000',
      'epochs <= 2',
      'step ≥ 2000',
      'seed != 4',
      'sweep = 4',
      'state = done',
      'best > 70 %',
      'best = 71%',
      'best > 0.7',
      'last <= 0.7',
      'best <= 1',
      'seconds > 5 min',
      'seconds > 5min',
      'seconds < 1 h',
      'seconds = 320',
      'created = 2026-11-05',
      'created = 2026-11',
      'created > 2026-11-04',
      'created >= 2026-11-05',
      'created < 2026-11-06',
      'created <= 2026-11-05',
      'created != 2026-10',
    ])
      expect(fits(text, run), text).toBe(true)
    for (const text of [
      'created > 2026-11-05',
      'created < 2026-11-05',
      'created > 2026-11',
      'seconds > 6 мин',
      'tag != good',
      'star = no',
      'star != yes',
      'best > 71 %',
    ])
      expect(fits(text, run), text).toBe(false)
  })

  test('joins conditions: not before and, and before or, brackets first', () => {
    const run = { set: 'cifar-10', rate: 0.001, best: { step: 1, accuracy: 0.8, loss: 1 } }
    expect(fits('set = cifar-10 and rate < 0.01 and best > 70 %', run)).toBe(true)
    expect(fits('id = 7 or id = 8 and id = 9')).toBe(true)
    expect(fits('(id = 7 or id = 8) and id = 9')).toBe(false)
    expect(fits('not id = 8 and id = 7')).toBe(true)
    expect(fits('not (id = 8 or id = 7)')).toBe(false)
    expect(fits('NOT id=8 AND id=7')).toBe(true)
  })

  test('may hold words to look for, and the names that are yes or no alone', () => {
    expect(fits('cifar and best > 70 %')).toBe(true)
    expect(fits('mnist or star', { star: true })).toBe(true)
    expect(fits('star and not archived', { star: true })).toBe(true)
    expect(fits('big net and id = 7', { note: 'a net that is big' })).toBe(true)
  })

  test('asks for what a run has not', () => {
    expect(fits('name = none')).toBe(true)
    expect(fits('name != none', { name: 'none' })).toBe(true)
    expect(fits('name = "none"', { name: 'none' })).toBe(true)
    expect(fits('best = none', { best: null })).toBe(true)
    expect(fits('sweep != none')).toBe(false)
    expect(fits('tag = none and sweep = none')).toBe(true)
  })

  test('a value that a run lacks is unlike every value, neither larger nor smaller', () => {
    for (const text of ['best > 0', 'best <= 100 %', 'best = 0.5']) expect(fits(text, { best: null })).toBe(false)
    expect(fits('best != 0.5', { best: null })).toBe(true)
  })

  test('takes percentages exactly', () => {
    for (const [percent, accuracy] of [
      ['70.12', 0.7012],
      ['0.1', 0.001],
      ['58.13', 0.5813],
    ] as const)
      expect(fits(`best = ${percent} %`, { best: { step: 1, accuracy, loss: 1 } })).toBe(true)
  })

  test('any text in quotes is found as it is', () => {
    for (const text of ['a and b', 'x "y" z', '«x» “y”', '"', 'none', 'a = b', 'ё (1)', '%', 'x!=y'])
      expect(fits(`name = ${quoted(text)}`, { name: text }), text).toBe(true)
  })
})

describe('a mistake is marked at its place and told:', () => {
  test.each([
    ['bset > 70 %', 'bset', 'nothing is called “bset”; the nearest name is “best”', 'best'],
    ['id = 7 and colour = red', 'colour', 'nothing is called “colour”; the names are id, name,', null],
    ['best > 70', '70', '70 can be read in two ways; write 70 % or 0.7', '70 %'],
    ['best > 1.5', '1.5', 'write 1.5 % or 0.015', '1.5 %'],
    ['best > 120 %', '120 %', 'an accuracy lies between 0 and 100 %', null],
    ['rate < 0,01', '0,01', '0.01 instead of 0,01', '0.01'],
    ['rate < 5 %', '%', '“rate” is not measured in percent', null],
    ['rate < fast', 'fast', '“rate” is a number, and “fast” is none', null],
    ['rate ~ 1', '~', '“rate” is not compared with “~”, but with one of = != < <= > >=', null],
    ['set < mnist', '<', '“set” is not compared with “<”', null],
    ['set == mnist', '==', '“==” is no operator here; write “=”', '='],
    ['id = 7 && id = 8', '&&', '“&&” is no operator here; write “and”', 'and'],
    ['id=7||id=8', '||', 'write “or”', ' or '],
    ['rate && id = 8', '&&', 'after “rate” comes one of', null],
    ['state = finished', 'finished', '“state” is never “finished”; it is one of queued,', null],
    ['state = trainign', 'trainign', 'it is one of queued, training,', 'training'],
    ['created > 2026-02-30', '2026-02-30', 'no day of the calendar', null],
    ['created > yesterday', 'yesterday', 'write a day as 2026-11-30', null],
    ['seconds > 5 parsecs', 'parsecs', '“and” or “or” is expected before “parsecs”', null],
    ['seconds > 5d', '5d', '“d” is no unit of time', null],
    ['star = 1', '1', '“star” is yes or no', null],
    ['set = none', 'none', 'every run has “set”', null],
    ['best > none', 'none', '“none” is compared with = and != only', null],
    ['(id = 7', '(', 'this bracket is never closed', null],
    ['id = 7)', ')', 'this bracket closes none', null],
    ['name = "x', '"x', 'this quote is never closed', null],
    ['name = my best run', 'best', 'a value of several words stands in quotes', null],
    ['id = 7 id = 8', 'id', '“and” or “or” is expected before “id”', null],
    ['id = and id = 8', 'and', 'a value is expected after “=”', null],
    ['and id = 8', 'and', 'a condition such as', null],
    ['rate and id = 8', 'and', 'after “rate” comes one of = !=', null],
    ['= 7', '=', 'a condition such as', null],
    ['() or id = 7', ')', 'a condition such as', null],
  ])('%s', (text, found, why, instead) => {
    const mistake = mistakeIn(text)
    expect(mistake.found).toBe(found)
    expect(mistake.sentence).toContain(why)
    expect(mistake.instead).toBe(instead)
  })

  test('at the end, where something is missing there', () => {
    for (const text of ['id =', 'id = 7 and', 'not', 'rate or', 'id = 7 and rate']) {
      const { from, to, sentence } = mistakeIn(text)
      if (text === 'rate or') expect([from, to]).toEqual([5, 7])
      else expect([from, to, sentence]).toEqual([text.length, text.length, expect.stringContaining('at its end')])
    }
  })

  test('in both languages', () => {
    const text = 'set = mnist and bset > 70 %'
    expect(sentenceOf(mistakeProblem(text, mistakeIn(text)), 'ru')).toBe(
      'Поиск не понят там, где «bset» (знак 17): имени «bset» нет; самое похожее — «best».',
    )
  })
})

test('very long and very deep searches are refused, or answered, without overflowing', () => {
  const deep = (levels: number): string => `${'('.repeat(levels)}id = 7${')'.repeat(levels)}`
  expect(fits(deep(deepestNesting))).toBe(true)
  expect(mistakeIn(deep(deepestNesting + 1)).why.phrase).toBe('search-too-deep')
  expect(mistakeIn(`${'('.repeat(1990)} a = 1`).why.phrase).toBe('search-too-deep')
  expect(mistakeIn(`${'not '.repeat(490)} id = 7`).why.phrase).toBe('search-too-deep')
  const conditions = Array.from({ length: 250 }, () => 'id=7').join(' or ')
  expect(conditions.length).toBeGreaterThan(longestSearch - 10)
  expect(fits(conditions)).toBe(true)
  const long = mistakeIn('x'.repeat(longestSearch + 1))
  expect([long.from, long.to, long.why.phrase]).toEqual([longestSearch, longestSearch + 1, 'search-too-long'])
})
