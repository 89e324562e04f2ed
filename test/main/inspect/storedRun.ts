import type { DataChoice } from '../../../core/data/dataChoice.ts'
import type { DatasetCard } from '../../../core/data/dataset.ts'
import { choiceOf, viewOf } from '../../../core/data/datasetView.ts'
import type { RunChoices } from '../../../core/run/choices.ts'
import { requestFor } from '../../../core/run/presets.ts'
import type { EngineIdentity, PresetId, RunConfig } from '../../../core/run/run.ts'
import { writeCheckpoint } from '../../../main/engine/checkpoint/checkpointFile.ts'
import type { TensorValue } from '../../../main/engine/shared/tensorValue.ts'
import { checkpointFolder } from '../../../main/files/places.ts'
import type { Lab } from '../../../main/lab.ts'
import { firstTensors } from '../engine/graph/numbers.ts'

const engine: EngineIdentity = {
  tensorflow: 'none',
  binding: 'none',
  node: 'none',
  processor: 'none',
  threads: 1,
  graphVersion: 1,
}

interface StoredRunOptions {
  readonly preset?: PresetId
  readonly choices?: RunChoices
  /** Of a set that is in the home folder. */
  readonly card: DatasetCard
  /** The set's name in the configuration; by default the card's. Another one is that of a set that is gone. */
  readonly dataset?: string
  /** What of the set is taken; left out: all of it. */
  readonly choice?: DataChoice
  /** Changes the configuration. */
  readonly changed?: (config: RunConfig) => RunConfig
  /** Changes the weights before they are written. */
  readonly weights?: (weights: Map<string, TensorValue>) => Map<string, TensorValue>
}

/** A run that rests at step 0 with a checkpoint of these weights; nothing is trained, and no engine is started. */
export async function storedRun(
  lab: Lab,
  {
    preset = 'seed',
    choices,
    card,
    dataset = card.id,
    choice,
    changed = (config) => config,
    weights,
  }: StoredRunOptions,
) {
  const entry = lab.datasets.entry(card.id)
  if (entry.prepared === null) throw new Error(`${card.id} is not ready`)
  const view = viewOf(entry, choice ?? choiceOf({}))
  const data = { ...entry.prepared, ...(choice === undefined ? {} : { choice }) }
  const fitting = requestFor(preset, view, data, { batch: 20, ...choices })
  const config = changed({ ...fitting.config, data: { ...fitting.config.data, dataset } })
  const request = { ...fitting, config }
  const { id } = lab.history.createRun(request, view.sizes.train)
  const first = firstTensors(config.model, config.optimizer, 1)
  const snapshot = { step: 0, trainingSeconds: 0, variables: weights?.(first) ?? first }
  const folder = checkpointFolder(lab.home, id)
  const checkpoint = await writeCheckpoint(folder, snapshot, config, engine, 'start')
  lab.history.endRun(id, 'stopped', null, { checkpoint, trainingSeconds: 0 })
  return { run: id, config, checkpoint, folder }
}
