import type { Problem } from '../../core/words/problems.ts'
import type { RunSummary, RunToBegin } from '../../core/run/run.ts'
import { type LabConnection, lab } from './lab.svelte.ts'
import type { Answer, WindowClient } from './link.ts'
import { Requests } from './requests.svelte.ts'
import { ticks } from './ticks.svelte.ts'

export type RunAction = 'start' | 'pause' | 'stop' | 'resume' | 'resumeLater'

/** Requests for runs: those under way and those refused. The subject of a new run is null, because it has no id yet. */
export class RunControl {
  readonly #lab: Pick<LabConnection, 'ask'>
  readonly #requests = new Requests<RunAction, number | null>()

  constructor(to: Pick<LabConnection, 'ask'> = lab) {
    this.#lab = to
  }

  /** The request under way for this run (null: for a new run). */
  pendingFor(run: number | null): RunAction | null {
    return this.#requests.pendingOf(run)
  }

  /** Why the last request for this run (null: for a new run) was refused. */
  problemFor(run: number | null): Problem | null {
    return this.#requests.problemOf(run)
  }

  async pause(run: number): Promise<void> {
    await this.#ask(run, 'pause', (client) => client.runs.pause({ run }))
  }

  async stop(run: number): Promise<void> {
    await this.#ask(run, 'stop', (client) => client.runs.stop({ run }))
  }

  /** Continues a run, to a higher goal if one is given. Returns whether it was continued. */
  resume(run: number, goal?: number): Promise<boolean> {
    return this.#ask(run, 'resume', (client) => client.runs.resume(goal === undefined ? { run } : { run, goal }))
  }

  /** Queues a run at rest to be continued in its turn, to a higher goal if one is given. Returns whether it was queued. */
  resumeLater(run: number, goal?: number): Promise<boolean> {
    return this.#ask(run, 'resumeLater', (client) => client.queue.resume(goal === undefined ? { run } : { run, goal }))
  }

  /** Starts a new run, which Compare shows too. Returns it, or null if it was not started. */
  async start(request: RunToBegin): Promise<RunSummary | null> {
    const answer = await this.#requests.send('start', null, () => this.#lab.ask((client) => client.runs.start(request)))
    if (answer?.ok !== true) return null
    ticks.addBegun([answer.value])
    return answer.value
  }

  /** Adds a new run to the queue. Returns whether it was added. */
  enqueue(request: RunToBegin): Promise<boolean> {
    return this.#ask(null, 'start', (client) => client.queue.add(request))
  }

  async #ask<Value>(
    run: number | null,
    action: RunAction,
    call: (client: WindowClient) => Promise<Value>,
  ): Promise<boolean> {
    const answer: Answer<Value> | null = await this.#requests.send(action, run, () => this.#lab.ask(call))
    return answer?.ok === true
  }
}

export const runControl = new RunControl()
