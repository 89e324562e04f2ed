import { phrase, type Phrase } from '../words/phrases.ts'
import { foldedText, type Comparison, type Expression, type FreeWord } from './expression.ts'
import type { Mistake } from './mistake.ts'
import {
  isSearchName,
  nameKinds,
  operators,
  operatorsOf,
  searchNames,
  type NumberName,
  type Operator,
  type SearchName,
} from './names.ts'
import { nearestWord } from './nearestWord.ts'
import { plainNumber, valueOf } from './readValue.ts'
import { tokensOf, type Token } from './tokens.ts'

/** The longest search that is read, in characters. */
export const longestSearch = 2000
/** How deep brackets and “not” may be nested. */
export const deepestNesting = 100

export type Parsed =
  { readonly ok: true; readonly expression: Expression } | { readonly ok: false; readonly mistake: Mistake }

/** What other programs and languages write for an operator. */
const otherOperators: Readonly<Record<string, Operator>> = { '≤': '<=', '≥': '>=', '≠': '!=' }
/** What is no operator here, with what was probably meant. */
const meant: Readonly<Record<string, string>> = {
  '==': '=',
  '=<': '<=',
  '=>': '>=',
  '<>': '!=',
}
const meantSigns: Readonly<Record<string, string>> = { '&&': 'and', '||': 'or' }

/** Words before a number in a free search, beside the names themselves: “run 7”. */
const spoken: Readonly<Record<string, NumberName>> = { run: 'id', запуск: 'id', зерно: 'seed', батч: 'batch' }

/** Ends the reading at the first mistake; caught by `parseExpression` alone. */
class Mistaken extends Error {
  readonly mistake: Mistake

  constructor(mistake: Mistake) {
    super(mistake.why.phrase)
    this.mistake = mistake
  }
}

function isWord(token: Token | undefined, word: 'and' | 'or' | 'not'): boolean {
  return token?.kind === 'word' && token.text.toLowerCase() === word
}

function isConnective(token: Token | undefined): boolean {
  return isWord(token, 'and') || isWord(token, 'or') || isWord(token, 'not')
}

/** Whether the pieces make an expression. Without any operator they are words to look for. */
function isExpression(tokens: readonly Token[]): boolean {
  return tokens.some((token) => token.kind === 'operator' || token.kind === 'sign' || isConnective(token))
}

function nameBefore(word: string): NumberName | null {
  const name = word.toLowerCase()
  if (Object.hasOwn(spoken, name)) return spoken[name]
  return isSearchName(name) && nameKinds[name] === 'number' ? (name as NumberName) : null
}

/** The words of a free search; “seed 3” stays together. */
function freeWords(words: readonly { text: string; quoted: boolean }[]): FreeWord[] {
  const free: FreeWord[] = []
  for (let at = 0; at < words.length; at++) {
    const { text, quoted } = words[at]
    const next = words.at(at + 1)
    const name = quoted ? null : nameBefore(text)
    const value = next === undefined || next.quoted ? null : plainNumber(next.text)
    if (name !== null && next !== undefined && value !== null) {
      free.push({ word: foldedText(`${text} ${next.text}`), beside: { name, value } })
      at++
    } else if (text.trim() !== '') free.push({ word: foldedText(text), beside: null })
  }
  return free
}

/** Reads an expression from its pieces, from left to right: `or` binds least, then `and`, then `not`. */
class Reading {
  readonly #text: string
  readonly #tokens: readonly Token[]
  #at = 0
  #depth = 0

  constructor(text: string, tokens: readonly Token[]) {
    this.#text = text
    this.#tokens = tokens
  }

  whole(): Expression {
    const expression = this.#joined('or')
    const rest = this.#tokens.at(this.#at)
    if (rest === undefined) return expression
    if (rest.kind === 'close') this.#mistake(rest, phrase('search-bracket-extra', {}))
    this.#apart(rest)
  }

