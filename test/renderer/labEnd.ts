import { implement, ORPCError } from '@orpc/server'
import { RPCHandler } from '@orpc/server/message-port'
import { LabError, problem } from '../../core/words/problems.ts'
import { type LabEvent, windowContract } from '../../core/contract/windowContract.ts'
import { LabConnection } from '../../renderer/state/lab.svelte.ts'
import { type Link, linkOver } from '../../renderer/state/link.ts'
import type { LabView } from '../../renderer/state/view.ts'
import { sampleView } from './sampleRuns.ts'

/** The window contract, to be answered by a test. */
export const calls = implement(windowContract).use(async ({ next }) => {
  try {
    return await next()
  } catch (thrown) {
    if (thrown instanceof LabError) throw new ORPCError('PROBLEM', { data: thrown.problem })
    throw thrown
  }
})

/** The refusal of a call. */
export const refusal = new LabError(problem('run-unknown', { run: 7 }))

// Tests of pauses replace the clock, but messages across a port still take real time.
const { setTimeout: realSetTimeout } = globalThis

/** Waits for everything under way between the two ends. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 5; turn += 1) await new Promise((resolve) => realSetTimeout(resolve, 2))
}

/** Waits until a condition holds. If it never does, the test times out. */
export async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => realSetTimeout(resolve, 1))
}

/** A promise that the test settles. */
export interface Deferred<Value> {
  readonly promise: Promise<Value>
  readonly resolve: (value: Value) => void
  readonly reject: (reason: unknown) => void
}

export function deferred<Value>(): Deferred<Value> {
  let resolve: Deferred<Value>['resolve'] = () => undefined
  let reject: Deferred<Value>['reject'] = () => undefined
  const promise = new Promise<Value>((onValue, onReason) => {
    resolve = onValue
    reject = onReason
  })
  return { promise, resolve, reject }
}

/** Answers that the test gives when it wants to, in the order of the questions. */
export class Answers<Input, Value> {
  readonly asked: Input[] = []
  readonly #given: Deferred<Value>[] = []

  /** The handler of a call. */
  readonly take = ({ input }: { readonly input: Input }): Promise<Value> => {
    const given = deferred<Value>()
    this.asked.push(input)
    this.#given.push(given)
    return given.promise
  }

  /** Answers the question with this index, from 0. */
  give(place: number, value: Value): void {
    this.#at(place).resolve(value)
  }

  refuse(place: number, reason: unknown = refusal): void {
    this.#at(place).reject(reason)
  }

  /** Starts over. */
  forget(): void {
    this.asked.length = 0
    this.#given.length = 0
  }

  #at(place: number): Deferred<Value> {
    const given = this.#given.at(place)
    if (given === undefined) throw new Error(`question ${place} was not asked`)
    return given
  }
}

/** Events on their way to one window. */
async function* streamed(queue: LabEvent[], wake: { now: () => void }, signal?: AbortSignal): AsyncGenerator<LabEvent> {
  while (signal?.aborted !== true) {
    const event = queue.shift()
    if (event !== undefined) yield event
    else
      await new Promise<void>((resolve) => {
        wake.now = resolve
        signal?.addEventListener('abort', () => resolve(), { once: true })
      })
  }
}

type Handlers = Record<string, unknown>

/** The other end of a window's connection: the real contract over a real port, answered by the test. */
export class LabEnd {
  /** What a connecting window reads. */
  view: LabView = sampleView([])
  /** Set to delay the reading of the runs, or to make it fail. */
  readRuns: () => Promise<LabView['runs']> = () => Promise.resolve(this.view.runs)
  /** For each connection, the number after which events were requested. */
  readonly followed: number[] = []
  /** How many connections were requested. */
  opened = 0
  /** Whether connections are refused. */
  refuses = false
  #ended = false
  #port: MessagePort | null = null
  #send: (event: LabEvent) => void = () => undefined
  readonly #handler: RPCHandler<Record<never, never>>

  constructor(handlers: Handlers = {}) {
    const { choices, datasets, runs, networks, preferences, ...others } = handlers
    this.#handler = new RPCHandler({
      ...others,
      lab: {
        status: calls.lab.status.handler(() => this.view.status),
        events: calls.lab.events.handler(({ input, signal }) => {
          const queue: LabEvent[] = []
          const wake = { now: (): void => undefined }
          this.followed.push(input.after)
          this.#send = (event) => {
            queue.push(event)
            wake.now()
          }
          return streamed(queue, wake, signal)
        }),
      },
      choices: {
        read: calls.choices.read.handler(() => ({
          ...this.view.choices,
          unreadable: [...this.view.choices.unreadable],
        })),
        ...(choices ?? {}),
      },
      preferences: {
        read: calls.preferences.read.handler(() => this.view.preferences),
        ...(preferences ?? {}),
      },
      datasets: {
        list: calls.datasets.list.handler(() => [...this.view.datasets]),
        ...(datasets ?? {}),
      },
      networks: { list: calls.networks.list.handler(() => [...this.view.networks]), ...(networks ?? {}) },
      runs: {
        list: calls.runs.list.handler(async () => {
          const list = [...(await this.readRuns())]
          return { total: list.length, runs: list }
        }),
        ...(runs ?? {}),
      },
    })
  }

  readonly open = (): Promise<Link> => {
    if (this.#ended) return new Promise(() => undefined)
    this.opened += 1
    if (this.refuses) return Promise.reject(new Error('refused'))
    const { port1, port2 } = new MessageChannel()
    this.#handler.upgrade(port1)
    port1.start()
    this.#port = port1
    return Promise.resolve(linkOver(port2))
  }

  send(event: LabEvent): void {
    this.#send(event)
  }

  /** Ends the connection, like a lab that quits. */
  breakOff(): void {
    this.#port?.close()
  }

  /** Ends it for good: later attempts to connect never complete. */
  end(): void {
    this.#ended = true
    this.breakOff()
  }
}

/** A window's lab, connected to this end. */
export async function connected(end: LabEnd): Promise<LabConnection> {
  const before = end.followed.length
  const lab = new LabConnection(end.open)
  void lab.stayConnected()
  await until(() => end.followed.length > before && lab.state === 'open')
  return lab
}
