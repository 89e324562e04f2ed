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
   * @throws LabError `cluster-journal-wrong`.
   */
  async state(): Promise<JournalState | null> {
    const bytes = await this.#read('state.json')
    if (bytes === null) return null
    const text = bytes.toString()
    // Ray answers with an error's words where there is no such file.
    return text.startsWith('{') ? read(JournalState, text) : null
  }

  /**
   * What one file of events tells. @param number from 1 on
   * @throws LabError `cluster-journal-wrong`, also where the file is gone.
   */
  async events(number: number): Promise<JournalLine[]> {
    const name = eventsFile(number)
    const bytes = (await this.#read(name)) ?? refuse('cluster-journal-wrong', { detail: quoted(name) })
    return bytes
      .toString()
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => read(JournalLine, line))
  }

  /** A checkpoint that the driver keeps; null where it is no longer there. */
  async checkpoint(stored: string, sha256: string): Promise<Buffer | null> {
    const bytes = await this.#read(`files/${stored}`)
    return bytes !== null && createHash('sha256').update(bytes).digest('hex') === sha256 ? bytes : null
  }

  #read(name: string): Promise<Buffer | null> {
    return this.#client.file(this.#node, `${this.#folder}/${name}`)
  }
}

function read<Schema extends z.ZodType>(schema: Schema, text: string): z.infer<Schema> {
  try {
    return schema.parse(JSON.parse(text))
  } catch (thrown) {
    return refuse(
      'cluster-journal-wrong',
      { detail: thrown instanceof z.ZodError ? misfitPhrase(thrown) : quoted(text.slice(0, 200)) },
      { cause: thrown },
    )
  }
}
