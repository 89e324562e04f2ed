import { requestFor } from '../../../core/presets.ts'
import { LabError, problem, refuse } from '../../../core/problems.ts'
import type { Command } from '../arguments.ts'
import { readyData } from '../chosenData.ts'
import type { CommandContext } from '../context.ts'
import { bar } from '../format.ts'
import { datasetEntry } from '../getDataset.ts'

type ProveCommand = Extract<Command, { name: 'prove-resume' }>

const partNames = { unbroken: 'without a break', before: 'to the break', after: 'from the break' } as const

/**
 * `lab prove-resume`: trains without a break and with one, and compares every bit.
 * @throws LabError `proof-failed` when they differ.
 */
export async function proveResume(context: CommandContext, command: ProveCommand): Promise<void> {
  const { dataset, preset, choices, breakAt, by } = command
  const { client, output } = context
  const known = await datasetEntry(context, dataset)
  const { view, data } = await readyData(context, known, command)
  const request = requestFor(preset, view, data, choices)
  for await (const event of await client.runs.proveResume({ request, breakAt, by })) {
    if (event.kind === 'progress') {
      output.progress(
        bar(event.step / event.goal, `${partNames[event.part]}, step ${event.step} of ${event.goal}`, output.columns),
      )
      continue
    }
    output.end()
    const { unbroken, resumed, equal, steps } = event
    const verdict = equal ? 'Equal: every weight, the optimizer’s state and the curves.' : 'Not equal.'
    const words = [
      `${'without a break'.padEnd(22)}${unbroken}`,
      `${`broken at ${breakAt} by ${by}`.padEnd(22)}${resumed}`,
      verdict,
    ]
    output.tell({ event: 'proved', unbroken, resumed, equal, steps, breakAt, by }, words.join('\n'))
    if (!equal) throw new LabError(problem('proof-failed', { step: breakAt }))
    return
  }
  refuse('owner-gone', {})
}
