import { choiceOf } from '../../core/data/datasetView.ts'
import { type ImageChoice, usualImage } from '../../core/inspect/imageChoice.ts'
import type { MapPlace } from '../../core/inspect/mapPlace.ts'
import type { MapScale, PictureOf } from '../../core/inspect/pictureQuestion.ts'
import type { Checkpoint, RunDetail } from '../../core/run/run.ts'

export const lookTabs = ['distortion', 'weights', 'maps', 'why', 'sum'] as const
export type LookTab = (typeof lookTabs)[number]

/** A run with the checkpoint of it that is looked into: only what stays as it is while the run trains. */
export interface Looked {
  readonly run: Pick<RunDetail, 'id' | 'config'>
  readonly checkpoint: Checkpoint
}

/**
 * What is chosen on the page Look. The page Errors shares its checkpoint and what stands beside. It lives as long as the
 * window.
 */
export class LookView {
  tab = $state<LookTab>('maps')
  image = $state.raw<ImageChoice>(usualImage)
  /** Step of the checkpoint; null follows the newest. */
  step = $state<number | null>(null)
  /** What is looked into beside it; null: nothing. A step of null follows the newest there too. */
  beside = $state.raw<{ readonly run: number; readonly step: number | null } | null>(null)
  /** Name of the layer; null takes the first that suits the tab. */
  layer = $state<string | null>(null)
  map = $state(0)
  scale = $state<MapScale>('layer')
  /** The input channel whose weights are shown. */
  inputChannel = $state(0)
  /** Whether kernels that take colours are shown in these. */
  inColour = $state(false)
  /** The class whose reasons are shown; null: the network's answer. */
  label = $state<number | null>(null)
  /** Whether reasons are drawn over the image. */
  over = $state(true)
  /** The layer of Grad-CAM; null: the last that gives maps. */
  camLayer = $state<string | null>(null)
  /** Side of the patch that covers the image, in pixels. */
  patch = $state(6)
  /** The place in the map that is pointed at. */
  place = $state.raw<MapPlace | null>(null)

  /** The run that was looked into last. */
  #run: number | null = null

  /** Shows a run, and begins anew where it is another one. */
  enter(run: number): void {
    if (this.#run !== null && this.#run !== run) this.begin()
    this.#run = run
  }

  /** Shows a test image at a checkpoint of a run. */
  showTestImage(run: number, step: number, number: number): void {
    this.enter(run)
    this.step = step
    this.image = { kind: 'stored', split: 'test', number }
  }

  /** Begins anew with another run: what its network does not have is let go. */
  begin(): void {
    this.step = null
    this.beside = null
    this.label = null
    this.camLayer = null
    this.layer = null
    this.map = 0
    this.inputChannel = 0
    this.place = null
  }

  /** Shows a layer from its first map on. */
  showLayer(layer: string): void {
    this.layer = layer
    this.map = 0
    this.place = null
  }

  showMap(map: number): void {
    this.map = map
    this.place = null
  }

  /** Shows how one value of a layer was computed. */
  showSum(layer: string, map: number, place: MapPlace | null): void {
    this.tab = 'sum'
    this.layer = layer
    this.map = map
    this.inputChannel = 0
    this.place = place
  }
}

export const look = new LookView()

/**
 * The checkpoint at a step, or the nearest one: a run that trains deletes most of its old ones. The newest for null.
 */
export function checkpointAt(run: Pick<RunDetail, 'checkpoints'>, step: number | null): Checkpoint | null {
  if (step === null) return newestOf(run)
  return run.checkpoints.reduce<Checkpoint | null>(
    (nearest, one) => (nearest === null || Math.abs(one.step - step) < Math.abs(nearest.step - step) ? one : nearest),
    null,
  )
}

function newestOf({ checkpoints }: Pick<RunDetail, 'checkpoints'>): Checkpoint | null {
  return checkpoints.reduce<Checkpoint | null>(
    (newest, one) => (newest === null || one.step > newest.step ? one : newest),
    null,
  )
}

/** Whether the lists of two runs have the same images under the same numbers. */
export function hasSameImages(one: Pick<RunDetail, 'config'>, other: Pick<RunDetail, 'config'>): boolean {
  const imagesOf = ({ config: { data } }: Pick<RunDetail, 'config'>): string =>
    JSON.stringify([data.dataset, data.sha256, choiceOf(data)])
  return imagesOf(one) === imagesOf(other)
}

/** How a picture names a checkpoint. */
export function inPictures({ run, checkpoint }: Looked): Pick<PictureOf<'maps'>, 'run' | 'step' | 'sha256'> {
  return { run: run.id, step: checkpoint.step, sha256: checkpoint.sha256.slice(0, 12) }
}

/** How a question names it. */
export function inQuestions({ run, checkpoint }: Looked): { readonly run: number; readonly checkpoint: number } {
  return { run: run.id, checkpoint: checkpoint.step }
}