  #joined(kind: 'or' | 'and'): Expression {
    const part = (): Expression => (kind === 'or' ? this.#joined('and') : this.#single())
    const parts = [part()]
    while (isWord(this.#tokens.at(this.#at), kind)) {
      this.#at++
      parts.push(part())
    }
    return parts.length === 1 ? parts[0] : { kind, parts }
  }

  #single(): Expression {
    const token = this.#tokens.at(this.#at)
    if (token === undefined) this.#mistake(token, phrase('search-term-missing', {}))
    if (isWord(token, 'not')) {
      this.#at++
      return { kind: 'not', of: this.#deeper(token, () => this.#single()) }
    }
    if (token.kind === 'open') {
      this.#at++
      const inside = this.#deeper(token, () => this.#joined('or'))
      const end = this.#tokens.at(this.#at)
      if (end === undefined) this.#mistake(token, phrase('search-bracket-open', {}))
      if (end.kind !== 'close') this.#apart(end)
      this.#at++
      return inside
    }
    if ((token.kind !== 'word' && token.kind !== 'quoted') || isConnective(token))
      this.#mistake(token, phrase('search-term-missing', {}))
    if (this.#tokens.at(this.#at + 1)?.kind === 'operator') return this.#comparison(token)
    return this.#words()
  }

  /** Goes one level deeper, as far as that is allowed: the reading and all that follows call themselves. */
  #deeper(at: Token, read: () => Expression): Expression {
    this.#depth++
    if (this.#depth > deepestNesting) this.#mistake(at, phrase('search-too-deep', { most: deepestNesting }))
    const expression = read()
    this.#depth--
    return expression
  }

  /** Words without an operator: a name that is yes or no, or words to look for. */
  #words(): Expression {
    const first = this.#tokens[this.#at]
    const name = first.text.toLowerCase()
    if (first.kind === 'word' && isSearchName(name)) {
      this.#at++
      const kind = nameKinds[name]
      if (kind === 'flag') return { kind: 'flag', name: name as 'star', operator: '=', value: true }
      const wanted = operatorsOf[kind].join(' ')
      this.#mistake(this.#tokens.at(this.#at), phrase('search-operator-missing', { name, operators: wanted }))
    }
    const words: { text: string; quoted: boolean }[] = []
    for (;;) {
      const token = this.#tokens.at(this.#at)
      if (token === undefined || (token.kind !== 'word' && token.kind !== 'quoted') || isConnective(token)) break
      if (this.#tokens.at(this.#at + 1)?.kind === 'operator') break
      words.push({ text: token.text, quoted: token.kind === 'quoted' })
      this.#at++
    }
    return { kind: 'free', words: freeWords(words) }
  }

  #comparison(named: Token): Comparison {
    const written = this.#tokens[this.#at + 1]
    const name = this.#name(named)
    const operator = this.#operator(written, name)
    this.#at += 2
    const token = this.#tokens.at(this.#at)
    if (token === undefined || (token.kind !== 'word' && token.kind !== 'quoted') || isConnective(token))
      this.#mistake(token, phrase('search-value-missing', { operator }))
    const next = this.#tokens.at(this.#at + 1)
    const read = valueOf(name, operator, token, next)
    if (!read.ok) throw new Mistaken(read.mistake)
    this.#at += read.taken
    return read.comparison
  }

  #name(token: Token): SearchName {
    const name = token.text.toLowerCase()
    if (token.kind === 'word' && isSearchName(name)) return name
    const near = nearestWord(token.text, searchNames)
    this.#mistake(
      token,
      near === null
        ? phrase('search-name-unknown', { name: token.text, known: searchNames.join(', ') })
        : phrase('search-name-mistyped', { name: token.text, near }),
      near,
    )
  }

  #operator(token: Token, name: SearchName): Operator {
    const operator = operators.find((one) => one === (otherOperators[token.text] ?? token.text))
    if (operator === undefined) {
      const wanted = meant[token.text]
      this.#mistake(token, phrase('search-operator-unknown', { operator: token.text, wanted }), wanted)
    }
    const fitting = operatorsOf[nameKinds[name]]
    if (!fitting.includes(operator))
      this.#mistake(token, phrase('search-operator-unfit', { name, operator, operators: fitting.join(' ') }))
    return operator
  }

  /** What follows a whole condition and joins it to nothing. */
  #apart(token: Token): never {
    const found = this.#text.slice(token.from, token.to)
    if (token.kind !== 'sign') this.#mistake(token, phrase('search-connective-missing', { found }))
    const wanted = meantSigns[found]
    const gap = (at: number): string => (/\S/.test(this.#text.charAt(at)) ? ' ' : '')
    const instead = gap(token.from - 1) + wanted + gap(token.to)
    this.#mistake(token, phrase('search-operator-unknown', { operator: found, wanted }), instead)
  }

  #mistake(at: Token | undefined, why: Phrase, instead: string | null = null): never {
    const place = at ?? { from: this.#text.length, to: this.#text.length }
    throw new Mistaken({ from: place.from, to: place.to, why, instead })
  }
}

/**
 * Understands a search of runs. Without any operator it is a free search for each of its words; otherwise it compares
 * names with values (docs/searching-runs.md describes the language). Never throws; a search of any length and depth is answered.
 */
export function parseExpression(text: string): Parsed {
  if (text.length > longestSearch) {
    const why = phrase('search-too-long', { length: text.length, most: longestSearch })
    return { ok: false, mistake: { from: longestSearch, to: text.length, why, instead: null } }
  }
  const { tokens, open } = tokensOf(text)
  if (open !== null) return { ok: false, mistake: open }
  if (!isExpression(tokens)) {
    // Brackets and percent signs are letters here.
    const words = tokens.map(({ kind, text: word }) => ({ text: word, quoted: kind === 'quoted' }))
    const free = freeWords(words)
    return { ok: true, expression: free.length === 0 ? { kind: 'all' } : { kind: 'free', words: free } }
  }
  try {
    return { ok: true, expression: new Reading(text, tokens).whole() }
  } catch (thrown) {
    if (thrown instanceof Mistaken) return { ok: false, mistake: thrown.mistake }
    throw thrown
  }
}
