import { anyWord } from '../argumentKinds.ts'
import { defineCommand } from '../command.ts'
import { networkNamed } from '../networkNamed.ts'
import { networkVersion } from '../networkOptions.ts'
import { placedNetwork, placeOptions, placeWish } from '../networkPlace.ts'
import { classifierText, layerValue } from '../networkWords.ts'

const name = 'network check'

export const networkCheckCommand = defineCommand({
  name,
  summary: 'Check that a network works, layer by layer',
  arguments: { network: anyWord('FILE|NAME') },
  options: { ...placeOptions, 'network-version': networkVersion },
  read: ({ network }, { 'network-version': version, ...options }) => ({
    network,
    version,
    place: placeWish(name, options),
  }),
  /** Refuses a network that does not work with what is wrong with its first layer. */
  run: async (context, { network, version, place: wish }) => {
    const found = await networkNamed(context.client, network, version)
    const { model, table, check, words, data } = await placedNetwork(context, name, found, wish)
    const { parameters, multiplyAdds, activationBytes } = table.totals
    const value = {
      ok: true,
      parameters,
      layers: table.rows.map(layerValue),
      multiplyAdds,
      activationBytes,
      input: model.input,
      classifier: check.classifier,
    }
    const lines = [
      words,
      ...classifierText(check.classifier, data),
      `It works: ${table.rows.length} layers, ${parameters} parameters, ${multiplyAdds} multiply-adds an image.`,
    ]
    context.output.tell(value, lines.join('\n'))
  },
})
