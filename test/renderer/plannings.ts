import { ORPCError } from '@orpc/server'
import type { PlanningEvent } from '../../core/reading/planning.ts'
import { calls, type Deferred, deferred, refusal } from './labEnd.ts'

/** One planning that a window asked for; the test supplies its events one by one. */
export class ToldPlanning {
  readonly path: string
  ended = false
  #next: Deferred<PlanningEvent | null> = deferred()

  constructor(path: string) {
    this.path = path
  }

  async *events(signal?: AbortSignal): AsyncGenerator<PlanningEvent> {
    try {
      const aborted = new Promise<null>((resolve) => signal?.addEventListener('abort', () => resolve(null)))
      for (;;) {
        const event = await Promise.race([this.#next.promise, aborted])
        if (event === null) return
        this.#next = deferred()
        yield event
      }
    } finally {
      this.ended = true
    }
  }

  tell(event: PlanningEvent): void {
    this.#next.resolve(event)
  }

  refuse(): void {
    this.#next.reject(new ORPCError('PROBLEM', { defined: true, data: refusal.problem }))
  }
}

/** The plannings that windows asked for, with the handler that answers them. */
export class Plannings {
  readonly begun: ToldPlanning[] = []

  readonly handler = calls.datasets.plan.handler(({ input, signal }) => {
    const told = new ToldPlanning(input.path)
    this.begun.push(told)
    return told.events(signal)
  })
}
