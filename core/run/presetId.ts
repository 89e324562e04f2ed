import { z } from 'zod'

export const PresetId = z.enum(['seed', 'quick', 'deep', 'digits', 'clothes'])
export type PresetId = z.infer<typeof PresetId>
