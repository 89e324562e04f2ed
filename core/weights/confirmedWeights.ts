import { z } from 'zod'
import { variablesOf } from '../network/geometry.ts'
import { type Model, mostLayers } from '../network/model.ts'
import { KeptWeights } from '../run/branchPoint.ts'
import { withFrozenLayers } from '../run/changedRequest.ts'
import type { RunRequest } from '../run/run.ts'
import { WeightsOrigin } from '../run/weightsOrigin.ts'
import { refuse } from '../words/problems.ts'

/** A variable with its shape, as text. */
const VariableText = z.string().max(1000)

/** Weights from elsewhere that a person has confirmed for a network. */
export const ConfirmedWeights = z.strictObject({
  from: KeptWeights,
  /** Null where nobody has noted it. */
  origin: WeightsOrigin.nullable(),
  /** The variables of the network for which they were confirmed, with their shapes. */
  variables: z.array(VariableText).max(100 * mostLayers),
  /** Names of the layers that keep the weights that they begin with; null: those that the network itself says. */
  frozen: z.array(z.string()).max(mostLayers).nullable(),
})
export type ConfirmedWeights = z.infer<typeof ConfirmedWeights>

/** The variables of a network with their shapes. Weights that were confirmed for them fit every network that has them. */
export function variableTexts(model: Model): string[] {
  return variablesOf(model).map(({ name, shape }) => `${name} ${shape.join('x')}`)
}

/**
 * A request that begins with confirmed weights, with its layers frozen as was asked.
 * @throws LabError `weights-other-network` where the network has other variables than those that were confirmed, or
 *   `layer-not-freezable`.
 */
export function withConfirmedWeights(request: RunRequest, { from, variables, frozen }: ConfirmedWeights): RunRequest {
  const own = variableTexts(request.config.model)
  const longer = own.length > variables.length ? own : variables
  const unlike = longer.findIndex((_, place) => own[place] !== variables[place])
  if (unlike >= 0) refuse('weights-other-network', { variable: longer[unlike].split(' ')[0] })
  const frozenAsAsked = frozen === null ? request : withFrozenLayers(request, frozen)
  return { ...frozenAsAsked, config: { ...frozenAsAsked.config, from } }
}
