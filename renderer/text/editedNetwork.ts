import type { NetworkBeginning } from '../../core/network/edit/networkDraft.ts'
import * as m from '../messages/compiled/messages.js'
import { presetName } from './labels.ts'
import { type NamedRun, runNameOf } from './runName.ts'

/** What an edited network was begun with, as it is called. */
export function beginningName(beginning: NetworkBeginning, runs: readonly NamedRun[]): string {
  switch (beginning.kind) {
    case 'empty':
      return m.network_new()
    case 'preset':
      return presetName(beginning.preset)
    case 'saved':
    case 'file':
      return beginning.name
    case 'run':
      return m.network_of_run({ run: runNameOf(runs, beginning.run) })
  }
}

/** What an edited network is called. */
export function editedName(beginning: NetworkBeginning, isEdited: boolean, runs: readonly NamedRun[]): string {
  const name = beginningName(beginning, runs)
  return isEdited && beginning.kind !== 'empty' ? m.network_edited({ name }) : name
}
