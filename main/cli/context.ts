import type { WindowClient } from '../homeSocket/ownerLink.ts'
import type { Interruption } from './interruption.ts'
import type { Output } from './output.ts'

/** What every command works with. */
export interface CommandContext {
  readonly client: WindowClient
  /** Whether this process is the lab. Then what it starts trains only as long as it runs. */
  readonly owns: boolean
  readonly output: Output
  readonly interruption: Interruption
}
