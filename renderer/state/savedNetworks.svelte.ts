import type { Network } from '../../core/network/network.ts'
import type { NetworkEntry, NetworkVersion, SavedNetwork } from '../../core/network/savedNetwork.ts'
import type { Problem } from '../../core/words/problems.ts'
import { type LabConnection, lab } from './lab.svelte.ts'
import { Requests } from './requests.svelte.ts'

type Call = 'save' | 'remove' | 'rename' | 'versions'

/** Requests for the saved networks: those under way, and why the last one was refused. */
export class SavedNetworks {
  readonly #lab: Pick<LabConnection, 'ask'>
  readonly #requests = new Requests<Call>()
  /** The versions of the network that was last asked for, the newest first. */
  versions = $state.raw<readonly NetworkVersion[]>([])

  constructor(to: Pick<LabConnection, 'ask'> = lab) {
    this.#lab = to
  }

  get problem(): Problem | null {
    return this.#requests.problem
  }

  isPending(call: Call): boolean {
    return this.#requests.isPending(call, null)
  }

  /** Saves a network under a name. Returns it as it was saved; null where it was refused. */
  async save(name: string, note: string, network: Network): Promise<SavedNetwork | null> {
    const answer = await this.#requests.send('save', null, () =>
      this.#lab.ask((client) => client.networks.save({ name, note, network })),
    )
    return answer?.ok === true ? answer.value : null
  }

  /** Removes a network with its versions. Returns whether it was removed. */
  async remove(name: string): Promise<boolean> {
    const answer = await this.#requests.send('remove', null, () =>
      this.#lab.ask((client) => client.networks.remove({ name })),
    )
    return answer?.ok === true
  }

  /** Gives a network another name. Returns it as it is called now; null where it was refused. */
  async rename(name: string, to: string): Promise<NetworkEntry | null> {
    const answer = await this.#requests.send('rename', null, () =>
      this.#lab.ask((client) => client.networks.rename({ name, to })),
    )
    return answer?.ok === true ? answer.value : null
  }

  /** Reads the versions of a network. */
  async readVersions(name: string): Promise<void> {
    const answer = await this.#requests.send('versions', null, () =>
      this.#lab.ask((client) => client.networks.versions({ name })),
    )
    this.versions = answer?.ok === true ? answer.value : []
  }
}

export const savedNetworks = new SavedNetworks()
