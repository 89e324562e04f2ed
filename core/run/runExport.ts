import { z } from 'zod'
import { PassProgress } from '../inspect/passProgress.ts'
import { CheckpointChoice, RunId } from './run.ts'

/** Forms in which a trained network can be taken elsewhere. */
export const NetworkFormat = z.enum(['saved-model', 'onnx', 'keras', 'pytorch'])
export type NetworkFormat = z.infer<typeof NetworkFormat>

/** Forms in which what was measured of a run can be taken elsewhere. */
export const RunFormat = z.enum(['tensorboard', 'csv'])
export type RunFormat = z.infer<typeof RunFormat>

/** Forms in which a run can be taken elsewhere. */
export const ExportFormat = z.enum([...NetworkFormat.options, ...RunFormat.options])
export type ExportFormat = z.infer<typeof ExportFormat>

/** Whether a format takes what was measured of a run, and not its network. */
export function isRunFormat(format: ExportFormat): format is RunFormat {
  return RunFormat.safeParse(format).success
}

/** Types of the pixels that an exported network takes, of 0 to 255. */
export const PixelInput = z.enum(['uint8', 'float32'])
export type PixelInput = z.infer<typeof PixelInput>

/** What is written, and where. */
export const ExportQuestion = z.strictObject({
  run: RunId,
  /** Whose network is written, or of whose step the model card tells. */
  checkpoint: CheckpointChoice,
  format: ExportFormat,
  /** Type of the pixels that an ONNX network takes; the other formats say their own. */
  input: PixelInput,
  /** An absolute path on the computer of the lab; empty or not there yet. */
  folder: z.string().min(1),
  /** Whether a run that is written for TensorBoard is written on while it trains. */
  live: z.boolean(),
})
export type ExportQuestion = z.infer<typeof ExportQuestion>

/** What was written, and where. */
export const ExportResult = z.strictObject({
  run: RunId,
  /** Step of the checkpoint that was written. */
  checkpoint: z.int().min(0),
  format: ExportFormat,
  folder: z.string(),
  /** Names of the files in the folder. */
  files: z.array(z.string()),
  bytes: z.int().min(1),
})
export type ExportResult = z.infer<typeof ExportResult>

/** How many bytes of a network, or steps of a run, are written, and at last what. */
export const ExportEvent = z.discriminatedUnion('kind', [
  PassProgress,
  z.strictObject({ kind: z.literal('done'), result: ExportResult }),
])
export type ExportEvent = z.infer<typeof ExportEvent>
