import type { PreparedCard } from '../../files/preparedCard.ts'
import type { Problem } from '../../../core/problems.ts'
import type { Broken, FormOrder } from '../prepared/makeForm.ts'
import type { ResizeOrder } from '../prepared/resizeForm.ts'
import type { ArraysTask, PreparedArraysSet } from './prepareArrays.ts'
import type { Collected, OriginalsPlace } from './collectPictures.ts'
import type { Pack, PackTask, UnpackTask } from './pack.ts'

/** What is done in a thread of its own, with what it needs for it and what comes of it. */
export interface TaskKinds {
  readonly arrays: { readonly order: ArraysTask; readonly result: PreparedArraysSet }
  /** `definition`: id of the set in the catalogue, whose reader cannot travel between threads. */
  readonly collect: {
    readonly order: { readonly originals: OriginalsPlace; readonly definition: string; readonly into: string }
    readonly result: Collected
  }
  readonly form: {
    readonly order: FormOrder
    readonly result: { readonly stored: PreparedCard; readonly broken: Broken }
  }
  readonly resize: { readonly order: ResizeOrder; readonly result: PreparedCard }
  readonly facts: { readonly order: { readonly folder: string; readonly stored: PreparedCard }; readonly result: null }
  /** MD5 of files, in their order. */
  readonly sums: { readonly order: { readonly files: readonly string[] }; readonly result: readonly string[] }
  readonly pack: { readonly order: PackTask; readonly result: { readonly bytes: number } }
  readonly unpack: { readonly order: UnpackTask; readonly result: Pack }
}
export type TaskKind = keyof TaskKinds

export type Task = {
  readonly [Kind in TaskKind]: { readonly kind: Kind; readonly order: TaskKinds[Kind]['order'] }
}[TaskKind]

/** What the thread tells; all but `progress` is its last word. */
export type TaskMessage<Kind extends TaskKind> =
  | {
      readonly kind: 'progress'
      readonly stage: 'reading' | 'preparing' | 'packing'
      readonly done: number
      readonly total: number
    }
  | { readonly kind: 'done'; readonly result: TaskKinds[Kind]['result'] }
  | { readonly kind: 'unfit'; readonly detail: string }
  | { readonly kind: 'failed'; readonly problem: Problem }
