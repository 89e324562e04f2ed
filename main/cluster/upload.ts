import { readFile, stat } from 'node:fs/promises'
import path from 'node:path'
import type { ClusterPlace } from '../../core/cluster/clusterPlace.ts'
import type { RunRequest } from '../../core/run/run.ts'
import { refuse } from '../../core/words/problems.ts'
import type { DatasetStore } from '../datasets/datasetStore.ts'
import type { Home } from '../files/places.ts'
import { zipOf, type ZipEntry } from '../files/zip.ts'
import { dataForRequest } from '../training/runData.ts'
import { dataParts, type Parcel } from './dataParts.ts'
import { programFiles } from './program.ts'
import { packageName, packageUri, RayClient, type RuntimeEnvironment } from './rayClient.ts'
import type { Sending } from './sendings.ts'
import { dataName, fileName, filesOf, sentSweep, type RunToSend, type SentFile } from './sentSweep.ts'

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
 * @throws LabError why it cannot be sent, or the reason of the signal.
 */
export async function uploadSweep(
  { datasets, home }: { readonly datasets: DatasetStore; readonly home: Home },
  base: RunRequest,
  place: ClusterPlace,
  runs: readonly RunToSend[],
  sending: Sending,
): Promise<UploadedSweep> {
  const { dataFolder } = dataForRequest(datasets, base)
  const { sha256 } = base.config.data
  const program = parcelOf(await programFiles())
  const client = new RayClient(place)
  await checkVersion(client, sending.signal)
  const data = { sha256, inFolder: path.relative(home.datasets, dataFolder) }
  const text = JSON.stringify(sentSweep(place, runs, data))
  const order = parcelOf([{ name: 'conv-lab-sweep/sweep.json', content: Buffer.from(text) }])
  const images = place.dataFolder === null ? await dataParts(dataFolder, dataName(sha256)) : []
  const checkpoints = await Promise.all(filesOf(runs).map(checkpointParcel))
  const [working_dir, ...py_modules] = await uploaded(client, [program, order, ...images, ...checkpoints], sending)
  return { client, environment: { working_dir, py_modules } }
}

/** Uploads parcels one after another. @returns the names by which a runtime environment takes them */
async function uploaded(
  client: RayClient,
  parcels: readonly Parcel[],
  { signal, onProgress }: Sending,
): Promise<string[]> {
  const uris: string[] = []
  let done = 0
  let total = parcels.reduce((sum, { bytes }) => sum + bytes, 0)
  for (const { bytes, zip } of parcels) {
    signal.throwIfAborted()
    onProgress(done, total)
    const content = await zip()
    const name = packageName(content)
    if (await client.has(name, signal)) total -= bytes
    else {
      const onSent = (sent: number): void => onProgress(done + Math.floor((sent / content.length) * bytes), total)
      await client.put(name, content, { signal, onSent })
      done += bytes
    }
    uris.push(packageUri(name))
  }
  signal.throwIfAborted()
  onProgress(done, total)
  return uris
}

function parcelOf(entries: readonly ZipEntry[]): Parcel {
  return {
    bytes: entries.reduce((sum, { content }) => sum + content.length, 0),
    zip: () => zipOf(entries, { compress: true }),
  }
}

/** A checkpoint, which is read when its turn comes. */
async function checkpointParcel({ path: file, sha256 }: SentFile): Promise<Parcel> {
  const zip = async (): Promise<Buffer> =>
    zipOf([{ name: `${fileName(sha256)}/checkpoint.safetensors`, content: await readFile(file) }], { compress: true })
  return { bytes: (await stat(file)).size, zip }
}

/** @throws LabError `cluster-version`, or as `RayClient.version`. */
async function checkVersion(client: RayClient, signal: AbortSignal): Promise<void> {
  const version = await client.version(signal)
  const [major, minor] = version.split('.').map(Number)
  if (major !== 2 || !(minor >= leastRay))
    refuse('cluster-version', { version, address: client.host, least: `2.${leastRay}` })
}
