import { runNumbersIfNamed } from '../argumentKinds.ts'
import { chosenRuns, idsOf, runsText } from '../chosenRuns.ts'
import { defineCommand } from '../command.ts'
import { flag } from '../optionKinds.ts'
import { whereOption } from '../runsQuestion.ts'

export const starCommand = defineCommand({
  name: 'star',
  summary: 'Star runs, or take their stars away',
  arguments: { runs: runNumbersIfNamed },
  options: { off: flag('Take the star away'), where: whereOption },
  read: ({ runs }, { off, where }) => ({ chosen: chosenRuns('star', runs, where), off }),
  run: async (context, { chosen, off }) => {
    const { client, output } = context
    const runs = await idsOf(context, chosen, 'all')
    if (runs.length > 0) await client.runs.mark({ runs, changes: { star: !off } })
    const done = off ? 'no longer starred.' : 'starred.'
    output.tell({ event: 'done', runs }, runs.length === 0 ? 'No run is found.' : `${runsText(runs)}: ${done}`)
  },
})
