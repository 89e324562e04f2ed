import type { ProcessorFeatures } from '../../../core/layers/definition.ts'
import { processorInstructions } from '../../platform/processor.ts'

/** The features of this processor that decide how a network is computed. What is not known counts as missing. */
export const processor: ProcessorFeatures = { wideVectors: processorInstructions().avx512 === true }
