import type { WindowClient } from '../homeSocket/ownerLink.ts'
import type { Interruption } from './interruption.ts'
import type { Output } from './output.ts'

/** What a command works with that opens no lab. */
export interface LoneContext {
  /** The home folder, which may not exist. */
  readonly home: string
  readonly output: Output
}

/** What every other command works with. */
export interface CommandContext {
  readonly client: WindowClient
  /** Whether this process is the lab. Then what it starts trains only as long as it runs. */
  readonly owns: boolean
  readonly output: Output
  readonly interruption: Interruption
}
