import { refuse } from '../../../core/words/problems.ts'
import { runNumbersIfNamed } from '../argumentKinds.ts'
import { chosenRuns, idsOf } from '../chosenRuns.ts'
import { defineCommand } from '../command.ts'
import { bytes, table } from '../format.ts'
import { flag } from '../optionKinds.ts'
import { whereOption } from '../runsQuestion.ts'

export const spaceCommand = defineCommand({
  name: 'space',
  summary: 'Show what the home folder and runs take of the disk, or give back what is not needed',
  arguments: { runs: runNumbersIfNamed },
  options: {
    where: whereOption,
    'give-back': flag('Delete all checkpoints of these runs but the best and the last of each'),
  },
  read: ({ runs }, { where, 'give-back': giveBack }) => {
    const chosen = runs.length === 0 && where === undefined ? null : chosenRuns('space', runs, where)
    if (giveBack && chosen === null)
      refuse('arguments-wrong', { command: 'space', detail: 'name the runs whose checkpoints are not needed' })
    return { chosen, giveBack }
  },
  run: async (context, { chosen, giveBack }) => {
    const { client, output } = context
    const runs = chosen === null ? [] : await idsOf(context, chosen, 'all')
    if (giveBack) {
      const given = runs.length === 0 ? { checkpoints: 0, bytes: 0 } : await client.runs.giveBackSpace({ runs })
      output.tell(
        { event: 'done', runs, ...given },
        `Given back: ${bytes(given.bytes)}, ${given.checkpoints} checkpoints. The best and the last of each run stay.`,
      )
      return
    }
    const use = await client.runs.diskUse({ runs })
    const parts = [
      ['all of the home folder', use.total],
      ['the history', use.history],
      ['  of it free for coming runs', use.reusable],
      ['checkpoints', use.checkpoints],
      ['  of them of runs in the bin', use.bin],
      ['data sets', use.datasets],
      ['computed, can be computed again', use.computed],
      ['other files', use.other],
      ['free on the disk', use.free],
    ] as const
    const whole = table(
      ['WHAT', 'ON THE DISK'],
      parts.map(([what, count]) => [what, bytes(count)]),
    )
    const each = table(
      ['RUN', 'CHECKPOINTS'],
      use.runs.map(({ run, bytes: count }) => [String(run), bytes(count)]),
    )
    output.tell(use, use.runs.length === 0 ? whole : `${whole}\n\n${each}`)
  },
})
