import type { Phrase } from '../../../core/words/phrases.ts'
import type { PreparedCard } from '../../files/preparedCard.ts'
import type { Problem } from '../../../core/words/problems.ts'
import type { BrokenPictures, PreparePicturesOrder } from '../prepare/preparePictures.ts'
import type { ResizeFormOrder } from '../prepare/resizeForm.ts'
import type { PrepareArraysOrder, PreparedArraysResult } from '../prepare/prepareArrays.ts'
import type { CollectedPictures, OriginalsPlace } from '../prepare/collectPictures.ts'
import type { PackHeader, PackSetOrder, UnpackSetOrder } from '../store/packedSet.ts'
import type { PlanImagesOrder } from '../planning/planImages.ts'
import type { PlannedReadings, PlanningStage } from '../../../core/reading/planning.ts'
import type { ReadingWishes } from '../../../core/reading/readingWishes.ts'
import type { WorkStage } from './taskProgress.ts'

/** The tasks that run in the worker thread, each with its input and its result. */
export interface Tasks {
  readonly prepareArrays: { readonly order: PrepareArraysOrder; readonly result: PreparedArraysResult }
  /** `definition`: id of the set in the catalogue, because its reader cannot be sent to a thread. */
  readonly collectPictures: {
    readonly order: {
      readonly originals: OriginalsPlace
      readonly definition: string
      readonly into: string
      readonly wishes: ReadingWishes
    }
    readonly result: CollectedPictures
  }
  /** Draws a set of the catalogue and writes its files into a folder; the result is their paths. */
  readonly drawSet: {
    readonly order: { readonly dataset: string; readonly into: string }
    readonly result: readonly string[]
  }
  readonly preparePictures: {
    readonly order: PreparePicturesOrder
    readonly result: { readonly stored: PreparedCard; readonly broken: BrokenPictures }
  }
  readonly resizeForm: { readonly order: ResizeFormOrder; readonly result: PreparedCard }
  readonly writeFacts: {
    readonly order: { readonly folder: string; readonly stored: PreparedCard }
    readonly result: null
  }
  /** MD5 of files, in their order. */
  readonly hashFiles: { readonly order: { readonly files: readonly string[] }; readonly result: readonly string[] }
  readonly packSet: { readonly order: PackSetOrder; readonly result: { readonly bytes: number } }
  readonly planImages: {
    readonly order: PlanImagesOrder
    readonly result: PlannedReadings
  }
  readonly unpackSet: { readonly order: UnpackSetOrder; readonly result: PackHeader }
}
export type TaskKind = keyof Tasks

/** The stages of a task's progress. */
export type StageOf<Kind extends TaskKind> = Kind extends 'planImages' ? PlanningStage : WorkStage

export type Task = {
  readonly [Kind in TaskKind]: { readonly kind: Kind; readonly order: Tasks[Kind]['order'] }
}[TaskKind]

/** The thread's messages. All but `progress` are final. */
export type TaskMessage<Kind extends TaskKind> =
  | {
      readonly kind: 'progress'
      readonly stage: StageOf<Kind>
      readonly done: number
      readonly total: number
    }
  | { readonly kind: 'done'; readonly result: Tasks[Kind]['result'] }
  | { readonly kind: 'unfit'; readonly said: Phrase }
  | { readonly kind: 'failed'; readonly problem: Problem }
