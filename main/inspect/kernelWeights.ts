import { largestOf, ofInputChannel, type KernelWeights } from '../../core/network/kernelWeights.ts'
import { refuse } from '../../core/words/problems.ts'
import type { CheckpointChoice } from '../../core/run/run.ts'
import type { Inspection } from './inspection.ts'
import { layerKernel } from './layerKernel.ts'

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
  const { checkpoint, kernel } = await layerKernel(inspection, { run, layer, checkpoint: choice })
  const { shape, data } = kernel
  const found = { run, checkpoint: checkpoint.step, layer, largest: largestOf(data) }
  if (shape.length === 2) {
    if (inputChannel !== undefined) refuse('layer-without-channels', { layer })
    return { ...found, inputChannel: null, shape: [...shape], values: [...data] }
  }
  const [height, width, inputs, outputs] = shape
  const channel = inputChannel ?? 0
  if (channel >= inputs) refuse('input-channel-unknown', { layer, channel, last: inputs - 1 })
  return {
    ...found,
    inputChannel: channel,
    shape: [height, width, outputs],
    values: ofInputChannel(data, shape, channel),
  }
}
