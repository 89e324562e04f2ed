import {
  histogramOf,
  kernelsIn,
  kernelsMoved,
  largestOf,
  type KernelsQuestion,
  type LayerKernels,
} from '../../core/inspect/layerKernels.ts'
import { LabError } from '../../core/words/problems.ts'
import type { Inspection } from './inspection.ts'
import { layerKernel } from './layerKernel.ts'

/** Refusals that mean that a run's first weights are not to be had. */
const gone = new Set(['checkpoint-unknown', 'checkpoint-damaged', 'checkpoint-foreign'])

/** The kernel as the run began; null where that checkpoint is gone or damaged. */
async function firstKernel(inspection: Inspection, { run, layer }: KernelsQuestion): Promise<Float32Array | null> {
  try {
    return (await layerKernel(inspection, { run, layer, checkpoint: 0 })).kernel.data
  } catch (thrown) {
    if (thrown instanceof LabError && gone.has(thrown.problem.code)) return null
    throw thrown
  }
}

/** The kernels of a layer in figures. @throws as `layerKernel` does. */
export async function layerKernels(inspection: Inspection, question: KernelsQuestion): Promise<LayerKernels> {
  const { run, checkpoint, geometry, kernel, bias } = await layerKernel(inspection, question)
  const first = await firstKernel(inspection, question)
  const { shape, data } = kernel
  const largest = largestOf(data)
  const kernels = kernelsIn(shape, geometry.layer.kind === 'depthwise-conv')
  return {
    run,
    checkpoint: checkpoint.step,
    layer: question.layer,
    shape: [...shape],
    largest,
    histogram: histogramOf(data, largest),
    moved: first === null ? null : kernelsMoved(data, first, kernels),
    biases: bias === null ? null : [...bias],
  }
}
