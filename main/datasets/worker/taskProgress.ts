import type { DatasetProgress } from '../../../core/data/dataset.ts'

/** Reports a task's progress: bytes while it reads, writes or packs, images while it prepares. */
export type TaskProgress = (
  stage: Extract<DatasetProgress['stage'], 'reading' | 'preparing' | 'packing'>,
  done: number,
  total: number,
) => void
