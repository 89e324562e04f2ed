import { ExportFormat } from '../../../core/run/runExport.ts'
import { runNumber } from '../argumentKinds.ts'
import { defineCommand } from '../command.ts'
import { bytes } from '../format.ts'
import { needed, oneOf, text, usually } from '../optionKinds.ts'
import { checkpointStep } from '../sharedOptions.ts'
import { givenPath } from '../../files/givenPath.ts'

export const exportCommand = defineCommand({
  name: 'export',
  summary: 'Write the trained network of a run for use elsewhere',
  arguments: { run: runNumber },
  options: {
    format: usually(
      oneOf('FORMAT', 'saved-model: a folder that TensorFlow opens', ExportFormat.options),
      'saved-model',
    ),
    out: needed(text('DIR', 'Folder to write into (needed), empty or not there yet')),
    checkpoint: checkpointStep,
  },
  // The lab that writes the folder may run in another one.
  read: ({ run }, { format, out, checkpoint }) => ({ run, format, folder: givenPath(out), checkpoint }),
  run: async ({ client, output }, { run, format, folder, checkpoint }) => {
    const result = await client.runs.export({ run, format, folder, checkpoint })
    output.tell(
      { event: 'done', ...result },
      `Run ${run} at step ${result.checkpoint} is in ${result.folder} (${bytes(result.bytes)}).`,
    )
  },
})
