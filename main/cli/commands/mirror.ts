import { mkdir } from 'node:fs/promises'
import path from 'node:path'
import type { DatasetEntry } from '../../../core/dataset.ts'
import { sentenceOf } from '../../../core/problems.ts'
import { catalogue } from '../../datasets/sets/catalogue.ts'
import { isMirrored, packName } from '../../datasets/mirror/mirrorLayout.ts'
import { MirrorServer } from '../../datasets/mirror/mirrorServer.ts'
import { writeProblem } from '../../files/atomicFile.ts'
import type { CommandContext } from '../context.ts'
import { datasetWork } from '../datasetWork.ts'
import { failureOf } from '../failure.ts'
import { bytes } from '../format.ts'

export interface MirrorWish {
  /** Absolute. */
  readonly folder: string
  readonly host: string
  readonly port: number
}

/**
 * `lab mirror --dir D`: serves what lies in a folder and the sets of this home, which are packed into it, until it is
 * interrupted.
 */
export async function serveMirror(context: CommandContext, { folder, host, port }: MirrorWish): Promise<void> {
  const { output, interruption } = context
  await mkdir(folder, { recursive: true }).catch((thrown: unknown) => {
    throw writeProblem(thrown, folder)
  })
  const onRequest = (name: string): void => output.tell({ event: 'request', file: name })
  const mirror = await MirrorServer.open({ folder, definitions: catalogue, host, port, onRequest })
  try {
    const files = await mirror.files()
    const list =
      files.length === 0 ? 'nothing yet' : files.map((file) => `${file.name} (${bytes(file.bytes)})`).join(', ')
    output.tell(
      { event: 'serving', addresses: mirror.addresses, files },
      `The mirror has ${list}.\nOther computers enter as their mirror: ${mirror.addresses.join(' or ')}\nCtrl-C ends it.`,
    )
    await packMissing(context, folder, new Set(files.map(({ name }) => name)))
    await interrupted(interruption.signal)
  } finally {
    await mirror.close()
  }
  output.tell({ event: 'done' }, 'The mirror is closed.')
}

/**
 * Packs the sets that are ready here into the folder, where they are not there yet. One that cannot be packed is told
 * of, and the others are served all the same.
 */
async function packMissing(context: CommandContext, folder: string, there: ReadonlySet<string>): Promise<void> {
  const { client, output, interruption } = context
  const mirrored = new Set(catalogue.filter(isMirrored).map(({ card }) => card.id))
  const missing = (entry: DatasetEntry): boolean =>
    entry.state === 'ready' && mirrored.has(entry.id) && !there.has(packName(entry.id))
  for (const { id, name } of (await client.datasets.list()).filter(missing)) {
    if (interruption.happened) return
    const file = path.join(folder, packName(id))
    try {
      const packed = await datasetWork(context, id, () => client.datasets.pack({ dataset: id, file }))
      output.tell({ event: 'packed', dataset: id, ...packed }, `${name} is in the mirror (${bytes(packed.bytes)}).`)
    } catch (thrown) {
      if (interruption.happened) return
      const problem = failureOf(thrown, true)
      output.tell({ event: 'problem', dataset: id, problem }, sentenceOf(problem, 'en'))
    }
  }
}

function interrupted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve()
    else signal.addEventListener('abort', () => resolve(), { once: true })
  })
}

/** `lab mirror use PLACE`: sets are looked for there before their publishers are asked. */
export async function useMirror({ client, output }: CommandContext, place: string | null): Promise<void> {
  const stored = await client.datasets.mirror.write({ place })
  output.tell(
    { event: 'done', ...stored },
    stored.place === null ? 'No mirror is used.' : `Data sets are looked for in ${stored.place} first.`,
  )
}
