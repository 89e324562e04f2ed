import { z } from 'zod'
import { ActivationFunction, LeakyRelu } from '../../layers/parts/activationFunction.ts'
import { freezable } from '../../layers/parts/fields.ts'
import { Scaling } from '../../layers/parts/pooling.ts'
import { type Layer, layerDefinitions } from '../../layers/registry.ts'
import type { Range } from '../../numbers/range.ts'
import { rangeOf, type SettingRange } from '../../numbers/settingRange.ts'
import { ModelInput, SoftmaxHead } from '../model.ts'
import { WindowSize } from '../windows.ts'

/** A setting of a layer as a form shows it. */
export type LayerSetting = { readonly name: string } & (
  | { readonly kind: 'number'; readonly value: number; readonly range: SettingRange }
  | { readonly kind: 'choice'; readonly value: string; readonly options: readonly string[] }
  | { readonly kind: 'switch'; readonly value: boolean }
  /** True or left out. */
  | { readonly kind: 'mark'; readonly value: boolean }
  | { readonly kind: 'window'; readonly value: WindowSize; readonly range: Range }
  | { readonly kind: 'function'; readonly value: ActivationFunction }
  | { readonly kind: 'scaling'; readonly value: z.infer<typeof Scaling> }
)

/** What every layer has, and is edited elsewhere. */
const common: readonly string[] = ['kind', 'name', 'from']

/** What a leaky ReLU multiplies values below 0 by. */
export const slopeRange = rangeOf(LeakyRelu.shape.slope)

/** What softmax takes from the label's class for all classes together. */
export const smoothingRange = rangeOf(SoftmaxHead.shape.labelSmoothing)

/** An extent of the image that a network is bound to. */
export const extentRange = rangeOf(ModelInput.shape.height)

function settingOf(name: string, schema: z.ZodType, value: unknown): LayerSetting {
  if (schema === WindowSize)
    return { name, kind: 'window', value: WindowSize.parse(value), range: rangeOf(WindowSize.shape.height) }
  if (schema === ActivationFunction) return { name, kind: 'function', value: ActivationFunction.parse(value) }
  if (schema === Scaling) return { name, kind: 'scaling', value: Scaling.parse(value) }
  if (schema === freezable.frozen) return { name, kind: 'mark', value: value === true }
  if (schema instanceof z.ZodNumber) return { name, kind: 'number', value: schema.parse(value), range: rangeOf(schema) }
  if (schema instanceof z.ZodBoolean) return { name, kind: 'switch', value: schema.parse(value) }
  if (schema instanceof z.ZodEnum)
    return { name, kind: 'choice', value: String(schema.parse(value)), options: schema.options.map(String) }
  throw new Error(`the setting ${name} has a schema that no field is for`)
}

/** What can be set of a layer, in the order of its schema, with what it is set to. */
export function settingsOf(layer: Layer): LayerSetting[] {
  const schema = layerDefinitions.find(({ kind }) => kind === layer.kind)?.schema
  if (schema === undefined) throw new Error(`there is no layer ${layer.kind}`)
  const values: Readonly<Record<string, unknown>> = layer
  return Object.entries<z.ZodType>(schema.shape)
    .filter(([name]) => !common.includes(name))
    .map(([name, part]) => settingOf(name, part, values[name]))
}
