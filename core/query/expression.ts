import type { Span } from './moments.ts'
import type { FlagName, MomentName, NumberName, Operator, SearchName, TextName } from './names.ts'

type Equality = Extract<Operator, '=' | '!='>
type Ordering = Exclude<Operator, '~'>

/** One comparison of a search. Texts are folded (`foldedText`). */
export type Comparison =
  | { readonly kind: 'number'; readonly name: NumberName; readonly operator: Ordering; readonly value: number }
  | { readonly kind: 'text'; readonly name: TextName; readonly operator: Equality | '~'; readonly value: string }
  | { readonly kind: 'flag'; readonly name: FlagName; readonly operator: Equality; readonly value: boolean }
  | { readonly kind: 'moment'; readonly name: MomentName; readonly operator: Ordering; readonly value: Span }
  /** Whether the run has nothing by this name, or has something. */
  | { readonly kind: 'none'; readonly name: SearchName; readonly operator: Equality }

/** A word of a free search; with `beside`, a name such as “seed” that stood before this number. */
export interface FreeWord {
  readonly word: string
  readonly beside: { readonly name: NumberName; readonly value: number } | null
}

/** A search as it is understood. `all` fits every run; of a `free` one each word must be found somewhere. */
export type Expression =
  | { readonly kind: 'all' }
  | { readonly kind: 'free'; readonly words: readonly FreeWord[] }
  | Comparison
  | { readonly kind: 'not'; readonly of: Expression }
  | { readonly kind: 'and' | 'or'; readonly parts: readonly Expression[] }

/** A text as searches compare it: capitals, and how accents are stored, make no difference. */
export function foldedText(text: string): string {
  return text.normalize('NFC').toLowerCase()
}
