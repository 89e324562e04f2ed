import type { DatasetProgress } from '../../../core/dataset.ts'

/** Told by a task how far it is: bytes while it reads, writes or compares, images while it prepares. */
export type TaskProgress = (
  stage: Extract<DatasetProgress['stage'], 'reading' | 'preparing' | 'packing'>,
  done: number,
  total: number,
) => void
