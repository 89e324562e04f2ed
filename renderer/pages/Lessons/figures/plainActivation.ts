import type { ActivationFunction } from '../../../../core/layers/parts/activationFunction.ts'

/** An activation function without settings. */
export type PlainActivation = Exclude<ActivationFunction['kind'], 'leaky-relu'>
