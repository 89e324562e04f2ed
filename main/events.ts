import type { LabEvent } from '../core/contract/windowContract.ts'

/** Removes a key from each member of a union. `Omit` would merge the members. */
type Without<Union, Key extends PropertyKey> = Union extends unknown ? Omit<Union, Key> : never

/** An event before it has its number. A `reset` is never published; each listener gets its own if it needs one. */
export type NewLabEvent = Without<Exclude<LabEvent, { kind: 'reset' }>, 'sequence'>

/** Number of events kept. At ten a second during training, this is more than three minutes. */
const defaultCapacity = 2048

/**
 * Numbers what happens in the lab without gaps and tells any number of listeners. The newest events are kept in a ring,
 * and a listener is only a position in it, so a slow one costs no memory. If the ring has moved past its position, it
 * gets a `reset` and continues with the newest event.
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

  /** Number of current listeners. */
  get listeners(): number {
    return this.#listeners
  }

  /** Gives an event the next number and tells the listeners. Call it only for what has been stored. */
  publish(event: NewLabEvent): void {
    this.#sequence += 1
    this.#ring[this.#sequence % this.#capacity] = { ...event, sequence: this.#sequence }
    this.#wake()
  }

  /**
   * All events after the number `after`, without end. If the number is too old, or comes from an earlier process and is
   * not reached yet, the iteration begins with a `reset`.
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
          // Events published before the end are still delivered.
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
