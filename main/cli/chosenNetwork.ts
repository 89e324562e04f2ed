import type { DatasetView } from '../../core/data/datasetView.ts'
import { checkNetwork } from '../../core/network/checkNetwork.ts'
import { classifierOf, networkOf } from '../../core/network/network.ts'
import type { ChosenNetwork } from '../../core/run/choices.ts'
import { croppedInput, presetModel } from '../../core/run/presets.ts'
import type { PresetId } from '../../core/run/presetId.ts'
import type { RunSummary } from '../../core/run/run.ts'
import { LabError } from '../../core/words/problems.ts'
import { networkName } from './networkWords.ts'
import type { FoundNetwork } from './networkNamed.ts'

/**
 * The network that `lab train --network` names, checked against the data that it is trained on.
 * @param preset Whose settings train it, and whose crop it takes where it is free.
 * @throws LabError what is wrong with it first: `model-invalid`, `network-empty` or `images-too-small`.
 */
export function chosenNetwork(found: FoundNetwork, preset: PresetId, view: DatasetView): ChosenNetwork {
  if (found.kind === 'preset') {
    const model = presetModel(found.preset, view)
    return { origin: { name: found.preset, version: null }, network: { ...networkOf(model), input: model.input } }
  }
  const { origin, network } = found
  const { faults } = checkNetwork(network, {
    input: croppedInput(preset, view.image),
    classes: view.classes.length,
    image: view.image,
  })
  if (faults.length > 0) throw new LabError(faults[0].problem)
  return { origin, network }
}

/** Which network a run trains, where it is no preset's, with what the data decide of it. */
export function trainedNetworkText({ network, config: { model } }: RunSummary): string {
  if (network === null) return ''
  const classifier = model.layers.find(({ name }) => name === classifierOf(model))
  const units =
    classifier?.kind === 'dense' ? `, ${classifier.name} with ${classifier.units} units for the classes` : ''
  return `network ${networkName(network)}${units}; `
}
