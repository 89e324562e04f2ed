import { refuse } from '../../../core/words/problems.ts'
import { anyWord, ifNamed, runNumber } from '../argumentKinds.ts'
import { defineCommand } from '../command.ts'
import { flag } from '../optionKinds.ts'

export const nameCommand = defineCommand({
  name: 'name',
  summary: 'Give a run a name, or take it away',
  arguments: { run: runNumber, name: ifNamed(anyWord('NAME')) },
  options: { off: flag('Take its name away') },
  read: ({ run, name }, { off }) => {
    if (off === (name !== undefined))
      refuse('arguments-wrong', { command: 'name', detail: 'give a name, or --off to take it away' })
    return { run, given: name ?? null }
  },
  run: async ({ client, output }, { run, given }) => {
    await client.runs.mark({ runs: [run], changes: { name: given } })
    const [marked] = await client.runs.some({ runs: [run] })
    output.tell(
      { event: 'done', run, name: marked.name },
      marked.name === null ? `Run ${run} has only its number now.` : `Run ${run} is called “${marked.name}” now.`,
    )
  },
})
