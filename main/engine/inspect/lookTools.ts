import type { DataReader } from '../feed/preparedData.ts'
import type { OpenNetworks } from './openNetworks.ts'

/** What the longer orders of looking inside share with the quick ones. */
export interface LookTools {
  /** Others use them between two batches, so that a network must be taken anew for each. */
  readonly networks: OpenNetworks
  /** Leaves the images on disk. */
  readonly data: DataReader
}
