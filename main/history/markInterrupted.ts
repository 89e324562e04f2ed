import { canonicalJson } from '../../core/numbers/canonicalJson.ts'
import { problem } from '../../core/words/problems.ts'
import type { Connection } from './connection.ts'
import { durably } from './transactions.ts'

/**
 * Marks the runs that a crash left training as interrupted, and ends their stretches at the last known moment. Only for
 * a new owner, before anything trains.
 */
export function markInterrupted(connection: Connection): void {
  durably(connection, () => {
    connection
      .prepare(
        `UPDATE stretches SET ended = 'interrupted', to_step = runs.step, ended_at = runs.active_at
         FROM runs WHERE runs.id = stretches.run AND runs.state = 'training' AND stretches.ended IS NULL`,
      )
      .run()
    connection
      .prepare("UPDATE runs SET state = 'interrupted', problem = ?, ended_at = active_at WHERE state = 'training'")
      .run(canonicalJson(problem('lab-interrupted', {})))
  })
}
