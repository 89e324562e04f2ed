import type { TrainEvent } from '../../../core/contract/engineContract.ts'

/** At most ten times a second. */
const interval = 100

/** Whether something that is told at most ten times a second is due again. */
export class Throttle {
  #last = -Infinity

  /** True at most once in 100 ms of `now`, which is in milliseconds. */
  isDue(now: number): boolean {
    if (now - this.#last < interval) return false
    this.#last = now
    return true
  }
}

/** Steps that were computed and not told yet. */
export class StepLog {
  #first = 0
  #loss: number[] = []
  #accuracy: number[] = []
  #seconds: number[] = []

  add(step: number, loss: number, accuracy: number, seconds: number): void {
    if (this.#loss.length === 0) this.#first = step
    this.#loss.push(loss)
    this.#accuracy.push(accuracy)
    this.#seconds.push(seconds)
  }

  /**
   * The steps as one event, or none; the log is empty afterwards.
   * @param waitingSeconds as the event has it
   */
  *take(waitingSeconds: number): Generator<Extract<TrainEvent, { kind: 'steps' }>> {
    if (this.#loss.length === 0) return
    const event = {
      kind: 'steps' as const,
      first: this.#first,
      loss: this.#loss,
      accuracy: this.#accuracy,
      seconds: this.#seconds,
      waitingSeconds,
    }
    this.#loss = []
    this.#accuracy = []
    this.#seconds = []
    yield event
  }
}
