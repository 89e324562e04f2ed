import { choicesOf, isSearchName, nameKinds, operatorsOf, searchNames, type SearchName } from './names.ts'
import { longestSearch } from './parseExpression.ts'
import { quoted, tokensOf, type Token } from './tokens.ts'

/** Values that runs have, by the name of the search: sets, tags, networks, names. */
export type KnownValues = Readonly<Partial<Record<SearchName, readonly string[]>>>

/** What could stand at the cursor: `insert` takes the place of `from` up to, without, `to`. */
export interface Completions {
  readonly from: number
  readonly to: number
  readonly items: readonly { readonly insert: string; readonly kind: 'name' | 'operator' | 'value' | 'connective' }[]
}

/** How many are offered at once. */
const most = 50

type Items = Completions['items']

/** What a name can be compared with. */
function valuesOf(name: SearchName, known: KnownValues): readonly string[] {
  const kind = nameKinds[name]
  if (kind === 'flag') return ['yes', 'no']
  if (kind === 'choice') return choicesOf[name as keyof typeof choicesOf]
  return (known[name] ?? []).map(quoted)
}

/** Whether a condition may begin after this piece; with none, after the beginning. */
function begins(after: Token | undefined): boolean {
  if (after === undefined || after.kind === 'open') return true
  return after.kind === 'word' && ['and', 'or', 'not'].includes(after.text.toLowerCase())
}

/** Whether the pieces before a place end in `name operator`, or in a whole comparison. */
function before(tokens: readonly Token[]): { name: SearchName; wants: 'operator' | 'value' } | 'connective' | 'term' {
  const last = tokens.at(-1)
  if (last?.kind === 'operator') {
    const name = tokens.at(-2)?.text.toLowerCase() ?? ''
    return isSearchName(name) ? { name, wants: 'value' } : 'connective'
  }
  if (last === undefined || begins(last)) return 'term'
  const word = last.kind === 'word' ? last.text.toLowerCase() : ''
  if (begins(tokens.at(-2)) && isSearchName(word) && nameKinds[word] !== 'flag')
    return { name: word, wants: 'operator' }
  return 'connective'
}

function offered(tokens: readonly Token[], known: KnownValues): Items {
  const place = before(tokens)
  if (place === 'term')
    return [...searchNames.map((insert) => ({ insert, kind: 'name' as const })), { insert: 'not', kind: 'connective' }]
  if (place === 'connective')
    return [
      { insert: 'and', kind: 'connective' },
      { insert: 'or', kind: 'connective' },
    ]
  if (place.wants === 'operator')
    return operatorsOf[nameKinds[place.name]].map((insert) => ({ insert, kind: 'operator' }))
  return valuesOf(place.name, known).map((insert) => ({ insert, kind: 'value' }))
}

/**
 * What could be written at a cursor: names, the operators of a name, its values, or what joins two conditions. Only
 * what begins with the letters before the cursor, or holds them where it is a value.
 * @param cursor Characters before it.
 */
export function completions(text: string, cursor: number, known: KnownValues): Completions {
  const none = { from: cursor, to: cursor, items: [] }
  if (text.length > longestSearch) return none
  const { tokens, open } = tokensOf(text.slice(0, cursor))
  const last = tokens.at(-1)
  const touching = last !== undefined && last.to === cursor && last.kind === 'word' ? last : null
  const from = open?.from ?? touching?.from ?? cursor
  const begun = (open === null ? (touching?.text ?? '') : text.slice(open.from + 1, cursor)).toLowerCase()
  const items = offered(touching === null ? tokens : tokens.slice(0, -1), known).filter(({ insert, kind }) => {
    if (open !== null && kind !== 'value') return false
    const word = insert.toLowerCase()
    return kind === 'value' ? word.includes(begun) : word.startsWith(begun)
  })
  // The rest of a word in which the cursor stands is replaced with it.
  const rest = touching === null ? 0 : (/^[\p{L}\p{N}_.-]*/u.exec(text.slice(cursor))?.[0].length ?? 0)
  if (items.length === 1 && items[0].insert.toLowerCase() === begun) return none
  return { from, to: cursor + rest, items: items.slice(0, most) }
}
