import type { LabEvent } from '../core/contract/windowContract.ts'

/** Removes a key from each member of a union, where `Omit` would merge the members. */
type Without<Union, Key extends PropertyKey> = Union extends unknown ? Omit<Union, Key> : never

/** An event before it has its number. A `reset` is never published: each listener gets its own when it needs one. */
export type NewLabEvent = Without<Exclude<LabEvent, { kind: 'reset' }>, 'sequence'>

/** Events that stay at hand; at 10 a second of training more than three minutes. */
const defaultCapacity = 2048

/**
 * What happens in the lab, numbered without gaps and told to any number of listeners. The newest events stay in a ring,
 * and a listener is only a position in it: however slow one is, it costs no memory, and when the ring has moved past
 * it, it gets a `reset` and goes on with the newest.
 */
export class EventHub {
  #sequence = 0
  #closed = false
  readonly #capacity: number
  readonly #ring: LabEvent[] = []
  readonly #sleepers = new Set<() => void>()
  #listeners = 0

  constructor(capacity = defaultCapacity) {
    this.#capacity = capacity
  }

  /** Number of the newest event; 0 before the first. */
  get sequence(): number {
    return this.#sequence
  }

  /** How many listeners follow at this moment. */
  get listeners(): number {
    return this.#listeners
  }

  /** Gives an event the next number and tells it. Call it only for what has been stored. */
  publish(event: NewLabEvent): void {
    this.#sequence += 1
    this.#ring[this.#sequence % this.#capacity] = { ...event, sequence: this.#sequence }
    this.#wake()
  }

  /**
   * All events after the number `after`, without end. A number that is too old, or that this hub has not reached (it
   * belongs to an earlier process), begins with a `reset`.
   * @param signal Ends the iteration; so does `close`.
   */
  async *follow(after: number, signal?: AbortSignal): AsyncGenerator<LabEvent, void, undefined> {
    let position = after
    this.#listeners += 1
    const onAbort = (): void => this.#wake()
    signal?.addEventListener('abort', onAbort)
    try {
      while (signal?.aborted !== true) {
        if (position === this.#sequence) {
          // What was told before the end is still delivered.
          if (this.#closed) return
          await this.#next()
          continue
        }
        const event = position > this.#sequence ? undefined : this.#at(position + 1)
        position = event?.sequence ?? this.#sequence
        yield event ?? { kind: 'reset', sequence: position }
      }
    } finally {
      signal?.removeEventListener('abort', onAbort)
      this.#listeners -= 1
    }
  }

  /** Ends all iterations, each after its last event. */
  close(): void {
    this.#closed = true
    this.#wake()
  }

  #at(sequence: number): LabEvent | undefined {
    const event = this.#ring[sequence % this.#capacity]
    return event?.sequence === sequence ? event : undefined
  }

  #next(): Promise<void> {
    return new Promise((resolve) => this.#sleepers.add(resolve))
  }

  #wake(): void {
    for (const resolve of this.#sleepers) resolve()
    this.#sleepers.clear()
  }
}
