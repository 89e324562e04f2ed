import type { Sgd } from '../../../core/run/optimizer.ts'
import { add, mul } from '../../../core/graph/operations/arithmetic.ts'
import { applyMomentum, readVariable } from '../../../core/graph/operations/variables.ts'
import type { OptimizerMethod } from './optimizerMethod.ts'

/**
 * Stochastic gradient descent with momentum, as PyTorch's `SGD` with dampening 0. Let `g` be the gradient plus
 * `weightDecay * w`. Then `velocity = momentum * velocity + g` and `w -= learningRate * velocity`. With Nesterov's
 * momentum, `w -= learningRate * (g + momentum * velocity)` (Sutskever et al. 2013, in the form of Bengio et al. 2012).
 *
 * This is ResourceApplyMomentum. ResourceApplyKerasMomentum includes the learning rate in the velocity, which gives
 * other results as soon as the rate changes.
 */
export function sgd(optimizer: Sgd): OptimizerMethod {
  return {
    slots: ['velocity'],
    numbers: ['rate', 'momentum'],
    numbersAt: (_step, { learningRate, momentum }) => [learningRate, momentum ?? optimizer.momentum],
    updaterIn(graph, [rate, momentum]) {
      const decay = optimizer.weightDecay > 0 ? graph.number('weight_decay', optimizer.weightDecay) : null
      return ({ name, variable, slots: [velocity], decays, gradient, after }) => {
        let whole = gradient
        if (decay !== null && decays) {
          const value = readVariable(graph, `${name}/value`, variable, after)
          whole = add(graph, `${name}/decayed_gradient`, gradient, mul(graph, `${name}/pull`, value, decay))
        }
        return applyMomentum(
          graph,
          name,
          { variable, velocity, rate, gradient: whole, momentum, nesterov: optimizer.nesterov },
          after,
        )
      }
    },
  }
}
