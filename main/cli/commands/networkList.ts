import { shapeText } from '../../../core/network/shapes.ts'
import { PresetId } from '../../../core/run/presetId.ts'
import { defineCommand } from '../command.ts'
import { absent, table } from '../format.ts'

export const networkListCommand = defineCommand({
  name: 'network list',
  summary: 'List the networks: the presets, and those of one’s own',
  read: () => ({}),
  run: async ({ client, output }) => {
    const networks = await client.networks.list()
    const rows = [
      ...PresetId.options.map((id) => [id, 'preset', absent, 'the data set’s', absent, '']),
      ...networks.map(({ name, version, layers, input, note }) => [
        name,
        `version ${version}`,
        String(layers),
        input === null ? 'the data set’s' : shapeText([input.height, input.width, input.channels]),
        note.split('\n')[0],
      ]),
    ].map((row) => row.slice(0, 5))
    output.tell({ presets: PresetId.options, networks }, table(['NETWORK', 'SAVED', 'LAYERS', 'IMAGE', 'NOTE'], rows))
  },
})
