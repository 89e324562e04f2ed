import { runNumber } from '../argumentKinds.ts'
import { defineCommand } from '../command.ts'
import { percent } from '../format.ts'
import { checkpointStep } from '../sharedOptions.ts'

export const evaluateCommand = defineCommand({
  name: 'evaluate',
  summary: 'Measure the whole test set with a checkpoint of a run',
  arguments: { run: runNumber },
  options: { checkpoint: checkpointStep },
  read: ({ run }, { checkpoint }) => ({ run, checkpoint }),
  run: async ({ client, output }, { run, checkpoint }) => {
    const result = await client.runs.evaluate({ run, checkpoint })
    const { testAccuracy, testLoss, images, flips } = result
    output.tell(
      result,
      `Run ${run} at step ${result.checkpoint}: test accuracy ${percent(testAccuracy)}, test loss ${testLoss.toFixed(4)}, on ${images} images${flips ? ', each together with its mirror image' : ''}.`,
    )
  },
})
