import { phrase } from '../../core/words/phrases.ts'
import { classesOf } from '../../core/network/geometry.ts'
import { modelOf } from '../../core/network/network.ts'
import type { SavedNetwork } from '../../core/network/savedNetwork.ts'
import { canonicalJson } from '../../core/numbers/canonicalJson.ts'
import type { RunRequest } from '../../core/run/run.ts'
import { refuse } from '../../core/words/problems.ts'

/**
 * Checks that the model of a request is that of the saved network which it names, so that no run ever says the name of
 * another network than its own.
 * @param saved Finds a version of a network.
 * @throws LabError `network-unknown`, `network-version-unknown` or `bad-input`.
 */
export function checkOrigin(
  { network, config: { model } }: Pick<RunRequest, 'network' | 'config'>,
  saved: (name: string, version: number) => Pick<SavedNetwork, 'network'>,
): void {
  if (network === undefined || network.version === null) return
  const { name, version } = network
  const named = modelOf(saved(name, version).network, { input: model.input, classes: classesOf(model) })
  if (canonicalJson(named) !== canonicalJson(model))
    refuse('bad-input', { detail: phrase('not-that-version', { setting: 'config.model', version, name }) })
}
