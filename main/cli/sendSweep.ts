import type { SweepToSend } from '../../core/sweep/sending.ts'
import type { SweepSummary } from '../../core/sweep/sweep.ts'
import { refuse } from '../../core/words/problems.ts'
import type { CommandContext } from './context.ts'
import { transferBar } from './transferBar.ts'

/**
 * Sends a sweep, or what is left of one, to its cluster and shows how far it has come. An interruption calls it back.
 * @throws LabError `interrupted` or `owner-gone`, or why it cannot be sent.
 */
export async function sendSweep(
  { client, output, interruption }: Pick<CommandContext, 'client' | 'output' | 'interruption'>,
  order: SweepToSend,
): Promise<SweepSummary> {
  try {
    for await (const event of await client.sweeps.send(order, { signal: interruption.signal })) {
      if (event.kind === 'begun') return event.sweep
      output.progress(transferBar('sending', event.progress, output.columns))
    }
  } catch (thrown) {
    if (interruption.happened) refuse('interrupted', {})
    throw thrown
  } finally {
    output.end()
  }
  return refuse('owner-gone', {})
}
