import path from 'node:path'
import { choiceOf, viewOf } from '../../core/data/datasetView.ts'
import type { InspectSubject } from '../../core/contract/inspectContract.ts'
import { imageName } from '../../core/layers/parts/fields.ts'
import { classesOf, measure } from '../../core/network/geometry.ts'
import type { Shape } from '../../core/network/shapes.ts'
import type { Checkpoint, RunConfig, RunId } from '../../core/run/run.ts'
import type { LookSubject } from '../../core/inspect/looking.ts'
import { refuse } from '../../core/words/problems.ts'
import type { DatasetStore } from '../datasets/datasetStore.ts'
import type { Log } from '../files/log.ts'
import { checkpointFolder, type Home } from '../files/places.ts'
import type { NetworkWeights } from '../engine/checkpoint/networkWeights.ts'
import type { History } from '../history/history.ts'
import { chosenCheckpoint } from '../training/chosenCheckpoint.ts'
import { datasetOfRun } from '../training/runData.ts'
import type { FiguresThread } from './errors/figuresThread.ts'
import type { PlaneThreads } from './embedding/planeThreads.ts'
import type { StoredPlanes } from './embedding/storedPlanes.ts'
import type { StoredVectors } from './embedding/storedVectors.ts'
import type { StoredPasses } from './errors/storedPasses.ts'
import type { GivenPictures } from './givenPictures.ts'
import type { InspectEngine } from './inspectEngine.ts'
import type { KeptExplanations } from './keptExplanations.ts'
import type { KeptImages } from './keptImages.ts'
import type { LayerValues } from './layerValues.ts'

/** What looking inside needs. */
export interface Inspection {
  readonly home: Home
  readonly history: History
  readonly datasets: DatasetStore
  readonly engine: InspectEngine
  readonly given: GivenPictures
  readonly images: KeptImages
  readonly values: LayerValues
  readonly weights: NetworkWeights
  readonly explained: KeptExplanations
  readonly passes: StoredPasses
  readonly figures: FiguresThread
  readonly vectors: StoredVectors
  readonly planes: StoredPlanes
  readonly planeThreads: PlaneThreads
  readonly log: Log
}

/** A checkpoint of a run, found. */
export interface FoundSubject {
  readonly run: RunId
  readonly config: RunConfig
  readonly checkpoint: Checkpoint
  /** As the engine is told of it. */
  readonly order: InspectSubject
}

/**
 * Finds a checkpoint.
 * @throws LabError `run-unknown`, `checkpoint-unknown` or `best-unknown`.
 */
export function subjectOf({ home, history }: Inspection, { run, checkpoint: choice }: LookSubject): FoundSubject {
  const { config } = history.run(run)
  const checkpoint = chosenCheckpoint(history, run, choice)
  const file = { path: path.join(checkpointFolder(home, run), checkpoint.file), sha256: checkpoint.sha256 }
  return { run, config, checkpoint, order: { config, checkpoint: file } }
}

/**
 * The shape of a layer's output, or of `input`, without the batch.
 * @throws LabError `layer-unknown`.
 */
export function layerShape({ run, config: { model } }: Pick<FoundSubject, 'run' | 'config'>, layer: string): Shape {
  const { height, width, channels } = model.input
  if (layer === imageName) return [height, width, channels]
  const measured = measure(model)
  const known = [imageName, ...measured.map((one) => one.layer.name)].join(', ')
  return measured.find((one) => one.layer.name === layer)?.output ?? refuse('layer-unknown', { layer, run, known })
}

/** Checks the index of a class. @throws LabError `class-number-unknown`. */
export function checkClass({ model }: RunConfig, label: number): void {
  const last = classesOf(model) - 1
  if (label > last) refuse('class-number-unknown', { class: label, last })
}

/**
 * The English names of a run's classes. A set that was removed still has them in the catalogue.
 * @throws LabError `own-set-removed`, or `dataset-missing` where its names are gone with it.
 */
export function classNamesOf({ datasets }: Inspection, config: RunConfig, count: number): readonly string[] {
  const dataset = datasetOfRun(datasets, config)
  const { classes } = viewOf(dataset, choiceOf(config.data))
  return classes.length === count ? classes : refuse('dataset-missing', { dataset: dataset.name, id: dataset.id })
}
