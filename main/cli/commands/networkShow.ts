import { kerasSummary } from '../../../core/network/kerasSummary.ts'
import { anyWord } from '../argumentKinds.ts'
import { defineCommand } from '../command.ts'
import { networkNamed, type FoundNetwork } from '../networkNamed.ts'
import { networkVersion } from '../networkOptions.ts'
import { placedNetwork, placeOptions, placeWish } from '../networkPlace.ts'
import { classifierText, layersText, layerValue } from '../networkWords.ts'
import { flag } from '../optionKinds.ts'

const name = 'network show'

/** What a network is called, and what was said of it. */
function headOf(found: FoundNetwork): string[] {
  if (found.kind === 'preset') return [`The network of the preset ${found.preset}.`]
  const { origin, note } = found
  const version = origin.version === null ? 'from a file' : `version ${origin.version}`
  return [`${origin.name}, ${version}.`, ...(note === '' ? [] : [note])]
}

export const networkShowCommand = defineCommand({
  name,
  summary: 'Show the layers of a network with their numbers',
  arguments: { network: anyWord('NAME|FILE') },
  options: {
    ...placeOptions,
    'network-version': networkVersion,
    keras: flag('Print it as summary() of Keras does'),
  },
  read: ({ network }, { 'network-version': version, keras, ...options }) => ({
    network,
    version,
    keras,
    place: placeWish(name, options),
  }),
  run: async (context, { network, version, keras, place: wish }) => {
    const found = await networkNamed(context.client, network, version)
    const { model, table, check, words, data } = await placedNetwork(context, name, found, wish)
    const origin = found.kind === 'own' ? found.origin : { name: found.preset, version: null }
    const value = {
      ...origin,
      preset: found.kind === 'preset',
      note: found.kind === 'own' ? found.note : '',
      input: model.input,
      classifier: check.classifier,
      ...table.totals,
      layers: table.rows.map(layerValue),
      network: model,
    }
    const shown = keras ? [kerasSummary(origin.name, model, table)] : [layersText(table)]
    const lines = [...headOf(found), words, ...classifierText(check.classifier, data), '', ...shown]
    context.output.tell(value, lines.join('\n'))
  },
})
