import { defineCommand } from '../command.ts'
import { runTable } from '../runTable.ts'

export const runsCommand = defineCommand({
  name: 'runs',
  summary: 'List the runs, newest first',
  read: () => ({}),
  run: async ({ client, output }) => {
    const runs = await client.runs.list()
    output.tell(
      runs,
      runs.length === 0 ? 'There are no runs yet. “lab train --dataset cifar-10” starts one.' : runTable(runs),
    )
  },
})
