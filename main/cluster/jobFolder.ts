import { createHash } from 'node:crypto'
import { z } from 'zod'
import { misfitPhrase } from '../../core/words/issuePhrase.ts'
import { quoted } from '../../core/words/phrases.ts'
import { refuse } from '../../core/words/problems.ts'
import { eventsFile, JournalLine, JournalState } from './journal.ts'
import type { RayClient } from './rayClient.ts'

/** The folder that the driver of a job keeps on the head, read over Ray's HTTP API. */
export class JobFolder {
  readonly #client: RayClient
  readonly #node: string
  readonly #folder: string

  /** @param node Ray's name of the node on which the driver runs. */
  constructor(client: RayClient, node: string, job: string) {
    this.#client = client
    this.#node = node
    this.#folder = job
  }

  /**
   * How the sweep stands; null where the driver has not written it yet.
   * @throws LabError `cluster-journal-wrong`, or as `RayClient.file`.
   */
  async state(): Promise<JournalState | null> {
    const bytes = await this.#read('state.json')
    return bytes === null ? null : this.#parse(JournalState, bytes.toString())
  }

  /**
   * What one file of events tells. @param number from 1 on
   * @throws LabError `cluster-journal-wrong`, also where the file is gone, or as `RayClient.file`.
   */
  async events(number: number): Promise<JournalLine[]> {
    const name = eventsFile(number)
    const bytes = (await this.#read(name)) ?? refuse('cluster-journal-wrong', { detail: quoted(name) })
    return bytes
      .toString()
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => this.#parse(JournalLine, line))
  }

  /**
   * A checkpoint that the driver keeps; null where it is no longer there, or damaged.
   * @throws LabError as `RayClient.file`.
   */
  async checkpoint(stored: string, sha256: string): Promise<Buffer | null> {
    const isRight = (bytes: Buffer): boolean => createHash('sha256').update(bytes).digest('hex') === sha256
    const first = await this.#read(`files/${stored}`)
    if (first === null || isRight(first)) return first
    // A part of it may have been lost on the way, but hardly twice the same.
    const second = await this.#read(`files/${stored}`)
    if (second === null || isRight(second)) return second
    return first.equals(second) ? null : this.#unread(stored)
  }

  #read(name: string): Promise<Buffer | null> {
    return this.#client.file(this.#node, `${this.#folder}/${name}`)
  }

  #parse<Schema extends z.ZodType>(schema: Schema, text: string): z.infer<Schema> {
    try {
      return schema.parse(JSON.parse(text))
    } catch (thrown) {
      // The driver writes whole lines: what is none was cut off on the way, and comes whole another time.
      return thrown instanceof z.ZodError
        ? refuse('cluster-journal-wrong', { detail: misfitPhrase(thrown) }, { cause: thrown })
        : this.#unread(text.slice(0, 200), thrown)
    }
  }

  #unread(what: string, cause?: unknown): never {
    return refuse('cluster-refuses', { address: this.#client.host, detail: quoted(what) }, { cause })
  }
}
