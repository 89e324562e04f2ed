import path from 'node:path'
import { ClusterPlace, runProcessors } from '../../core/cluster/clusterPlace.ts'
import { refuse } from '../../core/words/problems.ts'
import type { Option } from './command.ts'
import { numberWithin, oneOf, readText } from './optionKinds.ts'

/** A path on the nodes of a cluster. */
function nodePath(help: string): Option<string | undefined> {
  const { nodesHave } = ClusterPlace.shape
  return readText('DIR', help, 'an absolute path on the nodes', (word) =>
    nodesHave.safeParse(word).success ? word : null,
  )
}

/** The process that reads the file may run in another folder, so its path is absolute. */
const tokenFile: Option<string | undefined> = {
  value: 'FILE',
  help: 'A file with the token that the cluster asks for',
  read: (word) => (word === undefined ? undefined : path.resolve(word)),
}

/** Options that say on which cluster a sweep trains, and how. */
export const clusterOptions = {
  on: oneOf('ray', 'Train on a Ray cluster, many runs at once; see docs/cluster.md', ['ray']),
  address: readText('URL', 'Address of the cluster’s dashboard', 'an address such as http://HOST:8265', (word) =>
    ClusterPlace.shape.address.safeParse(word).success ? word : null,
  ),
  'token-file': tokenFile,
  processors: numberWithin('N', 'Processors and threads of each run there (1)', {
    ...runProcessors,
    whole: true,
    includesMin: true,
  }),
  'nodes-have': nodePath('Where all nodes have an unpacked Conv Lab; otherwise Ray installs what they need'),
  'data-folder': nodePath('Where all nodes see a copy of the folder “datasets”; otherwise the images are sent'),
}

/** The values of these options. */
interface Given {
  readonly on: 'ray' | undefined
  readonly address: string | undefined
  readonly 'token-file': string | undefined
  readonly processors: number | undefined
  readonly 'nodes-have': string | undefined
  readonly 'data-folder': string | undefined
}

/**
 * The cluster that a person has named; undefined for this computer.
 * @throws LabError `arguments-wrong` where one option lacks another.
 */
export function clusterOf(command: string, given: Given): ClusterPlace | undefined {
  const { on, address, processors } = given
  const wrong = (detail: string): never => refuse('arguments-wrong', { command, detail })
  const others = ['address', 'token-file', 'processors', 'nodes-have', 'data-folder'] as const
  if (on === undefined) {
    const other = others.find((name) => given[name] !== undefined)
    return other === undefined ? undefined : wrong(`--${other} belongs to --on ray`)
  }
  return {
    address: address ?? wrong('--on ray needs --address'),
    tokenFile: given['token-file'] ?? null,
    processors: processors ?? 1,
    nodesHave: given['nodes-have'] ?? null,
    dataFolder: given['data-folder'] ?? null,
  }
}
