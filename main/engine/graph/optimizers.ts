import { variablesOf } from '../../../core/network/geometry.ts'
import { constant, type Variable } from '../../../core/layers/parts/layerVariables.ts'
import type { Model } from '../../../core/network/model.ts'
import type { Optimizer } from '../../../core/run/run.ts'
import { adam, adamW } from './adam.ts'
import type { OptimizerMethod } from './optimizerMethod.ts'
import { sgd } from './sgd.ts'

/** The update rule of an optimizer. */
export function methodOf(optimizer: Optimizer): OptimizerMethod {
  switch (optimizer.kind) {
    case 'adam':
      return adam(optimizer)
    case 'adamw':
      return adamW(optimizer)
    case 'sgd':
      return sgd(optimizer)
  }
}

/**
 * Whether weight decay applies to a trained variable. It applies to kernels, which are the only variables with more
 * than one dimension, and not to biases, scales or shifts.
 */
export function decays({ shape }: Pick<Variable, 'shape'>): boolean {
  return shape.length > 1
}

/** Name of an optimizer slot of a variable in a checkpoint: `adam/conv_1/kernel/m`. */
export function slotName(optimizer: Optimizer, variable: string, slot: string): string {
  return `${optimizer.kind}/${variable}/${slot}`
}

/**
 * Everything that a session keeps between steps, and so everything in a checkpoint: the network's variables in the
 * order of its layers, then the optimizer's slots.
 * @throws LabError `model-invalid`
 */
export function sessionVariables(model: Model, optimizer: Optimizer): Variable[] {
  const variables = variablesOf(model)
  const slots = variables
    .filter(({ trained }) => trained)
    .flatMap(({ name, shape }) =>
      methodOf(optimizer).slots.map((slot) => constant(slotName(optimizer, name, slot), shape, 0, false)),
    )
  return [...variables, ...slots]
}
