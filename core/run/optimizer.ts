import { z } from 'zod'

/** A share of something running that is kept from step to step. */
export const Decay = z.number().min(0).lt(1)
const Factor = z.number().min(0).max(1)

const common = {
  /**
   * Largest length of all gradients together, taken as one vector; longer ones are shortened to it, all by the same
   * factor (Pascanu et al. 2013). Null leaves them.
   */
  clipNorm: z.number().positive().max(1e6).nullable(),
}

const moments = {
  /**
   * How much of the gradient's running mean is kept from step to step. A schedule that cycles the momentum gives it
   * instead.
   */
  beta1: Decay,
  /** How much of the running mean of the gradient's square is kept. */
  beta2: Decay,
  epsilon: z.number().positive().max(1),
}

/** Adam (Kingma & Ba 2015, algorithm 1). */
export const Adam = z.strictObject({ kind: z.literal('adam'), ...moments, ...common })
export type Adam = z.infer<typeof Adam>

/**
 * Adam with decoupled weight decay (Loshchilov & Hutter 2019): each step also multiplies the kernels by
 * 1 - learning rate x `weightDecay`.
 */
export const AdamW = z.strictObject({ kind: z.literal('adamw'), ...moments, weightDecay: Factor, ...common })
export type AdamW = z.infer<typeof AdamW>

/**
 * Stochastic gradient descent with momentum (Polyak 1964) or Nesterov's (Sutskever et al. 2013), as PyTorch's `SGD`.
 */
export const Sgd = z.strictObject({
  kind: z.literal('sgd'),
  /**
   * How much of the velocity is kept from step to step; 0 is plain gradient descent. A schedule that cycles the
   * momentum gives it instead.
   */
  momentum: Decay,
  nesterov: z.boolean(),
  /** This times the kernel is added to its gradient (L2 regularisation). */
  weightDecay: Factor,
  ...common,
})
export type Sgd = z.infer<typeof Sgd>

/** How the weights follow their gradients. Weight decay leaves biases and batch norm's scale and shift alone. */
export const Optimizer = z.discriminatedUnion('kind', [Adam, AdamW, Sgd])
export type Optimizer = z.infer<typeof Optimizer>
