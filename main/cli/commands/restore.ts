import { runNumbersIfNamed } from '../argumentKinds.ts'
import { chosenRuns, idsOf, runsText } from '../chosenRuns.ts'
import { defineCommand } from '../command.ts'
import { whereOption } from '../runsQuestion.ts'

export const restoreCommand = defineCommand({
  name: 'restore',
  summary: 'Take runs out of the bin',
  arguments: { runs: runNumbersIfNamed },
  options: { where: whereOption },
  read: ({ runs }, { where }) => ({ chosen: chosenRuns('restore', runs, where) }),
  run: async (context, { chosen }) => {
    const { client, output } = context
    const runs = await idsOf(context, chosen, 'bin')
    if (runs.length > 0) await client.runs.restore({ runs })
    output.tell({ event: 'done', runs }, runs.length === 0 ? 'No run is found.' : `${runsText(runs)}: out of the bin.`)
  },
})
