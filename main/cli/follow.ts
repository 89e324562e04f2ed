import { refuse } from '../../core/problems.ts'
import type { LabEvent } from '../../core/windowContract.ts'
import type { WindowClient } from '../homeSocket/ownerLink.ts'

/**
 * Takes the lab's events after a number until one of them settles what is waited for.
 * @param settle What an event means for it, or undefined where it goes on.
 * @throws LabError `owner-gone` when the lab ends before.
 */
export async function follow<Result>(
  client: WindowClient,
  after: number,
  settle: (event: LabEvent) => Result | undefined | Promise<Result | undefined>,
): Promise<Result> {
  const events = await client.lab.events({ after })
  try {
    for await (const event of events) {
      const result = await settle(event)
      if (result !== undefined) return result
    }
  } finally {
    await events.return?.()
  }
  return refuse('owner-gone', {})
}
