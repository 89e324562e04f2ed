import { refuse } from '../../../core/words/problems.ts'
import { runNumbersIfNamed } from '../argumentKinds.ts'
import { chosenRuns, idsOf, runsText } from '../chosenRuns.ts'
import { defineCommand } from '../command.ts'
import { readText } from '../optionKinds.ts'
import { whereOption } from '../runsQuestion.ts'

function tags(help: string): ReturnType<typeof readText<string[]>> {
  return readText('TAGS', help, 'tags with commas between them', (word) => word.split(','))
}

export const tagCommand = defineCommand({
  name: 'tag',
  summary: 'Add tags to runs, or remove them',
  arguments: { runs: runNumbersIfNamed },
  options: {
    add: tags('Tags to add, with commas between them: baseline,tuned'),
    remove: tags('Tags to remove'),
    where: whereOption,
  },
  read: ({ runs }, { add = [], remove = [], where }) => {
    if (add.length + remove.length === 0)
      refuse('arguments-wrong', { command: 'tag', detail: 'say which tags to --add or to --remove' })
    return { chosen: chosenRuns('tag', runs, where), add, remove }
  },
  run: async (context, { chosen, add, remove }) => {
    const { client, output } = context
    const runs = await idsOf(context, chosen, 'all')
    if (runs.length === 0) {
      output.tell({ event: 'done', runs }, 'No run is found.')
      return
    }
    const { spelled } = await client.runs.mark({ runs, changes: { addTags: add, removeTags: remove } })
    const same = spelled.map(({ given, kept }) => `“${given}” is the tag “${kept}”, which is there already.`)
    output.tell({ event: 'done', runs, spelled }, [`${runsText(runs)}: tagged.`, ...same].join('\n'))
  },
})
