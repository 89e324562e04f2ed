import { checkNetworkName } from '../../../core/network/savedNetwork.ts'
import { sentenceOf } from '../../../core/words/problems.ts'
import { anyWord } from '../argumentKinds.ts'
import { defineCommand } from '../command.ts'
import { readNetworkFile } from '../networkNamed.ts'
import { boundFault } from '../networkPlace.ts'
import { text } from '../optionKinds.ts'

export const networkSaveCommand = defineCommand({
  name: 'network save',
  summary: 'Save a network from a file under a name; one that changed becomes a new version',
  arguments: { network: anyWord('NAME'), file: anyWord('FILE') },
  options: { note: text('TEXT', 'What to say of it; what the file says where nothing is given') },
  read: ({ network, file }, { note }) => ({ network: checkNetworkName(network), file, note }),
  run: async ({ client, output }, { network: name, file, note }) => {
    const read = await readNetworkFile(file)
    const saved = await client.networks.save({ name, note: note ?? read.note, network: read.network })
    const { version, network } = saved
    const problem = boundFault(network)
    const words = [
      `${saved.name} is saved; it is version ${version}.`,
      ...(problem === null ? [] : [sentenceOf(problem, 'en')]),
    ]
    output.tell({ event: 'done', name: saved.name, version, problem }, words.join('\n'))
  },
})
