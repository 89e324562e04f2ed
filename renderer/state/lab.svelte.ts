import type { Problem } from '../../core/words/problems.ts'
import type { LabEvent } from '../../core/contract/windowContract.ts'
import { problem } from '../../core/words/problems.ts'
import type { Answer, Link, WindowClient } from './link.ts'
import { answerOf, openLink } from './link.ts'
import type { LabView } from './view.ts'
import { folded, isKnown } from './view.ts'

/** `reread`: events may have been missed, so earlier readings are out of date. */
export type LabNews = LabEvent | { readonly kind: 'reread' }

const firstPause = 300
const longestPause = 5000

function wait(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds))
}

async function readView(client: WindowClient): Promise<LabView> {
  // The status comes first: events are followed from its sequence number, so everything else must be read after it.
  const status = await client.lab.status()
  const [preferences, datasets, networks, runs] = await Promise.all([
    client.preferences.read(),
    client.datasets.list(),
    client.networks.list(),
    client.runs.list(),
  ])
  return { status, preferences, datasets, networks, runs, evaluating: null }
}

/** The window's only connection, and all that the window knows through it. */
export class LabConnection {
  /** Null until it has first been read. */
  view = $state.raw<LabView | null>(null)
  state = $state<'connecting' | 'open' | 'lost'>('connecting')
  /** Why the lab could not be read although it answered. */
  problem = $state.raw<Problem | null>(null)
  #link: Link | null = null
  #listeners: readonly ((news: LabNews) => void)[] = []
  readonly #open: () => Promise<Link>

  constructor(open: () => Promise<Link> = openLink) {
    this.#open = open
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
    this.view = await readView(link.client)
    this.state = 'open'
    this.problem = null
    for (const listener of this.#listeners) listener({ kind: 'reread' })
  }

  #hear(event: LabEvent): void {
    if (this.view === null || isKnown(this.view, event)) return
    this.view = folded(this.view, event)
    for (const listener of this.#listeners) listener(event)
  }
}

export const lab = new LabConnection()
