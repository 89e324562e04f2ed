import { anyWord } from '../argumentKinds.ts'
import { defineCommand } from '../command.ts'
import { datasetWork } from '../datasetWork.ts'
import { bytes } from '../format.ts'
import { needed, text } from '../optionKinds.ts'
import { givenPath } from '../../files/givenPath.ts'

export const datasetPackCommand = defineCommand({
  name: 'dataset pack',
  summary: 'Write a data set into one file that another computer imports',
  arguments: { dataset: anyWord('ID') },
  options: { out: needed(text('FILE', 'File to write (needed)')) },
  endsItself: true,
  // The lab that writes the file may run in another folder.
  read: ({ dataset }, { out }) => ({ dataset, file: givenPath(out) }),
  run: async (context, { dataset, file }) => {
    const packed = await datasetWork(context, dataset, () => context.client.datasets.pack({ dataset, file }))
    context.output.tell(
      { event: 'done', dataset, ...packed },
      `${packed.file} has ${bytes(packed.bytes)}. “lab dataset import ${dataset} FILE” takes it on another computer.`,
    )
  },
})
