import type { DatasetProgress } from '../../../core/data/dataset.ts'

/** The stages of the tasks that make a set. */
export type WorkStage = Extract<DatasetProgress['stage'], 'reading' | 'preparing' | 'packing'>

/**
 * Reports a task's progress: bytes while it reads, writes or packs, images while it prepares. Planning has stages of
 * its own (`PlanningProgress`).
 */
export type TaskProgress<Stage extends string = WorkStage> = (stage: Stage, done: number, total: number) => void
