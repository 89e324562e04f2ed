import type { Hint, Remedy } from '../../../core/advice/hint.ts'
import { hintText, remedyText, type HintFormats } from '../../../core/words/hintWords.ts'
import { runNumber } from '../argumentKinds.ts'
import { defineCommand } from '../command.ts'
import { percent } from '../format.ts'

const formats: HintFormats = { whole: String, figures: String, percent }

function wordsOf(hint: Hint): string {
  const { title, seen, cause } = hintText(hint, 'en', formats)
  const remedies = hint.remedies.map((remedy: Remedy) => `- ${remedyText(remedy, 'en', formats)}`)
  return [title, `${seen} ${cause}`, ...remedies].join('\n')
}

export const whyCommand = defineCommand({
  name: 'why',
  summary: 'Say what is noticed about a run, what usually causes it, and what helps',
  arguments: { run: runNumber },
  read: ({ run }) => ({ run }),
  run: async ({ client, output }, { run }) => {
    const { hints } = await client.runs.why({ run })
    output.tell(
      { hints },
      hints.length === 0 ? `Nothing is noticed about run ${run}.` : hints.map(wordsOf).join('\n\n'),
    )
  },
})
