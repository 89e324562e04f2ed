import { phrase } from '../words/phrases.ts'
import type { Mistake } from './mistake.ts'

/** A piece of a search with its place in the text: from `from` up to, without, `to`. */
export interface Token {
  readonly kind: 'word' | 'quoted' | 'operator' | 'sign' | 'percent' | 'open' | 'close'
  /** As it is written; of a quoted one what stands between the quotes. */
  readonly text: string
  readonly from: number
  readonly to: number
}

/** Each opening quote with those that close it. */
const quotes: Readonly<Record<string, string>> = { '"': '"', '“': '”"', '«': '»' }

/** Operators, and what people write for them in other languages, so that a mistake can be told at its place. */
const operator = /!=|<=|>=|==|=<|=>|<>|[=<>~≤≥≠]/y
/** What other languages write between conditions. */
const sign = /&&|\|\|/y
/** Characters that end a word. */
const wordEnd = /[\s()%=<>~≤≥≠"“«]|!=|&&|\|\|/

/** Where the quote that opens at a place is closed; as in CSV, a straight one is doubled inside. Null: nowhere. */
function closingQuote(text: string, from: number): number | null {
  const closing = quotes[text[from]]
  for (let at = from + 1; at < text.length; at++) {
    if (!closing.includes(text[at])) continue
    if (text[from] !== '"' || text[at + 1] !== '"') return at
    at++
  }
  return null
}

/** The pieces of a search, and the mistake of a quote that is never closed. */
export function tokensOf(text: string): { tokens: Token[]; open: Mistake | null } {
  const tokens: Token[] = []
  let at = 0
  while (at < text.length) {
    const letter = text[at]
    if (/\s/.test(letter)) {
      at++
      continue
    }
    const add = (kind: Token['kind'], length: number, piece = text.slice(at, at + length)): void => {
      tokens.push({ kind, text: piece, from: at, to: at + length })
      at += length
    }
    operator.lastIndex = at
    const compared = operator.exec(text)
    sign.lastIndex = at
    if (compared !== null) add('operator', compared[0].length)
    else if (sign.test(text)) add('sign', 2)
    else if (letter === '(') add('open', 1)
    else if (letter === ')') add('close', 1)
    else if (letter === '%') add('percent', 1)
    else if (Object.hasOwn(quotes, letter)) {
      const end = closingQuote(text, at)
      if (end === null)
        return { tokens, open: { from: at, to: text.length, why: phrase('search-quote-open', {}), instead: null } }
      const inside = text.slice(at + 1, end)
      add('quoted', end + 1 - at, letter === '"' ? inside.replaceAll('""', '"') : inside)
    } else {
      const end = text.slice(at + 1).search(wordEnd)
      add('word', end < 0 ? text.length - at : end + 1)
    }
  }
  return { tokens, open: null }
}

/** Whether a text must stand in quotes to be one value of a search. */
export function needsQuotes(text: string): boolean {
  const { tokens, open } = tokensOf(text)
  const plain = open === null && tokens.length === 1 && tokens[0].kind === 'word' && tokens[0].text === text
  return !plain || ['and', 'or', 'not', 'none'].includes(text.toLowerCase())
}

/** A text as one value of a search. */
export function quoted(text: string): string {
  return needsQuotes(text) ? `"${text.replaceAll('"', '""')}"` : text
}
