import { largestOf } from '../../core/inspect/layerKernels.ts'
import { ofInputChannel, type KernelWeights } from '../../core/network/kernelWeights.ts'
import type { CheckpointChoice } from '../../core/run/run.ts'
import type { Inspection } from './inspection.ts'
import { checkInputChannel, layerKernel } from './layerKernel.ts'

export interface KernelQuestion {
  readonly run: number
  /** Name of a layer. */
  readonly layer: string
  /** From 0 on; the first one where it is left out. A dense layer has none. */
  readonly inputChannel?: number | undefined
  /** The newest where it is left out. */
  readonly checkpoint?: CheckpointChoice | undefined
}

/**
 * The kernels of a layer for one input channel.
 * @throws LabError `layer-without-channels`, `input-channel-unknown`, or as `layerKernel` does.
 */
export async function kernelWeights(inspection: Inspection, question: KernelQuestion): Promise<KernelWeights> {
  const { run, layer, inputChannel, checkpoint: choice = 'last' } = question
  const found = await layerKernel(inspection, { run, layer, checkpoint: choice })
  checkInputChannel(found, inputChannel ?? null)
  const { shape, data } = found.kernel
  const common = { run, checkpoint: found.checkpoint.step, layer, largest: largestOf(data) }
  if (shape.length === 2) return { ...common, inputChannel: null, shape: [...shape], values: [...data] }
  const [height, width, , outputs] = shape
  const channel = inputChannel ?? 0
  return {
    ...common,
    inputChannel: channel,
    shape: [height, width, outputs],
    values: ofInputChannel(data, shape, channel),
  }
}
