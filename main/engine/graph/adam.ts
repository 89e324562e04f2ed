import type { Adam, AdamW } from '../../../core/run/optimizer.ts'
import { mul } from '../../../core/graph/operations/arithmetic.ts'
import { applyAdam, assignVariable, readVariable } from '../../../core/graph/operations/variables.ts'
import type { OptimizerMethod } from './optimizerMethod.ts'

/**
 * Adam (Kingma & Ba 2015, algorithm 1). `m` and `v` are running averages of the gradient and of its square, and `w -=
 * learningRate * mHat / (sqrt(vHat) + epsilon)` with `mHat = m / (1 - beta1^step)`, `vHat = v / (1 - beta2^step)`. When
 * a schedule cycles the momentum, it sets beta1, and the correction uses the current beta1, as in PyTorch.
 *
 * ResourceApplyAdam computes `w -= rate * sqrt(1 - beta2Power) / (1 - beta1Power) * m / (sqrt(v) + epsilon)` in
 * float32, where `1 - 0.999^step` loses half of its digits in the first steps. So both powers are passed as 0, and the
 * correction is applied to the rate and to epsilon here, in double precision. The result is algorithm 1, rearranged.
 */
export function adam(optimizer: Adam | AdamW): OptimizerMethod {
  // The operation stores the betas in float32, so the correction must use those values.
  const beta2 = Math.fround(optimizer.beta2)
  return {
    slots: ['m', 'v'],
    numbers: ['rate', 'epsilon', 'beta1'],
    numbersAt(step, { learningRate, momentum }) {
      const beta1 = Math.fround(momentum ?? optimizer.beta1)
      const root = Math.sqrt(1 - beta2 ** step)
      return [(learningRate * root) / (1 - beta1 ** step), optimizer.epsilon * root, beta1]
    },
    updaterIn(graph, [rate, epsilon, beta1]) {
      const none = graph.number('no_power', 0)
      const beta2Node = graph.number('beta2', beta2)
      return ({ name, variable, slots: [m, v], gradient, after }) =>
        applyAdam(
          graph,
          name,
          { variable, m, v, beta1Power: none, beta2Power: none, rate, beta1, beta2: beta2Node, epsilon, gradient },
          after,
        )
    },
  }
}

/**
 * AdamW (Loshchilov & Hutter 2019, algorithm 2; the decay is multiplied by the learning rate, as in PyTorch). Before
 * the step of Adam, `w *= 1 - learningRate * weightDecay`. The gradient is that of the weights before the decay.
 */
export function adamW(optimizer: AdamW): OptimizerMethod {
  const plain = adam(optimizer)
  return {
    ...plain,
    numbers: [...plain.numbers, 'kept'],
    numbersAt: (step, pace) => [...plain.numbersAt(step, pace), 1 - pace.learningRate * optimizer.weightDecay],
    updaterIn(graph, numbers) {
      const kept = numbers[plain.numbers.length]
      const update = plain.updaterIn(graph, numbers)
      return (of) => {
        if (!of.decays) return update(of)
        const value = readVariable(graph, `${of.name}/before_decay`, of.variable, of.after)
        const decayed = mul(graph, `${of.name}/decayed`, value, kept)
        const assigned = assignVariable(graph, `${of.name}/decay`, of.variable, decayed)
        return update({ ...of, after: [assigned] })
      }
    },
  }
}
