import { z } from 'zod'
import { activation } from './activation.ts'
import { add } from './add.ts'
import { averagePool } from './averagePool.ts'
import { batchNorm } from './batchNorm.ts'
import { concat } from './concat.ts'
import { conv } from './conv.ts'
import type { LayerRules } from './definition.ts'
import { dense } from './dense.ts'
import { depthwiseConv } from './depthwiseConv.ts'
import { dropout } from './dropout.ts'
import { flatten } from './flatten.ts'
import { globalAveragePool, globalMaxPool } from './globalPool.ts'
import { maxPool } from './maxPool.ts'
import { scale } from './scale.ts'

/** Every kind of layer. A new one is a file beside this one, and a line here. */
export const layerDefinitions = [
  conv,
  depthwiseConv,
  batchNorm,
  activation,
  maxPool,
  averagePool,
  globalMaxPool,
  globalAveragePool,
  flatten,
  dense,
  dropout,
  scale,
  add,
  concat,
] as const

const [first, ...others] = layerDefinitions

/** A layer as data: its kind, its name, what comes in, and its settings. */
export const Layer = z.discriminatedUnion('kind', [first.schema, ...others.map(({ schema }) => schema)])
export type Layer = z.infer<typeof Layer>

const rulesByKind = new Map<string, LayerRules<Layer>>(
  layerDefinitions.map((definition) => [definition.kind, definition]),
)

/** The rules of a layer's kind. */
export function rulesOf({ kind }: Pick<Layer, 'kind'>): LayerRules<Layer> {
  const rules = rulesByKind.get(kind)
  if (rules === undefined) throw new Error(`there is no layer ${kind}`)
  return rules
}
