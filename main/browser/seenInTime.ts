import { setTimeout as sleep } from 'node:timers/promises'

/** What is known of a window that is being opened. */
export interface Opening {
  /** Resolves with whether some program showed it, which may be when that program ends. */
  readonly opened: Promise<boolean>
  /** Whether a page has connected. */
  readonly arrived: () => boolean
  /** Milliseconds that a browser gets for its page. */
  readonly patience: number
}

const lookEveryMs = 100

/** Whether a page connects before no browser is left to try and before time is up. Rejects as `opened` does. */
export function seenInTime({ opened, arrived, patience }: Opening): Promise<boolean> {
  let noneLeft = false
  const look = async (): Promise<boolean> => {
    // A lab that ends meanwhile does not wait for this.
    for (let waited = 0; waited < patience && !arrived() && !noneLeft; waited += lookEveryMs)
      await sleep(lookEveryMs, null, { ref: false })
    return arrived()
  }
  const seen = look()
  return Promise.race([seen, opened.then((isOpen) => ((noneLeft = !isOpen), seen))])
}
