import { kerasSummary } from '../../../core/network/kerasSummary.ts'
import { layerSettingsText } from '../../../core/network/layerSettings.ts'
import { layerTableCsv, layerTableLatex, type LayerTableWords } from '../../../core/network/layerTableText.ts'
import { networkText } from '../../../core/network/networkFile.ts'
import { writeFileAtomically } from '../../files/atomicFile.ts'
import { anyWord } from '../argumentKinds.ts'
import { defineCommand } from '../command.ts'
import type { CommandContext } from '../context.ts'
import { networkNamed, type FoundNetwork } from '../networkNamed.ts'
import { networkVersion } from '../networkOptions.ts'
import { placedNetwork, placeOptions, placeWish, type NetworkPlaceWish } from '../networkPlace.ts'
import { oneOf, usually } from '../optionKinds.ts'
import { givenPath } from '../../files/givenPath.ts'

const name = 'network export'

const formats = ['json', 'csv', 'latex', 'keras'] as const
type Format = (typeof formats)[number]

const words: LayerTableWords = {
  layer: 'Layer',
  kind: 'Kind',
  output: 'Output',
  parameters: 'Parameters',
  multiplyAdds: 'Multiply-adds',
  receptiveField: 'Receptive field',
  total: 'Total',
  kindOf: ({ layer }) => [layer.kind, layerSettingsText(layer)].filter((text) => text !== '').join(', '),
  number: (value) => value.toLocaleString('en-US'),
}

/** The content of the file. A network of one's own is written as it is; its tables are those for an image. */
async function contentOf(
  context: CommandContext,
  found: FoundNetwork,
  format: Format,
  wish: NetworkPlaceWish,
): Promise<string> {
  if (format === 'json' && found.kind === 'own')
    return networkText({ name: found.origin.name, note: found.note, network: found.network })
  const { model, table } = await placedNetwork(context, name, found, wish)
  const title = found.kind === 'own' ? found.origin.name : found.preset
  switch (format) {
    case 'json':
      return networkText({ name: null, note: '', network: { layers: model.layers, head: model.head } })
    case 'csv':
      return layerTableCsv(table)
    case 'latex':
      return layerTableLatex(table, words)
    case 'keras':
      return kerasSummary(title, model, table)
  }
}

export const networkExportCommand = defineCommand({
  name,
  summary: 'Write a network, or the table of its layers, into a file',
  arguments: { network: anyWord('NAME'), file: anyWord('FILE') },
  options: {
    as: usually<Format>(
      oneOf('FORMAT', 'json: the network; csv, latex or keras (as summary() prints it): its table', formats),
      'json',
    ),
    ...placeOptions,
    'network-version': networkVersion,
  },
  read: ({ network, file }, { as: format, 'network-version': version, ...options }) => ({
    network,
    file: givenPath(file),
    format,
    version,
    place: placeWish(name, options),
  }),
  run: async (context, { network, file, format, version, place }) => {
    const found = await networkNamed(context.client, network, version)
    const content = await contentOf(context, found, format, place)
    await writeFileAtomically(file, [Buffer.from(content)])
    context.output.tell({ event: 'done', network, format, file }, `${network} is written to ${file}.`)
  },
})
