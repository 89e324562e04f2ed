import { z } from 'zod'

/**
 * Forms in which a trained network can be taken elsewhere: `saved-model` is TensorFlow's folder, which its Python
 * opens.
 */
export const ExportFormat = z.enum(['saved-model'])
export type ExportFormat = z.infer<typeof ExportFormat>
