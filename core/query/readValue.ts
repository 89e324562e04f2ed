import { phrase, type Phrase } from '../words/phrases.ts'
import { foldedText, type Comparison } from './expression.ts'
import type { Mistake } from './mistake.ts'
import { spanOf } from './moments.ts'
import {
  choicesOf,
  nameKinds,
  type FlagName,
  type MomentName,
  type NumberName,
  type Operator,
  type SearchName,
  type TextName,
} from './names.ts'
import { nearestWord } from './nearestWord.ts'
import type { Token } from './tokens.ts'

/** A comparison with how many pieces its value took, or what is wrong with the value. */
type Read =
  | { readonly ok: true; readonly comparison: Comparison; readonly taken: number }
  | { readonly ok: false; readonly mistake: Mistake }

const digits = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i
const withComma = /^[+-]?\d*,\d+(e[+-]?\d+)?$/i

/** Seconds of each unit of time, by its English and Russian letters. */
const units: Readonly<Record<string, number>> = { s: 1, min: 60, h: 3600, с: 1, мин: 60, ч: 3600 }
const inUnits = /^([\d.,e+-]+?)(\p{L}+)$/iu

/** The number that a text is, written with a decimal point; null for any other text. */
export function plainNumber(text: string): number | null {
  return digits.test(text) ? Number(text) : null
}

function wrong(at: Token, why: Phrase, instead: string | null = null): Read {
  return { ok: false, mistake: { from: at.from, to: at.to, why, instead } }
}

/** What is wrong with a text that should be a number. */
function noNumber(at: Token, name: SearchName, text: string): Read {
  if (!withComma.test(text)) return wrong(at, phrase('search-number-expected', { name, value: text }))
  const pointed = text.replace(',', '.')
  return wrong(at, phrase('search-decimal-comma', { value: text, wanted: pointed }), at.text.replace(',', '.'))
}

/** A share in percent, exactly: 70.12 is 0.7012, which a division would miss by a bit. */
function ofHundred(text: string): number {
  return /e/i.test(text) ? Number(text) / 100 : Number(`${text}e-2`)
}

function readNumber(name: NumberName, operator: Exclude<Operator, '~'>, token: Token, next: Token | undefined): Read {
  const kind = nameKinds[name]
  const done = (value: number, taken: number): Read => ({
    ok: true,
    comparison: { kind: 'number', name, operator, value },
    taken,
  })
  const joined = kind === 'duration' ? inUnits.exec(token.text) : null
  const text = joined?.[1] ?? token.text
  const number = plainNumber(text)
  if (number === null) return noNumber(token, name, text)
  if (kind === 'duration') {
    const apart = joined === null && next?.kind === 'word' && Object.hasOwn(units, next.text.toLowerCase())
    const unit = (joined?.[2] ?? (apart ? next.text : 's')).toLowerCase()
    if (!Object.hasOwn(units, unit)) return wrong(token, phrase('search-unit-unknown', { unit }))
    return done(number * units[unit], apart ? 2 : 1)
  }
  const percent = next?.kind === 'percent'
  if (kind !== 'share') return percent ? wrong(next, phrase('search-percent-unfit', { name })) : done(number, 1)
  const share = percent ? ofHundred(text) : number
  const place = percent ? { ...token, to: next.to } : token
  if (share < 0 || share > (percent ? 1 : 100)) return wrong(place, phrase('search-share-impossible', {}))
  if (share > 1)
    return wrong(token, phrase('search-share-ambiguous', { value: text, share: ofHundred(text) }), `${text} %`)
  return done(share, percent ? 2 : 1)
}

function readText(name: TextName, operator: '=' | '!=' | '~', token: Token): Read {
  const value = foldedText(token.text)
  const known = nameKinds[name] === 'choice' ? choicesOf[name as keyof typeof choicesOf] : null
  if (known !== null && operator !== '~' && !known.includes(value)) {
    const near = nearestWord(token.text, known)
    return wrong(token, phrase('search-choice-unknown', { name, value: token.text, known: known.join(', ') }), near)
  }
  return { ok: true, comparison: { kind: 'text', name, operator, value }, taken: 1 }
}

function readFlag(name: FlagName, operator: '=' | '!=', token: Token): Read {
  const word = token.text.toLowerCase()
  if (word !== 'yes' && word !== 'no') return wrong(token, phrase('search-flag-expected', { name }))
  return { ok: true, comparison: { kind: 'flag', name, operator, value: word === 'yes' }, taken: 1 }
}

function readMoment(name: MomentName, operator: Exclude<Operator, '~'>, token: Token): Read {
  const value = spanOf(token.text)
  if (value === null) return wrong(token, phrase('search-date-expected', { value: token.text }))
  return { ok: true, comparison: { kind: 'moment', name, operator, value }, taken: 1 }
}

function canBeNone(name: SearchName): boolean {
  return ['name', 'note', 'tag', 'sweep', 'best', 'last', 'expected'].includes(name)
}

/**
 * Reads the value of a comparison.
 * @param operator One that fits the name (`operatorsOf`).
 * @param token The piece after the operator; a percent sign or a unit of time may follow it as `next`.
 */
export function valueOf(name: SearchName, operator: Operator, token: Token, next: Token | undefined): Read {
  const kind = nameKinds[name]
  if (token.kind === 'word' && token.text.toLowerCase() === 'none') {
    if (!canBeNone(name)) return wrong(token, phrase('search-never-none', { name }))
    if (operator !== '=' && operator !== '!=') return wrong(token, phrase('search-none-unordered', {}))
    return { ok: true, comparison: { kind: 'none', name, operator }, taken: 1 }
  }
  switch (kind) {
    case 'number':
    case 'share':
    case 'duration':
      return readNumber(name as NumberName, operator as Exclude<Operator, '~'>, token, next)
    case 'text':
    case 'texts':
    case 'choice':
      return readText(name as TextName, operator as '=' | '!=' | '~', token)
    case 'flag':
      return readFlag(name as FlagName, operator as '=' | '!=', token)
    case 'moment':
      return readMoment(name as MomentName, operator as Exclude<Operator, '~'>, token)
  }
}
