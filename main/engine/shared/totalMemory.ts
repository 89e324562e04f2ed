import { totalmem } from 'node:os'

/**
 * Bytes of memory that Conv Lab's processes can have at most: the computer's, or less where a container has a limit.
 */
export function totalMemory(): number {
  // Where no limit is set, this is 0 or more than the computer has.
  const limit = process.constrainedMemory()
  return limit > 0 ? Math.min(limit, totalmem()) : totalmem()
}
