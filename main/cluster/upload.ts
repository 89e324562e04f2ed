import { readFile } from 'node:fs/promises'
import path from 'node:path'
import type { ClusterPlace } from '../../core/cluster/clusterPlace.ts'
import type { RunRequest } from '../../core/run/run.ts'
import { refuse } from '../../core/words/problems.ts'
import type { DatasetStore } from '../datasets/datasetStore.ts'
import type { Home } from '../files/places.ts'
import { zipOf } from '../files/zip.ts'
import { dataForRequest } from '../training/runData.ts'
import { dataParts } from './dataParts.ts'
import { programZip } from './program.ts'
import { RayClient, type RuntimeEnvironment } from './rayClient.ts'
import { dataName, fileName, filesOf, sentSweep, type RunToSend } from './sentSweep.ts'

/** The oldest minor version of Ray 2 that is taken. */
const leastRay = 30

/** A sweep whose parts the cluster has. */
export interface UploadedSweep {
  readonly client: RayClient
  /** That of the job that trains it. */
  readonly environment: RuntimeEnvironment
}

/**
 * Uploads all that a sweep needs; what the cluster has already is not sent again.
 * @param base The request whose images its runs train on.
 * @throws LabError why it cannot be sent.
 */
export async function uploadSweep(
  { datasets, home }: { readonly datasets: DatasetStore; readonly home: Home },
  base: RunRequest,
  place: ClusterPlace,
  runs: readonly RunToSend[],
): Promise<UploadedSweep> {
  const { dataFolder } = dataForRequest(datasets, base)
  const { sha256 } = base.config.data
  const client = new RayClient(place)
  await checkVersion(client)
  const working_dir = await client.upload(await programZip())
  const modules: string[] = []
  if (place.dataFolder === null)
    for await (const part of dataParts(dataFolder, dataName(sha256))) modules.push(await client.upload(part))
  for (const file of filesOf(runs)) {
    const entry = { name: `${fileName(file.sha256)}/checkpoint.safetensors`, content: await readFile(file.path) }
    modules.push(await client.upload(await zipOf([entry], { compress: true })))
  }
  const data = { sha256, inFolder: path.relative(home.datasets, dataFolder) }
  const text = JSON.stringify(sentSweep(place, runs, data))
  const order = { name: 'conv-lab-sweep/sweep.json', content: Buffer.from(text) }
  const sweep = await zipOf([order], { compress: true })
  return { client, environment: { working_dir, py_modules: [await client.upload(sweep), ...modules] } }
}

/** @throws LabError `cluster-version`, or as `RayClient.version`. */
async function checkVersion(client: RayClient): Promise<void> {
  const version = await client.version()
  const [major, minor] = version.split('.').map(Number)
  if (major !== 2 || !(minor >= leastRay))
    refuse('cluster-version', { version, address: client.host, least: `2.${leastRay}` })
}
