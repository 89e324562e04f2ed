import { Decay, Optimizer } from './optimizer.ts'
import { phrase } from '../words/phrases.ts'
import { refuse } from '../words/problems.ts'

/** The kinds of optimizer. */
export const optimizerKinds: readonly Optimizer['kind'][] = Optimizer.options.map(({ shape }) => shape.kind.value)

/** What a person may enter as momentum. With 1 nothing would ever be forgotten, so the largest stays clear of it. */
export const Momentum = Decay.max(0.9999)

/** What a person may change of an optimizer. */
export interface OptimizerChoices {
  readonly optimizer?: Optimizer['kind'] | undefined
  /** Momentum of SGD, beta1 of Adam. */
  readonly momentum?: number | undefined
  readonly weightDecay?: number | undefined
  /** Null takes a preset's clipping away. */
  readonly clipNorm?: number | null | undefined
}

/** The usual settings of each kind: those of PyTorch 2.13, and for SGD Nesterov's momentum of 0.9. */
const usual: { readonly [Kind in Optimizer['kind']]: Extract<Optimizer, { kind: Kind }> } = {
  adam: { kind: 'adam', beta1: 0.9, beta2: 0.999, epsilon: 1e-8, clipNorm: null },
  adamw: { kind: 'adamw', beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weightDecay: 0.01, clipNorm: null },
  sgd: { kind: 'sgd', momentum: 0.9, nesterov: true, weightDecay: 0, clipNorm: null },
}

/**
 * Rates with which each kind usually learns: Adam's as Kingma & Ba 2015 give it, that of SGD with momentum as
 * Krizhevsky et al. 2012.
 */
const usualRates: Readonly<Record<Optimizer['kind'], number>> = { adam: 1e-3, adamw: 1e-3, sgd: 1e-2 }

/**
 * The learning rate to begin with: the given one for an optimizer of the base's kind, since rates of another kind mean
 * something else.
 */
export function startingLearningRate(
  base: Optimizer,
  learningRate: number,
  kind: Optimizer['kind'] | undefined,
): number {
  return kind === undefined || kind === base.kind ? learningRate : usualRates[kind]
}

/**
 * An optimizer with a person's choices on top: of another kind it begins with the usual settings of that kind.
 * @throws LabError `setting-unfit` for a weight decay of Adam, which has none.
 */
export function chosenOptimizer(base: Optimizer, choices: OptimizerChoices): Optimizer {
  const kind = choices.optimizer ?? base.kind
  const before = kind === base.kind ? base : usual[kind]
  const clipNorm = choices.clipNorm === undefined ? base.clipNorm : choices.clipNorm
  const { momentum, weightDecay } = choices
  switch (before.kind) {
    case 'adam':
      if (weightDecay !== undefined)
        refuse('setting-unfit', {
          setting: phrase('setting-weight-decay', {}),
          detail: phrase('adam-without-decay', {}),
        })
      return { ...before, beta1: momentum ?? before.beta1, clipNorm }
    case 'adamw':
      return { ...before, beta1: momentum ?? before.beta1, weightDecay: weightDecay ?? before.weightDecay, clipNorm }
    case 'sgd':
      return {
        ...before,
        momentum: momentum ?? before.momentum,
        weightDecay: weightDecay ?? before.weightDecay,
        clipNorm,
      }
  }
}
