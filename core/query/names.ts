import { optimizerKinds } from '../run/optimizerChoices.ts'
import { PresetId } from '../run/presetId.ts'
import { RunState } from '../run/run.ts'
import { scheduleKinds } from '../run/scheduleChoices.ts'
import type { RunFacts } from './runFacts.ts'

/** What a name of a search stands for, and so what it can be compared with. */
export type NameKind =
  /** A number of any size. */
  | 'number'
  /** An accuracy: a share, which people also write in percent. */
  | 'share'
  /** Seconds, which people also write in minutes and hours. */
  | 'duration'
  /** Any words. */
  | 'text'
  /** Several texts, of which one must fit. */
  | 'texts'
  /** One of a few words. */
  | 'choice'
  /** Yes or no. */
  | 'flag'
  /** A moment, which people name by its day or month. */
  | 'moment'

/** The names of a search, each with its kind. */
export const nameKinds = {
  id: 'number',
  name: 'text',
  note: 'text',
  tag: 'texts',
  star: 'flag',
  archived: 'flag',
  set: 'text',
  network: 'text',
  preset: 'choice',
  optimizer: 'choice',
  schedule: 'choice',
  rate: 'number',
  batch: 'number',
  steps: 'number',
  epochs: 'number',
  step: 'number',
  seed: 'number',
  sweep: 'number',
  state: 'choice',
  best: 'share',
  last: 'share',
  expected: 'share',
  seconds: 'duration',
  created: 'moment',
} as const satisfies Record<string, NameKind>

export type SearchName = keyof typeof nameKinds

export const searchNames = Object.keys(nameKinds) as SearchName[]

type NamesOf<Kind extends NameKind> = {
  [Name in SearchName]: (typeof nameKinds)[Name] extends Kind ? Name : never
}[SearchName]
export type NumberName = NamesOf<'number' | 'share' | 'duration'>
export type TextName = NamesOf<'text' | 'texts' | 'choice'>
export type FlagName = NamesOf<'flag'>
export type MomentName = NamesOf<'moment'>

/** The words that a name of kind `choice` can have. */
export const choicesOf: Readonly<Record<NamesOf<'choice'>, readonly string[]>> = {
  preset: PresetId.options,
  optimizer: optimizerKinds,
  schedule: scheduleKinds,
  state: RunState.options,
}

export const operators = ['=', '!=', '<', '<=', '>', '>=', '~'] as const
export type Operator = (typeof operators)[number]

const equal: readonly Operator[] = ['=', '!=']
const ordered: readonly Operator[] = ['=', '!=', '<', '<=', '>', '>=']
const worded: readonly Operator[] = ['=', '!=', '~']

/** The operators that a name can be compared with. */
export const operatorsOf: Readonly<Record<NameKind, readonly Operator[]>> = {
  number: ordered,
  share: ordered,
  duration: ordered,
  text: worded,
  texts: worded,
  choice: worded,
  flag: equal,
  moment: ordered,
}

/** Whether a word is a name of a search. */
export function isSearchName(word: string): word is SearchName {
  return Object.hasOwn(nameKinds, word)
}

/** The number that a name has in a run; null where the run has none. */
export function numberOf(name: NumberName, facts: RunFacts): number | null {
  return name === 'best' || name === 'last' ? (facts[name]?.accuracy ?? null) : facts[name]
}

/** The texts that a name has in a run; a run without a name of its own, note or tags has none. */
export function textsOf(name: TextName, facts: RunFacts): readonly string[] {
  switch (name) {
    case 'tag':
      return facts.tags
    case 'network':
      return [facts.network ?? facts.preset]
    default: {
      const text = facts[name]
      return text === null || text === '' ? [] : [text]
    }
  }
}
