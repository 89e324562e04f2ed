import { runsText } from '../chosenRuns.ts'
import { defineCommand } from '../command.ts'
import { flag } from '../optionKinds.ts'

export const exampleCommand = defineCommand({
  name: 'example',
  summary: 'Take in the small trained example that comes with Conv Lab',
  options: { remove: flag('Put its runs into the bin, and delete its data set if no other run needs it') },
  read: (_, { remove }) => ({ remove }),
  run: async ({ client, output }, { remove }) => {
    if (remove) {
      const { runs: before } = await client.example.state()
      await client.example.remove()
      output.tell(
        { event: 'done', runs: before },
        before.length === 0 ? 'The example is not here.' : `${runsText(before)}: in the bin.`,
      )
      return
    }
    const { runs } = await client.example.takeIn({ language: 'en' })
    output.tell(
      { event: 'done', runs },
      `The example is here: runs ${runs.join(', ')}. “lab compare ${runs.join(' ')}” sets them side by side; “lab example --remove” takes it out again.`,
    )
  },
})
