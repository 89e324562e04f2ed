import { LabError } from '../../core/words/problems.ts'
import type { EngineHost } from '../engine/host/engineHost.ts'

/** Minutes without a question after which the engine's memory is given back. */
const idleMinutes = 5

export interface InspectEngineOptions {
  readonly open: () => EngineHost
  /** Milliseconds without a question; by default a few minutes. */
  readonly idleMs?: number
}

/** The end of this engine is no end of a run: it is told in a sentence of its own. */
function ofLooking(thrown: unknown): unknown {
  if (!(thrown instanceof LabError) || thrown.problem.code !== 'engine-crashed') return thrown
  return new LabError({ ...thrown.problem, code: 'looking-crashed' }, { cause: thrown })
}

/**
 * The engine process that looks inside networks: started by the first question, and ended some minutes after the last.
 * It trains nothing and writes nothing, so it may be killed at any time; the next question starts another.
 */
export class InspectEngine {
  readonly #open: () => EngineHost
  readonly #idleMs: number
  #host: EngineHost | null = null
  #asking = 0
  #idle: NodeJS.Timeout | null = null

  constructor({ open, idleMs = idleMinutes * 60_000 }: InspectEngineOptions) {
    this.#open = open
    this.#idleMs = idleMs
  }

  /** Asks it one thing. @throws LabError `looking-crashed` when it dies, otherwise as `EngineHost.inspect` does. */
  async ask<Result>(question: Parameters<typeof EngineHost.prototype.inspect<Result>>[0]): Promise<Result> {
    const host = this.#begin()
    try {
      return await host.inspect(question)
    } catch (thrown) {
      throw ofLooking(thrown)
    } finally {
      this.#end()
    }
  }

  /** Asks it for an answer in parts. @throws as `ask` does. */
  async *askParts<Part>(question: Parameters<typeof EngineHost.prototype.inspectParts<Part>>[0]): AsyncGenerator<Part> {
    const host = this.#begin()
    try {
      yield* host.inspectParts(question)
    } catch (thrown) {
      throw ofLooking(thrown)
    } finally {
      this.#end()
    }
  }

  /** Its resident memory in bytes; 0 while there is none. */
  async memory(): Promise<number> {
    return (await this.#host?.memory()) ?? 0
  }

  /** Ends it, whatever it is doing. */
  async close(): Promise<void> {
    if (this.#idle !== null) clearTimeout(this.#idle)
    const host = this.#host
    this.#host = null
    await host?.close()
  }

  #begin(): EngineHost {
    if (this.#idle !== null) clearTimeout(this.#idle)
    this.#idle = null
    this.#asking += 1
    this.#host ??= this.#open()
    return this.#host
  }

  #end(): void {
    this.#asking -= 1
    if (this.#asking > 0 || this.#host === null) return
    this.#idle = setTimeout(() => void this.close(), this.#idleMs)
    this.#idle.unref()
  }
}
