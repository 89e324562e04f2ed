import { runNumbersIfNamed } from '../argumentKinds.ts'
import { chosenRuns, idsOf, runsText } from '../chosenRuns.ts'
import { defineCommand } from '../command.ts'
import { flag } from '../optionKinds.ts'
import { whereOption } from '../runsQuestion.ts'

export const archiveCommand = defineCommand({
  name: 'archive',
  summary: 'Put runs away into the archive, or take them out again',
  arguments: { runs: runNumbersIfNamed },
  options: { off: flag('Take them out of the archive'), where: whereOption },
  read: ({ runs }, { off, where }) => ({ chosen: chosenRuns('archive', runs, where), off }),
  run: async (context, { chosen, off }) => {
    const { client, output } = context
    const runs = await idsOf(context, chosen, 'all')
    if (runs.length > 0) await client.runs.mark({ runs, changes: { archived: !off } })
    const done = off ? 'taken out of the archive.' : 'put into the archive.'
    output.tell({ event: 'done', runs }, runs.length === 0 ? 'No run is found.' : `${runsText(runs)}: ${done}`)
  },
})
