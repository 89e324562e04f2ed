import { LabError, refuse } from '../../core/words/problems.ts'
import type { LabEvent } from '../../core/contract/windowContract.ts'
import type { WindowClient } from '../homeSocket/ownerLink.ts'

/**
 * Follows the lab's events until one of them settles what is waited for.
 * @param after number of the last event that is known already
 * @param settle gives the result of an event, or undefined to keep waiting
 * @throws LabError `owner-gone` when the lab ends before, `home-taken` when another one has taken its folder.
 */
export async function follow<Result>(
  client: WindowClient,
  after: number,
  settle: (event: LabEvent) => Result | undefined | Promise<Result | undefined>,
): Promise<Result> {
  const events = await client.lab.events({ after })
  try {
    for await (const event of events) {
      if (event.kind === 'taken') throw new LabError(event.problem)
      const result = await settle(event)
      if (result !== undefined) return result
    }
  } finally {
    await events.return?.()
  }
  return refuse('owner-gone', {})
}
