import { binDays } from '../../../core/run/bin.ts'
import { runNumbersIfNamed } from '../argumentKinds.ts'
import { chosenRuns, idsOf, runsText } from '../chosenRuns.ts'
import { defineCommand } from '../command.ts'
import { whereOption } from '../runsQuestion.ts'

export const deleteCommand = defineCommand({
  name: 'delete',
  summary: `Put runs into the bin, from where they can be restored for ${binDays} days`,
  arguments: { runs: runNumbersIfNamed },
  options: { where: whereOption },
  read: ({ runs }, { where }) => ({ chosen: chosenRuns('delete', runs, where) }),
  run: async (context, { chosen }) => {
    const { client, output } = context
    const runs = await idsOf(context, chosen, 'all')
    if (runs.length > 0) await client.runs.delete({ runs })
    output.tell(
      { event: 'done', runs },
      runs.length === 0
        ? 'No run is found.'
        : `${runsText(runs)}: in the bin. “lab restore” takes runs out again for ${binDays} days.`,
    )
  },
})
