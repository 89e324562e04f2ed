import type { About, FolderToOpen } from '../../core/contract/about.ts'
import type { Problem } from '../../core/words/problems.ts'
import { type LabConnection, lab } from './lab.svelte.ts'
import { Requests } from './requests.svelte.ts'

/** What the lab is made of and where its files are, and the requests to show its folders. */
export class AboutLab {
  /** Null until it has been read; it does not change while the lab is open. */
  known = $state.raw<About | null>(null)
  readonly #lab: Pick<LabConnection, 'ask'>
  readonly #requests = new Requests<'read' | 'open', string>()

  constructor(to: Pick<LabConnection, 'ask'> = lab) {
    this.#lab = to
  }

  /** Why it could not be read, or why the last folder could not be shown. */
  get problem(): Problem | null {
    return this.#requests.problem
  }

  /** Reads it, unless it is known already. */
  async read(): Promise<void> {
    if (this.known !== null) return
    const answer = await this.#requests.send('read', '', () => this.#lab.ask((client) => client.lab.about()))
    if (answer?.ok === true) this.known = answer.value
  }

  /** Shows a folder in the system's file manager, if this shell can. */
  async openFolder(folder: FolderToOpen): Promise<void> {
    const subject = folder.kind === 'checkpoints' ? `checkpoints ${folder.run}` : folder.kind
    await this.#requests.send('open', subject, () => this.#lab.ask((client) => client.lab.openFolder(folder)))
  }
}

export const aboutLab = new AboutLab()
