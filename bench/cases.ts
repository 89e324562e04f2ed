import { undistorted } from '../core/run/augmentation.ts'
import type { DatasetCard, DatasetFacts, PreparedData } from '../core/data/dataset.ts'
import { measure } from '../core/network/geometry.ts'
import { requestFor } from '../core/run/presets.ts'
import type { RunConfig } from '../core/run/run.ts'

export const networks = ['seed', 'quick'] as const
export type NetworkId = (typeof networks)[number]

export const batches = [100, 250, 500] as const

/** One network at one batch size, as every contestant trains it. */
export interface Case {
  readonly id: string
  readonly network: NetworkId
  readonly batch: number
  readonly config: RunConfig
}

/** The data set that everything is measured on. */
export type BenchData = {
  readonly card: DatasetCard & Pick<DatasetFacts, 'pixelStatistics'>
  readonly prepared: PreparedData
}

/**
 * Rates at which both networks learn without blowing up for as long as they are measured. They are constant, so that no
 * contestant is measured with its schedule; what a step costs does not depend on it.
 */
const learningRates: Record<NetworkId, number> = { seed: 1e-4, quick: 0.02 }

/** A preset unchanged but for batch size and a constant rate; evaluated without mirror images, as the peers do. */
export function caseOf(network: NetworkId, batch: number, { card, prepared }: BenchData): Case {
  const learningRate = learningRates[network]
  const { config } = requestFor(network, card, prepared, { batch })
  return {
    id: `${network}-${batch}`,
    network,
    batch,
    config: {
      ...config,
      schedule: { kind: 'constant', learningRate, warmUp: null },
      evaluation: { ...config.evaluation, flips: false },
    },
  }
}

/** What a peer is told about a case: layers with their shapes, so that no peer computes shapes itself. */
export function describedFor(one: Case) {
  const { model, augmentation, optimizer, schedule, data, batch } = one.config
  return {
    id: one.id,
    batch,
    input: model.input,
    layers: measure(model).map(({ layer, inputs, output }) => ({
      ...layer,
      from: inputs.map(({ from }) => from),
      inputs: inputs.map(({ shape }) => shape),
      output,
    })),
    head: model.head,
    // Only what is switched on: a peer refuses what it does not know.
    augmentation: Object.fromEntries(
      Object.entries(augmentation).filter(([name, value]) => value !== Reflect.get(undistorted, name)),
    ),
    optimizer,
    learningRate: schedule.learningRate,
    pixels: data.pixels,
  }
}
