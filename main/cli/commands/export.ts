import type { ExportFormat } from '../../../core/runExport.ts'
import type { CommandContext } from '../context.ts'
import { bytes } from '../format.ts'

export interface ExportWish {
  readonly run: number
  readonly format: ExportFormat
  /** Absolute. */
  readonly folder: string
  readonly checkpoint: number | undefined
}

/** `lab export RUN --out DIR`: the trained network with its weights, for use elsewhere. */
export async function exportRun(
  { client, output }: CommandContext,
  { run, format, folder, checkpoint }: ExportWish,
): Promise<void> {
  const result = await client.runs.export({ run, format, folder, checkpoint })
  output.tell(
    { event: 'done', ...result },
    `Run ${run} at step ${result.checkpoint} is in ${result.folder} (${bytes(result.bytes)}).`,
  )
}
