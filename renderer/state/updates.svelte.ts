import type { UpdateEvent, UpdateLook } from '../../core/contract/updateContract.ts'
import type { DatasetProgress } from '../../core/data/dataset.ts'
import type { OfferedTemplate } from '../../core/mirror/mirrorOffer.ts'
import { readNetworkText } from '../../core/network/networkFile.ts'
import { type Problem, problemOf } from '../../core/words/problems.ts'
import { type LabConnection, lab } from './lab.svelte.ts'

export type SavedArchive = Extract<UpdateEvent, { kind: 'saved' }>

/** What the mirror has for this Conv Lab. It is asked when a person presses a button, and at no other time. */
export class Updates {
  /** What the mirror answered last; null before anybody has asked. */
  look = $state.raw<UpdateLook | null>(null)
  looking = $state(false)
  /** How far an archive has come; null while none is being saved. */
  progress = $state.raw<DatasetProgress | null>(null)
  saved = $state.raw<SavedArchive | null>(null)
  /** The network that was taken last, with its version. */
  taken = $state.raw<{ readonly name: string; readonly version: number } | null>(null)
  /** The template that is being taken, by its file. */
  taking = $state<string | null>(null)
  problem = $state.raw<Problem | null>(null)
  /** The folder that was typed; null for the one that the lab names. */
  typedFolder = $state<string | null>(null)
  readonly #lab: Pick<LabConnection, 'ask'>
  #abort = new AbortController()

  constructor(to: Pick<LabConnection, 'ask'> = lab) {
    this.#lab = to
  }

  /** Asks the mirror in use. */
  async ask(): Promise<void> {
    if (this.looking || this.progress !== null) return
    this.forget()
    this.looking = true
    const answer = await this.#lab.ask((client) => client.update.look())
    this.looking = false
    if (answer.ok) this.look = answer.value
    else this.problem = answer.problem
  }

  /** Forgets what was answered, because another mirror is in use now. */
  forget(): void {
    this.look = null
    this.saved = null
    this.taken = null
    this.problem = null
  }

  /** Saves the archive that was found. */
  async save(): Promise<void> {
    const found = this.look?.found
    if (found === undefined || found.kind === 'none' || this.progress !== null) return
    const { archive } = found
    const abort = new AbortController()
    this.#abort = abort
    this.problem = null
    this.saved = null
    this.progress = {
      stage: 'connecting',
      doneBytes: 0,
      totalBytes: archive.bytes,
      bytesPerSecond: null,
      secondsLeft: null,
    }
    const typed = this.typedFolder?.trim() ?? ''
    const folder = typed === '' ? null : typed
    const answer = await this.#lab.ask(async (client) => {
      for await (const event of await client.update.save({ archive, folder }, { signal: abort.signal })) {
        if (event.kind === 'progress') this.progress = event.progress
        else this.saved = event
      }
    })
    this.progress = null
    if (!answer.ok && !abort.signal.aborted) this.problem = answer.problem
  }

  cancel(): void {
    this.#abort.abort()
  }

  /** Keeps a network that is handed out under its name. */
  async take({ file, name }: OfferedTemplate): Promise<void> {
    if (this.taking !== null) return
    this.problem = null
    this.taken = null
    this.taking = file
    const template = await this.#lab.ask((client) => client.update.template({ file }))
    if (template.ok) await this.#keep(name, template.value.text)
    else this.problem = template.problem
    this.taking = null
  }

  async #keep(name: string, text: string): Promise<void> {
    try {
      const { note, network } = readNetworkText(text)
      const answer = await this.#lab.ask((client) => client.networks.save({ name, note, network }))
      if (answer.ok) this.taken = { name: answer.value.name, version: answer.value.version }
      else this.problem = answer.problem
    } catch (thrown) {
      this.problem = problemOf(thrown)
    }
  }
}

export const updates = new Updates()
