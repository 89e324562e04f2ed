import type { TimedEvaluation } from '../../../core/run/metricRows.ts'
import { unpackedRows } from '../../../core/run/metricRows.ts'
import {
  metricTableHeader,
  metricTableLine,
  type MetricTableRow,
  metricTableRows,
} from '../../../core/run/metricTable.ts'
import { refuse } from '../../../core/words/problems.ts'
import { runNumber } from '../argumentKinds.ts'
import { defineCommand } from '../command.ts'
import type { CommandContext } from '../context.ts'
import { oneOf } from '../optionKinds.ts'

const name = 'metrics'

/** Steps, and evaluations, that are asked for at a time. */
const stepsAtOnce = 5000
const evaluationsAtOnce = 500

/** All evaluations of a run, the first ones first. */
async function* evaluationsOf({ client }: CommandContext, run: number): AsyncGenerator<TimedEvaluation> {
  let after: number | null = null
  for (;;) {
    const page: TimedEvaluation[] = await client.runs.evaluations({ run, after, count: evaluationsAtOnce })
    yield* page
    const last = page.at(-1)
    if (last === undefined || page.length < evaluationsAtOnce) return
    after = last.step
  }
}

/** Everything that was measured of a run, a page at a time and the first steps first. */
async function* pagesOf(context: CommandContext, run: number): AsyncGenerator<MetricTableRow[]> {
  const evaluations = evaluationsOf(context, run)
  let next = await evaluations.next()
  for (let after = 0; ; after += stepsAtOnce) {
    const steps = unpackedRows(await context.client.runs.steps({ run, after, count: stepsAtOnce }))
    const last = after + steps.loss.length
    const among: TimedEvaluation[] = []
    while (next.done !== true && next.value.step <= last) {
      among.push(next.value)
      next = await evaluations.next()
    }
    yield metricTableRows(steps, among)
    if (steps.loss.length < stepsAtOnce) return
  }
}

export const metricsCommand = defineCommand({
  name,
  summary: 'Write every step and every evaluation of a run to standard output',
  arguments: { run: runNumber },
  options: {
    format: oneOf('FORMAT', 'csv, or jsonl for a JSON value a line (csv; jsonl with --json)', ['csv', 'jsonl']),
  },
  read: ({ run }, { format }) => ({ run, format: format ?? null }),
  run: async (context, { run, format }) => {
    const { output } = context
    if (output.json && format === 'csv')
      refuse('arguments-wrong', { command: name, detail: '--json and --format csv exclude each other' })
    const asCsv = !output.json && format !== 'jsonl'
    let written = false
    for await (const rows of pagesOf(context, run)) {
      if (asCsv && !written) output.tell({}, metricTableHeader)
      written = true
      if (output.json) for (const row of rows) output.tell(row)
      else if (rows.length > 0)
        output.tell({}, rows.map((row) => (asCsv ? metricTableLine(row) : JSON.stringify(row))).join('\n'))
      // A slow reader is waited for, so that no pages pile up.
      await output.flushed()
    }
  },
})
