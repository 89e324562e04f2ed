import { expect, test } from 'vitest'
import { completions } from '../../../core/query/completions.ts'
import { matches } from '../../../core/query/matches.ts'
import { searchNames } from '../../../core/query/names.ts'
import { parseExpression } from '../../../core/query/parseExpression.ts'
import type { RunFacts } from '../../../core/query/runFacts.ts'
import { someFacts } from './someFacts.ts'

/** Numbers in 0..1 that are the same in every run of the test (a linear congruence, Numerical Recipes). */
function randomNumbers(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}

const random = randomNumbers(17)
const upTo = (count: number): number => Math.floor(random() * count)
const oneOf = <Item>(items: readonly Item[]): Item => items[upTo(items.length)]

/** A random condition as text, with what it must say of a run. */
interface Condition {
  readonly text: string
  readonly holds: (facts: RunFacts) => boolean
}

function simple(): Condition {
  const value = upTo(4)
  switch (upTo(6)) {
    case 0:
      return { text: `seed = ${value}`, holds: ({ seed }) => seed === value }
    case 1:
      return { text: `batch>=${value}`, holds: ({ batch }) => batch >= value }
    case 2:
      return { text: `rate < ${value}e-1`, holds: ({ rate }) => rate < value / 10 }
    case 3:
      return { text: `best > ${value * 25} %`, holds: ({ best }) => best !== null && best.accuracy > value / 4 }
    case 4:
      return { text: 'star', holds: ({ star }) => star }
    default:
      return { text: `tag != "t ${value}"`, holds: ({ tags }) => !tags.includes(`t ${value}`) }
  }
}

function condition(depth: number): Condition {
  if (depth === 0) return simple()
  const [one, other] = [condition(depth - 1), condition(depth - 1)]
  switch (upTo(3)) {
    case 0:
      return { text: `not (${one.text})`, holds: (facts) => !one.holds(facts) }
    case 1:
      return { text: `(${one.text}) and (${other.text})`, holds: (facts) => one.holds(facts) && other.holds(facts) }
    default:
      return { text: `(${one.text} or (${other.text}))`, holds: (facts) => one.holds(facts) || other.holds(facts) }
  }
}

function anyFacts(): RunFacts {
  const best = upTo(4) === 0 ? null : { step: 1, accuracy: upTo(5) / 4, loss: 1 }
  const tags = [0, 1, 2, 3].filter(() => upTo(2) === 0).map((tag) => `t ${tag}`)
  return someFacts({ seed: upTo(4), batch: 1 + upTo(4), rate: upTo(4) / 10, best, tags, star: upTo(2) === 0 })
}

const pieces = [
  ...searchNames,
  ...['=', '!=', '<', '<=', '>', '>=', '~', '(', ')', 'and', 'or', 'not', '%', '"', '«', '»', '“', ',', '.', '-'],
  ...['7', '1e-4', '0,5', '70', 'cifar-10', 'done', '2026-11-01', '5', 'min', 'none', 'yes', '🐈', '\u0000', '!', '&&'],
]

function anyText(): string {
  return Array.from({ length: upTo(14) }, () => oneOf(pieces) + (upTo(3) === 0 ? '' : ' ')).join('')
}

test('a written expression means what its conditions mean', () => {
  for (let round = 0; round < 2000; round++) {
    const { text, holds } = condition(upTo(5))
    const parsed = parseExpression(text)
    if (!parsed.ok) throw new Error(text)
    // A name alone is a word to look for.
    if (text === 'star') continue
    const facts = anyFacts()
    expect(matches(parsed.expression, facts), text).toBe(holds(facts))
  }
})

test('any text is either understood, or has a mistake that lies in it', () => {
  let understood = 0
  for (let round = 0; round < 20_000; round++) {
    const text = anyText()
    const parsed = parseExpression(text)
    if (parsed.ok) {
      understood++
      matches(parsed.expression, anyFacts())
      continue
    }
    const { from, to, instead } = parsed.mistake
    expect(from).toBeGreaterThanOrEqual(0)
    expect(to).toBeGreaterThanOrEqual(from)
    expect(text.length).toBeGreaterThanOrEqual(to)
    if (instead === null) continue
    // What is offered instead is right at that place: the next mistake, if any, comes later.
    const mended = parseExpression(text.slice(0, from) + instead + text.slice(to))
    // A bracket that nothing closes is told where it opens, once all that follows is right.
    if (mended.ok || mended.mistake.why.phrase === 'search-bracket-open') continue
    expect(mended.mistake.from, text).toBeGreaterThanOrEqual(from)
  }
  expect(understood).toBeGreaterThan(500)
})

test('what is offered at a cursor makes no mistake before it', () => {
  const known = { set: ['cifar-10', 'mnist'], tag: ['good', 'lab 3'] }
  for (let round = 0; round < 3000; round++) {
    const text = anyText()
    const cursor = upTo(text.length + 1)
    const { from, to, items } = completions(text, cursor, known)
    expect(from).toBeLessThanOrEqual(cursor)
    expect(to).toBeGreaterThanOrEqual(cursor)
    const before = parseExpression(text.slice(0, from))
    // An operator makes an expression of words to look for, and then they are read anew.
    if (before.ok && before.expression.kind === 'free') continue
    for (const { insert } of items) {
      const parsed = parseExpression(text.slice(0, from) + insert)
      if (!parsed.ok && (before.ok || before.mistake.from >= from))
        expect(parsed.mistake.from, `${text.slice(0, from)}|${insert}`).toBeGreaterThanOrEqual(from)
    }
  }
})
