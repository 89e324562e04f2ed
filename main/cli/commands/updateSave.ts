import { refuse } from '../../../core/words/problems.ts'
import { givenPath } from '../../files/givenPath.ts'
import { defineCommand } from '../command.ts'
import { text } from '../optionKinds.ts'
import { transferBar } from '../transferBar.ts'
import { savedWords, updateWords } from '../updateWords.ts'

export const updateSaveCommand = defineCommand({
  name: 'update save',
  summary: 'Save the newest archive of Conv Lab that the mirror in use has for this system',
  options: { to: text('DIR', 'Folder for it (the one for downloads)') },
  read: (_, { to }) => ({ folder: to === undefined ? null : givenPath(to) }),
  run: async ({ client, output }, { folder }) => {
    const look = await client.update.look()
    if (look.found.kind === 'none') {
      output.tell({ event: 'done', ...look }, updateWords(look))
      return
    }
    for await (const event of await client.update.save({ archive: look.found.archive, folder })) {
      if (event.kind === 'saved') {
        output.end()
        output.tell({ event: 'saved', ...event }, savedWords(event.file, event.sha256, look.homeToMove))
        return
      }
      const { progress } = event
      output.tell({ event: 'progress', ...progress })
      const stage = progress.stage === 'reading' ? 'checking' : progress.stage
      output.progress(transferBar(stage, progress, output.columns))
    }
    refuse('owner-gone', {})
  },
})
