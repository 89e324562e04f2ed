import type { DatasetView } from '../data/datasetView.ts'
import type { RunChoices } from '../run/choices.ts'
import { type ChosenData, requestFor } from '../run/presets.ts'
import type { RunRequest } from '../run/run.ts'
import { exampleNetwork } from './exampleNetwork.ts'
import { ExampleKey } from './recordedRun.ts'

/** The data set on which the example was trained. */
export const exampleDataset = 'shapes'

/** What the example's network is called. It is no saved network: its runs have it. */
const networkName = 'Example network'

const common: RunChoices = {
  network: { origin: { name: networkName, version: null }, network: exampleNetwork },
  batch: 50,
  goal: 1200,
  evaluateEvery: 150,
  learningRate: 0.003,
}

/** What each run has of its own, so that a comparison shows what the choice does. */
const choices: Record<ExampleKey, RunChoices> = {
  good: common,
  fast: { ...common, learningRate: 0.05 },
  undistorted: { ...common, distort: false },
}

/** The example's runs as a person would start them on the prepared set, in their order. */
export function exampleRequests(view: DatasetView, data: ChosenData): { key: ExampleKey; request: RunRequest }[] {
  return ExampleKey.options.map((key) => ({ key, request: requestFor('seed', view, data, choices[key]) }))
}
