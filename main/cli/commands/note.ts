import { refuse } from '../../../core/words/problems.ts'
import { anyWord, ifNamed, runNumber } from '../argumentKinds.ts'
import { defineCommand } from '../command.ts'
import { flag } from '../optionKinds.ts'

export const noteCommand = defineCommand({
  name: 'note',
  summary: 'Write a note about a run, or take it away',
  arguments: { run: runNumber, text: ifNamed(anyWord('TEXT')) },
  options: { off: flag('Take its note away') },
  read: ({ run, text }, { off }) => {
    if (off === (text !== undefined))
      refuse('arguments-wrong', { command: 'note', detail: 'give a text, or --off to take the note away' })
    return { run, note: text ?? '' }
  },
  run: async ({ client, output }, { run, note }) => {
    await client.runs.mark({ runs: [run], changes: { note } })
    output.tell(
      { event: 'done', run, note },
      note === '' ? `Run ${run} has no note now.` : `Run ${run} has this note now.`,
    )
  },
})
