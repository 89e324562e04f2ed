import type { Sgd } from '../../../core/optimizer.ts'
import { float32 } from './graphBuilder.ts'
import type { OptimizerMethod } from './optimizerMethod.ts'

/**
 * Stochastic gradient descent with momentum, as PyTorch's `SGD` with dampening 0: with `g` the gradient plus
 * `weightDecay * w`, `velocity = momentum * velocity + g`, and `w -= learningRate * velocity`; with Nesterov's momentum
 * `w -= learningRate * (g + momentum * velocity)` (Sutskever et al. 2013, in the form of Bengio et al. 2012).
 *
 * That is ResourceApplyMomentum. ResourceApplyKerasMomentum keeps the learning rate within the velocity, and goes
 * another way as soon as the rate changes.
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
          const value = graph.add('ReadVariableOp', `${name}/value`, [variable], { dtype: float32 }, after)
          const pull = graph.add('Mul', `${name}/pull`, [value, decay], { T: float32 })
          whole = graph.add('AddV2', `${name}/decayed_gradient`, [gradient, pull], { T: float32 })
        }
        return graph.add(
          'ResourceApplyMomentum',
          name,
          [variable, velocity, rate, whole, momentum],
          { T: float32, use_nesterov: { bool: optimizer.nesterov } },
          after,
        )
      }
    },
  }
}
