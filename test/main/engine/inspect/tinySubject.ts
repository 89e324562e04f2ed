import { onTestFinished } from 'vitest'
import type { InspectSubject } from '../../../../core/contract/inspectContract.ts'
import type { Model } from '../../../../core/network/model.ts'
import { writeCheckpoint } from '../../../../main/engine/checkpoint/checkpointFile.ts'
import { imagesOneByOne } from '../../../../main/engine/feed/imagesOneByOne.ts'
import { DataReader } from '../../../../main/engine/feed/preparedData.ts'
import type { LookTools } from '../../../../main/engine/inspect/lookTools.ts'
import { OpenNetworks } from '../../../../main/engine/inspect/openNetworks.ts'
import { engineIdentity } from '../../../../main/engine/process/tensorflow.ts'
import type { TensorValue } from '../../../../main/engine/shared/tensorValue.ts'
import path from 'node:path'
import { tinyRun } from '../train/tinyRun.ts'

export interface TinySubject {
  readonly subject: InspectSubject
  readonly dataFolder: string
  readonly tools: LookTools
}

/**
 * A checkpoint file of a network for the small set of `tinyRun` (32 x 32 in colour, three classes from dark to light,
 * 300 test images whose labels are their numbers modulo 3), removed at the end of the test.
 */
export async function tinySubject(
  model: Model,
  weights: ReadonlyMap<string, TensorValue>,
  step = 0,
): Promise<TinySubject> {
  const tiny = await tinyRun()
  onTestFinished(() => tiny.remove())
  const { config: seedConfig, dataFolder, checkpointFolder } = tiny.order('inspected')
  const config = { ...seedConfig, model }
  const snapshot = { step, trainingSeconds: 0, variables: weights }
  const { file, sha256 } = await writeCheckpoint(checkpointFolder, snapshot, config, engineIdentity(), 'end')
  const subject = { config, checkpoint: { path: path.join(checkpointFolder, file), sha256 } }
  const tools = { networks: new OpenNetworks(), data: new DataReader(0, imagesOneByOne) }
  return { subject, dataFolder, tools }
}

/** Mean brightness of the images of each class, of 0 to 1. */
const brightness = [0, 1, 2].map((label) => (63.5 + 60 * label) / 255)

/** Tells the classes of that set apart by the mean of all pixels. */
export const byBrightness: Model = {
  input: { height: 24, width: 24, channels: 3 },
  layers: [
    { kind: 'global-average-pool', name: 'means', scaling: null },
    { kind: 'dense', name: 'classes', units: 3, bias: true, initializer: 'glorot-uniform' },
  ],
  head: { kind: 'softmax', labelSmoothing: 0 },
}

/**
 * Weights with which it is always right: minus the squared distance to the brightness of each class, but for what all
 * have in common.
 * @param never A class that it never answers; null: none.
 */
export function brightnessWeights(never: number | null = null): ReadonlyMap<string, TensorValue> {
  const kernel = Float32Array.from({ length: 9 }, (_, place) => (2 * brightness[place % 3]) / 3)
  const bias = Float32Array.from(brightness, (mean, label) => (label === never ? -100 : -(mean ** 2)))
  return new Map([
    ['classes/kernel', { shape: [3, 3], data: kernel }],
    ['classes/bias', { shape: [3], data: bias }],
  ])
}
