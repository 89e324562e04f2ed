import { anyWord } from '../argumentKinds.ts'
import { defineCommand } from '../command.ts'
import { getDataset } from '../getDataset.ts'
import { text } from '../optionKinds.ts'
import { tellReady } from '../tellReady.ts'

export const datasetGetCommand = defineCommand({
  name: 'dataset get',
  summary: 'Download and prepare a data set',
  arguments: { dataset: anyWord('ID') },
  options: { edition: text('E', 'One of the editions that its publisher offers; “lab dataset show” lists them') },
  endsItself: true,
  read: ({ dataset }, { edition }) => ({ dataset, edition }),
  run: async (context, { dataset, edition }) => tellReady(context, await getDataset(context, dataset, edition)),
})
