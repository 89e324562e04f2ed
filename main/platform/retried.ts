import { setTimeout as delay } from 'node:timers/promises'
import { isHeldForAMoment } from '../../setup/platform/heldFile.mjs'

/** Milliseconds to wait before each further try: two seconds together. */
const pauses: readonly number[] = [10, 20, 50, 100, 200, 300, 400, 400, 520]

/**
 * Does something to a file, and once more after a moment where Windows refuses it because another program looks at the
 * file just then. Elsewhere such an answer is final.
 * @throws the error of the last try.
 */
export async function retried<Result>(
  action: () => Promise<Result>,
  platform: NodeJS.Platform = process.platform,
): Promise<Result> {
  for (const pause of pauses) {
    try {
      return await action()
    } catch (thrown) {
      if (!isHeldForAMoment(thrown, platform)) throw thrown
    }
    await delay(pause)
  }
  return await action()
}

/** The same at once, for the opening of a folder: this thread waits. */
export function retriedSync<Result>(action: () => Result, platform: NodeJS.Platform = process.platform): Result {
  const never = new Int32Array(new SharedArrayBuffer(4))
  for (const pause of pauses) {
    try {
      return action()
    } catch (thrown) {
      if (!isHeldForAMoment(thrown, platform)) throw thrown
    }
    Atomics.wait(never, 0, 0, pause)
  }
  return action()
}
