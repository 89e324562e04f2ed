/** Wrong codes that one computer may try in the time of `forgottenMs`. */
const most = 20

/** After this many milliseconds wrong codes are forgotten. */
const forgottenMs = 60_000

/** Computers that are remembered. A room has fewer. */
const mostRemembered = 2000

/**
 * Counts the wrong codes of each computer. Who has tried too many is answered nothing for a while, not even with the right
 * code, because otherwise the answers would go on telling which codes are wrong.
 */
export class WrongCodes {
  readonly #tried = new Map<string, { count: number; since: number }>()
  readonly #now: () => number

  /** @param now milliseconds of a clock that does not go back */
  constructor(now: () => number = () => performance.now()) {
    this.#now = now
  }

  /**
   * How long a computer must wait.
   * @returns seconds, at least 1; null where it need not.
   */
  wait(address: string): number | null {
    const tried = this.#tried.get(address)
    if (tried === undefined || tried.count < most) return null
    const left = tried.since + forgottenMs - this.#now()
    if (left > 0) return Math.ceil(left / 1000)
    this.#tried.delete(address)
    return null
  }

  /** Notes a wrong code. */
  note(address: string): void {
    const now = this.#now()
    const tried = this.#tried.get(address)
    const fresh = tried === undefined || now - tried.since > forgottenMs
    // Deleted first, so that the computer heard of last stands last.
    this.#tried.delete(address)
    this.#tried.set(address, fresh ? { count: 1, since: now } : { count: tried.count + 1, since: tried.since })
    const [oldest] = this.#tried.keys()
    if (this.#tried.size > mostRemembered && oldest !== undefined) this.#tried.delete(oldest)
  }
}
