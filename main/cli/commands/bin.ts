import { binDays } from '../../../core/run/bin.ts'
import { LabError } from '../../../core/words/problems.ts'
import { defineCommand } from '../command.ts'
import type { CommandContext } from '../context.ts'
import { bar, bytes } from '../format.ts'
import { flag } from '../optionKinds.ts'
import { columnsTable } from '../runColumns.ts'
import { rowsOf } from '../runsQuestion.ts'

const columns = ['id', 'name', 'set', 'best', 'bytes', 'deleted']

export const binCommand = defineCommand({
  name: 'bin',
  summary: 'List the runs in the bin, or delete them for good',
  options: { empty: flag('Delete all of them for good, with their checkpoints') },
  // It stops after the run that is being deleted.
  endsItself: true,
  read: (_, { empty }) => ({ empty }),
  run: async (context, { empty }) => {
    if (empty) {
      await emptyBin(context)
      return
    }
    const rows = await rowsOf(context, { where: '', shelf: 'bin', sort: [], settings: [] })
    context.output.tell(
      rows.map(({ facts }) => facts),
      rows.length === 0
        ? 'The bin is empty.'
        : `${columnsTable(rows, columns, [])}\n\nEach is deleted for good ${binDays} days after it came here. “lab restore RUN” takes it out, “lab bin --empty” deletes all.`,
    )
  },
})

async function emptyBin({ client, output, interruption }: CommandContext): Promise<void> {
  const events = await client.runs.emptyBin({}, { signal: interruption.signal })
  for await (const event of events) {
    if (event.kind === 'emptying') {
      output.progress(
        bar(event.total === 0 ? 1 : event.done / event.total, `${event.done} of ${event.total} runs`, output.columns),
      )
      continue
    }
    output.end()
    output.tell(
      { event: 'done', runs: event.runs, bytes: event.bytes, left: event.left },
      `Deleted for good: ${event.runs === 1 ? '1 run' : `${event.runs} runs`}, ${bytes(event.bytes)} of checkpoints.`,
    )
    const [first] = event.left
    if (first !== undefined) throw new LabError(first.problem)
  }
}
