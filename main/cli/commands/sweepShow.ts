import { sweepNumber } from '../argumentKinds.ts'
import { defineCommand } from '../command.ts'
import { sweepJson, sweepWords } from '../sweepWords.ts'

export const sweepShowCommand = defineCommand({
  name: 'sweep show',
  summary: 'Show a sweep with its runs and which setting mattered',
  arguments: { sweep: sweepNumber },
  read: ({ sweep }) => ({ sweep }),
  run: async ({ client, output }, asked) => {
    const detail = await client.sweeps.show(asked)
    output.tell(sweepJson(detail), sweepWords(detail))
  },
})
