import path from 'node:path'
import { measure } from '../../core/network/geometry.ts'
import { ofInputChannel, type KernelWeights } from '../../core/network/kernelWeights.ts'
import { refuse } from '../../core/words/problems.ts'
import type { CheckpointChoice, RunConfig } from '../../core/run/run.ts'
import { readCheckpoint } from '../engine/checkpoint/checkpointFile.ts'
import { checkpointFolder, type Home } from '../files/places.ts'
import type { History } from '../history/history.ts'
import { chosenCheckpoint } from '../training/chosenCheckpoint.ts'

export interface KernelQuestion {
  readonly run: number
  /** Name of a layer. */
  readonly layer: string
  /** From 0 on; the first one where it is left out. A dense layer has none. */
  readonly inputChannel?: number | undefined
  /** The newest where it is left out. */
  readonly checkpoint?: CheckpointChoice | undefined
}

/** @throws LabError `layer-unknown` or `layer-without-kernel` with the layers that have one. */
function kernelName({ layer, run }: KernelQuestion, { model }: RunConfig): string {
  const layers = measure(model)
  const nameOf = (of: string): string => `${of}/kernel`
  const known = layers.filter(({ layer: { name }, variables }) => variables.some((one) => one.name === nameOf(name)))
  const asked = known.find((one) => one.layer.name === layer)
  if (asked !== undefined) return nameOf(layer)
  const names = known.map((one) => one.layer.name).join(', ')
  return layers.some((one) => one.layer.name === layer)
    ? refuse('layer-without-kernel', { layer, known: names })
    : refuse('layer-unknown', { layer, run, known: layers.map((one) => one.layer.name).join(', ') })
}

/**
 * The kernel of a layer, read from a checkpoint file: no engine is needed, and none is disturbed.
 * @throws LabError `run-unknown`, `layer-unknown`, `layer-without-kernel`, `layer-without-channels`,
 *   `input-channel-unknown`, `checkpoint-unknown`, `best-unknown`, `checkpoint-damaged` or `checkpoint-foreign`.
 */
export async function kernelWeights(home: Home, history: History, question: KernelQuestion): Promise<KernelWeights> {
  const { run, layer, inputChannel, checkpoint: choice = 'last' } = question
  const { config } = history.run(run)
  const name = kernelName(question, config)
  const checkpoint = chosenCheckpoint(history, run, choice)
  const file = { path: path.join(checkpointFolder(home, run), checkpoint.file), sha256: checkpoint.sha256 }
  const { variables } = await readCheckpoint(file, config)
  const kernel = variables.get(name) ?? refuse('checkpoint-damaged', { file: checkpoint.file, detail: `no ${name}` })
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

function largestOf(values: Float32Array): number {
  return values.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0)
}
