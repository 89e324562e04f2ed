import { foldedText, type Comparison, type Expression, type FreeWord } from './expression.ts'
import type { Span } from './moments.ts'
import { nameKinds, numberOf, textsOf, type NumberName, type Operator, type TextName } from './names.ts'
import type { RunFacts } from './runFacts.ts'

type Ordering = Exclude<Operator, '~'>

/** Where a free search looks. */
const searched: readonly TextName[] = ['name', 'note', 'tag', 'set', 'network']

/** A number that a run lacks is unlike every number, and neither larger nor smaller. */
function comparesNumber(operator: Ordering, of: number | null, value: number): boolean {
  if (of === null) return operator === '!='
  switch (operator) {
    case '=':
      return of === value
    case '!=':
      return of !== value
    case '<':
      return of < value
    case '<=':
      return of <= value
    case '>':
      return of > value
    case '>=':
      return of >= value
  }
}

/** A day is a span: what is later than it comes after its end. */
function comparesMoment(operator: Ordering, iso: string, { from, before }: Span): boolean {
  const at = Date.parse(iso)
  switch (operator) {
    case '=':
      return at >= from && at < before
    case '!=':
      return at < from || at >= before
    case '<':
      return at < from
    case '<=':
      return at < before
    case '>':
      return at >= before
    case '>=':
      return at >= from
  }
}

function hasNone({ name }: Extract<Comparison, { kind: 'none' }>, facts: RunFacts): boolean {
  const kind = nameKinds[name]
  return kind === 'text' || kind === 'texts'
    ? textsOf(name as TextName, facts).length === 0
    : numberOf(name as NumberName, facts) === null
}

function holdsText(name: TextName, facts: RunFacts, part: string): boolean {
  return textsOf(name, facts).some((text) => foldedText(text).includes(part))
}

function holdsWord({ word, beside }: FreeWord, facts: RunFacts): boolean {
  if (beside !== null && numberOf(beside.name, facts) === beside.value) return true
  return String(facts.id) === word || searched.some((name) => holdsText(name, facts, word))
}

/** Whether a run fits a search. */
export function matches(expression: Expression, facts: RunFacts): boolean {
  switch (expression.kind) {
    case 'all':
      return true
    case 'free':
      return expression.words.every((word) => holdsWord(word, facts))
    case 'and':
      return expression.parts.every((part) => matches(part, facts))
    case 'or':
      return expression.parts.some((part) => matches(part, facts))
    case 'not':
      return !matches(expression.of, facts)
    case 'number':
      return comparesNumber(expression.operator, numberOf(expression.name, facts), expression.value)
    case 'moment':
      return comparesMoment(expression.operator, facts.createdAt, expression.value)
    case 'flag':
      return (facts[expression.name] === expression.value) === (expression.operator === '=')
    case 'none':
      return hasNone(expression, facts) === (expression.operator === '=')
    case 'text': {
      const { name, operator, value } = expression
      if (operator === '~') return holdsText(name, facts, value)
      return textsOf(name, facts).some((text) => foldedText(text) === value) === (operator === '=')
    }
  }
}
