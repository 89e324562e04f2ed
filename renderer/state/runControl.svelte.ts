import type { Problem } from '../../core/problems.ts'
import type { RunRequest } from '../../core/run.ts'
import { lab } from './lab.svelte.ts'

export type RunAction = 'start' | 'pause' | 'stop' | 'resume'

/** What was asked of a run and not yet answered, and why the last request was refused. `start` has no run yet. */
class RunControl {
  #pending = $state.raw<{ readonly run: number | null; readonly action: RunAction } | null>(null)
  #refusal = $state.raw<{ readonly run: number | null; readonly problem: Problem } | null>(null)

  /** The action under way for this run (null: for a new one). */
  pendingFor(run: number | null): RunAction | null {
    return this.#pending !== null && this.#pending.run === run ? this.#pending.action : null
  }

  problemFor(run: number | null): Problem | null {
    return this.#refusal !== null && this.#refusal.run === run ? this.#refusal.problem : null
  }

  async pause(run: number): Promise<void> {
    await this.#ask(run, 'pause', () => lab.ask((client) => client.runs.pause({ run })))
  }

  async stop(run: number): Promise<void> {
    await this.#ask(run, 'stop', () => lab.ask((client) => client.runs.stop({ run })))
  }

  /** Continues, to a higher goal if one is given. Whether it began. */
  async resume(run: number, goal?: number): Promise<boolean> {
    return this.#ask(run, 'resume', () =>
      lab.ask((client) => client.runs.resume(goal === undefined ? { run } : { run, goal })),
    )
  }

  /** Starts a new run. Whether it began. */
  async start(request: RunRequest): Promise<boolean> {
    return this.#ask(null, 'start', () => lab.ask((client) => client.runs.start(request)))
  }

  /** Adds a new run to the queue. Whether it was added. */
  async enqueue(request: RunRequest): Promise<boolean> {
    return this.#ask(null, 'start', () => lab.ask((client) => client.queue.add(request)))
  }

  async #ask(run: number | null, action: RunAction, call: () => ReturnType<typeof lab.ask>): Promise<boolean> {
    this.#pending = { run, action }
    this.#refusal = null
    const answer = await call()
    this.#pending = null
    if (!answer.ok) this.#refusal = { run, problem: answer.problem }
    return answer.ok
  }
}

export const runControl = new RunControl()
