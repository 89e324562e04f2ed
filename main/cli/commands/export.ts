import {
  ExportFormat,
  type ExportEvent,
  type ExportQuestion,
  type ExportResult,
  isRunFormat,
  PixelInput,
} from '../../../core/run/runExport.ts'
import { refuse } from '../../../core/words/problems.ts'
import { runNumber } from '../argumentKinds.ts'
import { defineCommand } from '../command.ts'
import { bytes } from '../format.ts'
import { flag, needed, oneOf, text, usually } from '../optionKinds.ts'
import { answerOf } from '../passShown.ts'
import { chosenCheckpoint } from '../sharedOptions.ts'
import { givenPath } from '../../files/givenPath.ts'

const name = 'export'

function inputOf(format: ExportFormat, given: PixelInput | undefined): PixelInput {
  if (given !== undefined && format !== 'onnx')
    refuse('arguments-wrong', { command: name, detail: '--input is for --format onnx' })
  return given ?? 'uint8'
}

function liveOf(format: ExportFormat, given: boolean): boolean {
  if (given && format !== 'tensorboard')
    refuse('arguments-wrong', { command: name, detail: '--live is for --format tensorboard' })
  return given
}

export const exportCommand = defineCommand({
  name,
  summary: 'Write the trained network of a run, or its curves, for use elsewhere',
  arguments: { run: runNumber },
  options: {
    format: usually(oneOf('FORMAT', ExportFormat.options.join(', '), ExportFormat.options), 'saved-model'),
    out: needed(text('DIR', 'Folder to write into (needed), empty or not there yet')),
    checkpoint: chosenCheckpoint,
    live: flag('Write on for TensorBoard while the run trains, after a pause too (--format tensorboard)'),
    input: oneOf('TYPE', 'Type of the pixels that an ONNX network takes: uint8 or float32 (uint8)', PixelInput.options),
  },
  // The lab that writes the folder may run in another one.
  read: ({ run }, { format, out, checkpoint, live, input }): ExportQuestion => ({
    run,
    format,
    folder: givenPath(out),
    checkpoint,
    live: liveOf(format, live),
    input: inputOf(format, input),
  }),
  endsItself: true,
  run: async (context, question) => {
    const { client, interruption, output } = context
    const isOfRun = isRunFormat(question.format)
    const written = async (): Promise<ExportResult> => {
      const events: AsyncIterable<ExportEvent> = await client.runs.export(question, { signal: interruption.signal })
      return (await answerOf(context, events, () => (isOfRun ? 'steps' : 'bytes'))).result
    }
    const result = await Promise.race([written(), interruption.rejected()])
    output.tell(
      { event: 'done', ...result },
      `Run ${result.run} at step ${result.checkpoint} is in ${result.folder} (${bytes(result.bytes)}): ${result.files.join(', ')}.`,
    )
  },
})
