import { z } from 'zod'
import { HintKind } from '../../core/advice/hintKind.ts'
import { ObservedRun } from '../../core/advice/observedRun.ts'

/** A run as it was recorded, and what is wrong with it on purpose. */
export const Recording = z.strictObject({
  name: z.string(),
  /** The command that makes the recording again. */
  command: z.string(),
  /** Null for a sound run. */
  trouble: HintKind.nullable(),
  /** Detectors were adjusted on `tuning` alone; the table counts `kept`. */
  part: z.enum(['tuning', 'kept']),
  run: ObservedRun,
})
export type Recording = z.infer<typeof Recording>

function shortened(value: number): number {
  return Number.isInteger(value) ? value : Number(value.toPrecision(4))
}

/** The recording as the text of its file, with four digits of each number that was measured. */
export function recordingText(recording: Recording): string {
  const { run, ...head } = recording
  const { config, ...measured } = run
  const brief: unknown = JSON.parse(JSON.stringify(measured), (_, value: unknown) =>
    typeof value === 'number' ? shortened(value) : value,
  )
  return `${JSON.stringify({ ...head, run: { config, ...(brief as object) } })}\n`
}
