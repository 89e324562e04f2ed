import type { Problem } from '../../core/words/problems.ts'
import type { LabEvent } from '../../core/contract/windowContract.ts'
import { problem } from '../../core/words/problems.ts'
import type { Answer, Link, Whereabouts, WindowClient } from './link.ts'
import { answerOf, findLab, openLink } from './link.ts'
import type { LabView } from './view.ts'
import { folded, isKnown, withRuns } from './view.ts'

/** `reread`: events may have been missed, so earlier readings are out of date. */
export type LabNews = LabEvent | { readonly kind: 'reread' }

/** How many runs can be needed at once. */
const mostNeeded = 500

const firstPause = 300
const longestPause = 5000

function wait(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds))
}

/** The runs that an event is about. */
function runsOf(event: LabEvent): readonly number[] {
  if ('runs' in event) return event.runs
  if (!('run' in event)) return []
  return [typeof event.run === 'number' ? event.run : event.run.id]
}

async function readView(client: WindowClient, needed: readonly number[]): Promise<LabView> {
  // The status comes first: events are followed from its sequence number, so everything else must be read after it.
  const status = await client.lab.status()
  const choices = await client.choices.read()
  const all = [...new Set([...needed, ...(choices.ticks ?? [])])].slice(0, mostNeeded)
  const [preferences, datasets, networks, { total: kept, runs }, others] = await Promise.all([
    client.preferences.read(),
    client.datasets.list(),
    client.networks.list(),
    client.runs.list(),
    all.length === 0 ? [] : client.runs.some({ runs: all }),
  ])
  return withRuns({ status, preferences, choices, datasets, networks, runs, kept, evaluating: null }, others)
}

/** The window's only connection, and all that the window knows through it. */
export class LabConnection {
  /** Null until it has first been read. */
  view = $state.raw<LabView | null>(null)
  state = $state<'connecting' | 'open' | 'lost'>('connecting')
  /** Where the lab is, as far as is known while the connection is lost. */
  whereabouts = $state<Whereabouts>('there')
  /** Why the lab could not be read although it answered. */
  problem = $state.raw<Problem | null>(null)
  /** Why the lab has ended by itself, as its last word said. */
  taken = $state.raw<Problem | null>(null)
  #link: Link | null = null
  /** The runs that something in the window needs. They are read again with everything else. */
  #needed: readonly number[] = []
  /** Needed runs that are not there, lie in the bin, or could not be read. */
  #absent = $state.raw<readonly number[]>([])
  /** Runs that events have come of since needed ones were last asked for; null while none are. */
  #heardOf: number[] | null = null
  #listeners: readonly ((news: LabNews) => void)[] = []
  readonly #open: () => Promise<Link>
  readonly #find: () => Promise<Whereabouts>

  constructor(open: () => Promise<Link> = openLink, find: () => Promise<Whereabouts> = findLab) {
    this.#open = open
    this.#find = find
  }

  /** Calls the listener for every event once, in order. Returns a function that stops it. */
  listen(listener: (news: LabNews) => void): () => void {
    this.#listeners = [...this.#listeners, listener]
    return () => {
      this.#listeners = this.#listeners.filter((other) => other !== listener)
    }
  }

  /** Calls the main process. Never rejects: failures are part of the answer. */
  async ask<Value>(call: (client: WindowClient) => Promise<Value>): Promise<Answer<Value>> {
    const link = this.#link
    if (link === null || !link.isOpen()) return { ok: false, problem: problem('link-lost', {}) }
    return answerOf(call(link.client), link.isOpen)
  }

  /**
   * Sees to it that the view holds these runs, besides the newest, until others are needed. Those that are not there, or
   * lie in the bin, are passed over.
   */
  async need(runs: readonly number[]): Promise<void> {
    this.#needed = runs.slice(0, mostNeeded)
    for (;;) {
      const missing = this.#needed.filter((run) => this.waitsFor(run))
      if (missing.length === 0) return
      const heardOf: number[] = []
      this.#heardOf = heardOf
      const answer = await this.ask((client) => client.runs.some({ runs: missing }))
      // What came meanwhile may be of these runs, and the view did not hold them yet.
      if (this.#heardOf === heardOf) this.#heardOf = null
      if (answer.ok && missing.some((run) => heardOf.includes(run))) continue
      if (answer.ok && this.view !== null) this.view = withRuns(this.view, answer.value)
      else if (!answer.ok && answer.problem.code === 'link-lost') return
      const held = (this.view?.runs ?? []).map(({ id }) => id)
      this.#absent = [...this.#absent, ...missing.filter((run) => !held.includes(run))]
    }
  }

  /** Whether a run is not known yet, and neither is that there is none. */
  waitsFor(run: number | null): boolean {
    if (run === null || this.view === null || this.#absent.includes(run)) return false
    return !this.view.runs.some(({ id }) => id === run)
  }

  /** Keeps the window connected as long as it lives. */
  async stayConnected(): Promise<never> {
    let pause = firstPause
    for (;;) {
      const link = await this.#open().catch(() => null)
      if (link !== null) {
        this.#link = link
        const ended = await answerOf(this.#follow(link), link.isOpen)
        link.close()
        this.problem = ended.ok || ended.problem.code === 'link-lost' ? null : ended.problem
        // This connection worked, so the next attempt comes without a long pause.
        if (this.state === 'open') pause = firstPause
      }
      this.state = 'lost'
      // Not awaited: what does not answer at all must not delay the next attempt.
      void this.#find().then((where) => {
        if (this.state === 'lost') this.whereabouts = where
      })
      await wait(pause)
      pause = Math.min(longestPause, pause * 2)
    }
  }

  async #follow(link: Link): Promise<void> {
    await this.#reread(link)
    const after = this.view?.status.sequence ?? 0
    for await (const event of await link.client.lab.events({ after })) {
      if (event.kind === 'reset') await this.#reread(link)
      else this.#hear(event)
    }
  }

  async #reread(link: Link): Promise<void> {
    this.#absent = []
    this.view = await readView(link.client, this.#needed)
    this.state = 'open'
    this.whereabouts = 'there'
    this.problem = null
    this.taken = null
    for (const listener of this.#listeners) listener({ kind: 'reread' })
  }

  #hear(event: LabEvent): void {
    if (this.view === null || isKnown(this.view, event)) return
    this.view = folded(this.view, event)
    if (event.kind === 'taken') this.taken = event.problem
    this.#heardOf?.push(...runsOf(event))
    for (const listener of this.#listeners) listener(event)
  }
}

export const lab = new LabConnection()
