import type { WindowClient } from '../homeSocket/ownerLink.ts'
import type { Interruption } from './interruption.ts'
import type { Output } from './output.ts'

/** What every command works with. */
export interface CommandContext {
  readonly client: WindowClient
  /** Whether this process is the lab: what it has begun trains only as long as it stays. */
  readonly owns: boolean
  readonly output: Output
  readonly interruption: Interruption
}
