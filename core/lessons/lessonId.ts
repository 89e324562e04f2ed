import { z } from 'zod'

/** The lessons, in the order of the lab. A name is kept with what was answered, so it never changes its meaning. */
export const lessonIds = [
  'image',
  'neuron',
  'convolution',
  'subsampling',
  'activation',
  'dense',
  'softmax',
  'landscape',
  'batch',
  'weights',
  'distortion',
  'test-set',
  'tanh',
] as const

export const LessonId = z.enum(lessonIds)
export type LessonId = z.infer<typeof LessonId>
