import type { ProcessorFeatures } from '../../../core/layers/definition.ts'
import { cacheFolder } from '../../files/places.ts'
import { processorInstructions } from '../../platform/processor.ts'

/** The instructions of this processor. */
export const instructions = processorInstructions(cacheFolder())

/** The features of this processor that decide how a network is computed. What is not known counts as missing. */
export const processor: ProcessorFeatures = { wideVectors: instructions.avx512 === true }
