import type { CommandContext } from '../context.ts'
import { percent } from '../format.ts'

/** `lab evaluate RUN`: the whole test set, measured with the newest checkpoint or the one at a step. */
export async function evaluate(
  { client, output }: CommandContext,
  run: number,
  checkpoint: number | undefined,
): Promise<void> {
  const result = await client.runs.evaluate({ run, checkpoint })
  const { testAccuracy, testLoss, images, flips } = result
  output.tell(
    result,
    `Run ${run} at step ${result.checkpoint}: test accuracy ${percent(testAccuracy)}, test loss ${testLoss.toFixed(4)}, on ${images} images${flips ? ', each together with its mirror image' : ''}.`,
  )
}
