import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createInterface, type Interface } from 'node:readline'
import { z } from 'zod'
import { SetupProblem } from '../../setup/problem.mjs'

const Greeting = z.object({ versions: z.record(z.string(), z.string()) })

/** Bytes of a peer's error output that are remembered, to say why it ended. */
const remembered = 4096

/**
 * A program that answers questions, a JSON value a line each way. It ends when its input does, so it never outlives the
 * bench.
 */
export class PeerProcess {
  readonly #name: string
  readonly #child: ChildProcess
  readonly #lines: AsyncIterator<string>
  #errors = ''

  private constructor(name: string, command: string, parameters: readonly string[], environment: NodeJS.ProcessEnv) {
    this.#name = name
    this.#child = spawn(command, parameters, { env: environment, stdio: ['pipe', 'pipe', 'pipe'] })
    const { stdout, stderr } = this.#child
    if (stdout === null || stderr === null) throw new Error('a peer has no output')
    const lines: Interface = createInterface({ input: stdout })
    this.#lines = lines[Symbol.asyncIterator]()
    stderr.setEncoding('utf8').on('data', (text: string) => {
      this.#errors = (this.#errors + text).slice(-remembered)
    })
    // A peer that is gone is noticed by the answer that does not come.
    this.#child.stdin?.on('error', () => undefined)
    this.#child.on('error', (thrown) => {
      this.#errors += thrown.message
    })
  }

  /**
   * Starts a peer and waits until it is ready.
   * @throws SetupProblem when it ends instead.
   */
  static async start(
    name: string,
    command: string,
    parameters: readonly string[],
    environment: NodeJS.ProcessEnv,
  ): Promise<{ peer: PeerProcess; versions: Record<string, string> }> {
    const peer = new PeerProcess(name, command, parameters, environment)
    return { peer, versions: Greeting.parse(await peer.#answer()).versions }
  }

  /**
   * Asks one question and waits for the answer, however long that takes.
   * @throws SetupProblem when the peer ends instead.
   */
  async ask<Answer>(command: string, question: object, answer: z.ZodType<Answer>): Promise<Answer> {
    this.#child.stdin?.write(`${JSON.stringify({ command, ...question })}\n`)
    return answer.parse(await this.#answer())
  }

  async close(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return
    const ended = once(this.#child, 'exit')
    this.#child.stdin?.end()
    await ended
  }

  async #answer(): Promise<unknown> {
    const { value, done } = await this.#lines.next()
    if (done !== true) return JSON.parse(value)
    const lines = this.#errors.trim().split('\n')
    throw new SetupProblem(
      `${this.#name} ended unexpectedly while it was measured (${lines[lines.length - 1] || 'it said nothing'}).`,
    )
  }
}
