import { z } from 'zod'
import { Phrase, phrase } from './phrases.ts'

const Limit = z.number()

/** What a schema says of a value that it refuses, as far as it can be put into words. */
const Issue = z.discriminatedUnion('code', [
  z.looseObject({ code: z.literal('invalid_type'), expected: z.string() }),
  z.looseObject({ code: z.literal('too_small'), origin: z.string(), minimum: Limit, inclusive: z.boolean() }),
  z.looseObject({ code: z.literal('too_big'), origin: z.string(), maximum: Limit, inclusive: z.boolean() }),
  z.looseObject({ code: z.literal('unrecognized_keys'), keys: z.array(z.string()) }),
  z.looseObject({ code: z.literal('invalid_value'), values: z.array(z.union([z.string(), z.number(), z.boolean()])) }),
  z.looseObject({ code: z.literal('custom'), params: z.looseObject({ phrase: Phrase }) }),
])

/**
 * The message of a schema's own check (`refine`), so that a refusal can be said in either language.
 * @param of what must be, after the name of the setting: "must be at least 1".
 */
export function saying(of: Phrase): { readonly params: { readonly phrase: Phrase } } {
  return { params: { phrase: of } }
}

/** What is wrong with a value that a schema refused, after the name of the setting: "must be at least 1". */
export function issuePhrase(issue: unknown): Phrase {
  const { data } = Issue.safeParse(issue)
  switch (data?.code) {
    case 'invalid_type':
      return neededPhrase(data.expected)
    case 'too_small':
      return leastPhrase(data)
    case 'too_big':
      return mostPhrase(data)
    case 'unrecognized_keys':
      return phrase('keys-unknown', { keys: data.keys.join(', ') })
    case 'invalid_value':
      return phrase('must-be-one-of', { known: data.values.join(', ') })
    case 'custom':
      return data.params.phrase
    case undefined:
      return phrase('value-not-taken', {})
  }
}

/** The first mismatch with a schema, and how many more there are; zod's own message is a page of JSON. */
export function misfitPhrase({ issues }: z.ZodError): Phrase {
  const [first] = issues
  const what = issuePhrase(first)
  const one =
    first.path.length === 0
      ? phrase('content-refused', { what })
      : phrase('value-refused', { place: first.path.join('.'), what })
  return issues.length > 1 ? phrase('and-more', { one, others: issues.length - 1 }) : one
}

function neededPhrase(expected: string): Phrase {
  switch (expected) {
    case 'number':
      return phrase('must-be-number', {})
    case 'int':
      return phrase('must-be-whole', {})
    case 'string':
      return phrase('must-be-text', {})
    case 'boolean':
      return phrase('must-be-true-or-false', {})
    case 'array':
      return phrase('must-be-list', {})
    case 'object':
    case 'record':
      return phrase('must-have-settings', {})
    default:
      return phrase('value-not-taken', {})
  }
}

function leastPhrase({ origin, minimum, inclusive }: { origin: string; minimum: number; inclusive: boolean }): Phrase {
  if (origin === 'string') return phrase('text-too-short', { least: minimum })
  if (origin === 'array') return phrase('list-too-short', { least: minimum })
  return inclusive ? phrase('must-be-at-least', { least: minimum }) : phrase('must-be-above', { least: minimum })
}

function mostPhrase({ origin, maximum, inclusive }: { origin: string; maximum: number; inclusive: boolean }): Phrase {
  if (origin === 'string') return phrase('text-too-long', { most: maximum })
  if (origin === 'array') return phrase('list-too-long', { most: maximum })
  return inclusive ? phrase('must-be-at-most', { most: maximum }) : phrase('must-be-below', { most: maximum })
}
