import { usualChoice, viewOf, type DatasetView } from '../../core/data/datasetView.ts'
import { checkNetwork, type CheckedAgainst, type NetworkCheck } from '../../core/network/checkNetwork.ts'
import { layerTable, type LayerTable } from '../../core/network/layerTable.ts'
import { ModelInput, type Model } from '../../core/network/model.ts'
import { networkOf, type Network } from '../../core/network/network.ts'
import { shapeText } from '../../core/network/shapes.ts'
import { croppedInput, labPreset, presets, suggestedPreset } from '../../core/run/presets.ts'
import type { PresetId } from '../../core/run/presetId.ts'
import { LabError, type Problem, refuse } from '../../core/words/problems.ts'
import type { ValuesOf } from './command.ts'
import type { CommandContext } from './context.ts'
import { datasetEntry } from './getDataset.ts'
import type { FoundNetwork } from './networkNamed.ts'
import { numberWithin, readText, text } from './optionKinds.ts'
import { presetIfNamed } from './sharedOptions.ts'

/** An image as `28x28x1`; null where it is none. */
function imageIn(word: string): ModelInput | null {
  const [, height, width, channels] = /^(\d+)x(\d+)x(\d+)$/.exec(word) ?? []
  const read = ModelInput.safeParse({ height: Number(height), width: Number(width), channels: Number(channels) })
  return read.success ? read.data : null
}

/** What a network that takes the image of a data set is looked at with. */
export const placeOptions = {
  dataset: text('ID', 'Data set whose images it takes and whose classes it tells apart'),
  crop: presetIfNamed('Preset that crops those images, the one for the data set where none is named'),
  input: readText('HxWxC', 'Image in place of a data set, such as 28x28x1', 'an image such as 28x28x1', imageIn),
  classes: numberWithin('N', 'Classes in place of a data set', { min: 2, max: 65_536, whole: true, includesMin: true }),
}

/** Where a network is looked at: what it takes, and how that came about in words. */
export interface NetworkPlaceWish {
  readonly dataset?: string | undefined
  readonly crop?: PresetId | undefined
  readonly input?: ModelInput | undefined
  readonly classes?: number | undefined
}

/**
 * What the options say of the place.
 * @throws LabError `arguments-wrong` where they do not go together.
 */
export function placeWish(command: string, options: ValuesOf<typeof placeOptions>): NetworkPlaceWish {
  const { dataset, crop, input, classes } = options
  if (dataset !== undefined && (input ?? classes) !== undefined)
    refuse('arguments-wrong', { command, detail: '--dataset and --input are two answers to one question' })
  if ((input === undefined) !== (classes === undefined))
    refuse('arguments-wrong', { command, detail: '--input and --classes belong together' })
  if (crop !== undefined && dataset === undefined)
    refuse('arguments-wrong', { command, detail: '--crop belongs to --dataset' })
  return { dataset, crop, input, classes }
}

/** A network with its numbers at a place. */
export interface PlacedNetwork {
  readonly check: NetworkCheck
  readonly model: Model
  readonly table: LayerTable
  /** Where the image comes from, in a sentence. */
  readonly words: string
  /** What the classes are those of. */
  readonly data: string
}

function imageText({ height, width, channels }: ModelInput): string {
  return shapeText([height, width, channels])
}

/** How many classes a bound network tells apart, by what its last layer gives. */
function ownClasses(network: Network, input: ModelInput): number {
  if (network.head.kind === 'tanh') return 2
  const last = checkNetwork(network, { input, classes: 1 }).layers.at(-1)?.row
  return last?.shape.length === 1 ? last.shape[0] : 1
}

/** What is wrong first with a bound network; null where nothing is, or where it is free and the data decide. */
export function boundFault(network: Network): Problem | null {
  const { input } = network
  if (input === undefined) return null
  return checkNetwork(network, { input, classes: ownClasses(network, input) }).faults.at(0)?.problem ?? null
}

interface Place {
  readonly against: CheckedAgainst
  readonly words: string
  readonly data: string
}

function placeInSet(view: DatasetView, preset: PresetId, bound: ModelInput | undefined): Place {
  const cropped = croppedInput(preset, view.image)
  const words =
    bound === undefined
      ? `It takes the ${imageText(view.image)} images of ${view.name}, cropped to ${imageText(cropped)} as the preset ${preset} does.`
      : `It is bound to ${imageText(bound)} images, cut from the ${imageText(view.image)} ones of ${view.name}.`
  return {
    against: { input: bound ?? cropped, classes: view.classes.length, image: view.image },
    words,
    data: view.name,
  }
}

async function placeFor(
  context: CommandContext,
  command: string,
  found: FoundNetwork,
  wish: NetworkPlaceWish,
): Promise<Place> {
  const network = found.kind === 'own' ? found.network : null
  const bound = network?.input
  if (wish.dataset !== undefined) {
    const entry = await datasetEntry(context, wish.dataset)
    const view = viewOf(entry, usualChoice(entry))
    const usual = found.kind === 'preset' ? found.preset : (suggestedPreset(entry.id) ?? labPreset)
    return placeInSet(view, wish.crop ?? usual, bound)
  }
  if (wish.input !== undefined && wish.classes !== undefined) {
    const words = `It takes ${imageText(wish.input)} images, as --input says, and tells ${wish.classes} classes apart.`
    return { against: { input: wish.input, classes: wish.classes }, words, data: 'the data' }
  }
  if (network !== null && bound !== undefined) {
    const words = `It is bound to ${imageText(bound)} images.`
    return { against: { input: bound, classes: ownClasses(network, bound) }, words, data: 'the data' }
  }
  return refuse('arguments-wrong', {
    command,
    detail:
      'this network takes the image and the classes of a data set; name one with --dataset ID, or give --input 28x28x1 --classes 10',
  })
}

/** The network for a place. A preset builds its own for the image. */
function networkAt(found: FoundNetwork, { against: { input, classes } }: Place): Network {
  return found.kind === 'own' ? found.network : networkOf(presets[found.preset].network(input, classes))
}

/**
 * A network with its table where a person looks at it.
 * @throws LabError what is wrong with it first; `arguments-wrong` where nothing says which image it takes; `dataset-unknown`.
 */
export async function placedNetwork(
  context: CommandContext,
  command: string,
  found: FoundNetwork,
  wish: NetworkPlaceWish,
): Promise<PlacedNetwork> {
  const place = await placeFor(context, command, found, wish)
  const check = checkNetwork(networkAt(found, place), place.against)
  const { faults, model } = check
  if (model === null) throw new LabError(faults[0].problem)
  return { check, model, table: layerTable(model), words: place.words, data: place.data }
}
