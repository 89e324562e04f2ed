import { totalmem } from 'node:os'

/** The most bytes of memory that Conv Lab's processes can have: the computer's, or less if a container has a limit. */
export function totalMemory(): number {
  // If no limit is set, this is 0 or more than the computer has.
  const limit = process.constrainedMemory()
  return limit > 0 ? Math.min(limit, totalmem()) : totalmem()
}
