import { z } from 'zod'
import { ActivationFunction } from '../layers/parts/activationFunction.ts'
import { rangeOf, type SettingRange } from '../numbers/settingRange.ts'
import { RunConfig } from './run.ts'

/** What a single setting of a configuration takes. */
export type SettingField =
  | {
      readonly kind: 'number'
      readonly range: SettingRange
      /** Whether it may be null, which is "none". */
      readonly optional: boolean
    }
  | { readonly kind: 'choice'; readonly options: readonly string[] }
  | { readonly kind: 'switch' }

/** The kinds of activation function. */
export const functionKinds: readonly ActivationFunction['kind'][] = ActivationFunction.options.flatMap(({ shape }) =>
  shape.kind instanceof z.ZodEnum ? shape.kind.options : [...shape.kind.values],
)

function unwrapped(schema: unknown): unknown {
  return schema instanceof z.ZodNullable || schema instanceof z.ZodOptional ? unwrapped(schema.unwrap()) : schema
}

function valueIn(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? Object.entries(value).find(([name]) => name === key)?.[1] : null
}

/** The schema of what a key leads to, for the kind that a value has. */
function schemaWithin(schema: unknown, value: unknown, key: string): unknown {
  const inner = unwrapped(schema)
  if (inner instanceof z.ZodArray) return inner.element
  if (inner instanceof z.ZodObject) return valueIn(inner.shape, key)
  if (!(inner instanceof z.ZodDiscriminatedUnion)) return null
  const { discriminator } = inner.def
  // A kind brings settings of its own, so it is more than a single setting.
  if (key === discriminator) return null
  const option = inner.options.find(
    (one) => one instanceof z.ZodObject && z.safeParse(one.shape[discriminator], valueIn(value, discriminator)).success,
  )
  return option === undefined ? null : schemaWithin(option, value, key)
}

/**
 * What the setting takes to which these keys lead in a configuration, by the schema of the configuration. Null for what
 * is no number, choice or switch: texts, lists, and the kinds of things that have settings of their own.
 */
export function fieldAt(config: unknown, keys: readonly string[]): SettingField | null {
  let schema: unknown = RunConfig
  let value: unknown = config
  for (const key of keys) {
    // Only the slope of one of them is a setting of its own, and it has a usual value.
    if (schema === ActivationFunction && key === 'kind') return { kind: 'choice', options: functionKinds }
    schema = schemaWithin(schema, value, key)
    value = valueIn(value, key)
  }
  const inner = unwrapped(schema)
  if (inner instanceof z.ZodNumber)
    return { kind: 'number', range: rangeOf(inner), optional: schema instanceof z.ZodNullable }
  if (inner instanceof z.ZodEnum) return { kind: 'choice', options: inner.options.map(String) }
  return inner instanceof z.ZodBoolean ? { kind: 'switch' } : null
}
