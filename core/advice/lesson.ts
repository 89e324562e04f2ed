import { z } from 'zod'

/** The theory that a hint is about. */
export const Lesson = z.enum([
  'activations',
  'softmax',
  'learning-rate',
  'batch-size',
  'initial-weights',
  'overfitting',
  'test-set',
])
export type Lesson = z.infer<typeof Lesson>
