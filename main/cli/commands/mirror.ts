import { mkdir } from 'node:fs/promises'
import path from 'node:path'
import type { DatasetEntry } from '../../../core/data/dataset.ts'
import { refuse, sentenceOf } from '../../../core/words/problems.ts'
import { catalogue } from '../../datasets/sets/catalogue.ts'
import { isMirrored, packName } from '../../datasets/mirror/mirrorLayout.ts'
import { MirrorServer } from '../../datasets/mirror/mirrorServer.ts'
import { writeProblem } from '../../files/atomicFile.ts'
import { defineCommand } from '../command.ts'
import type { CommandContext } from '../context.ts'
import { datasetWork } from '../datasetWork.ts'
import { failureOf } from '../failure.ts'
import { bytes } from '../format.ts'
import { needed, text, usually, wholeNumber } from '../optionKinds.ts'
import { givenPath } from '../../files/givenPath.ts'

/** Where browsers and proxies look for a second web server. */
const usualPort = 8080

const largestPort = 65_535

export const mirrorCommand = defineCommand({
  name: 'mirror',
  summary: 'Serve the data sets of this computer to others in the local network',
  options: {
    dir: needed(text('DIR', 'Folder that is served (needed); the sets of this home are packed into it')),
    port: usually(wholeNumber('P', 'Port to listen on'), usualPort),
    host: text('H', 'Address of this computer to listen on (all of them)'),
  },
  endsItself: true,
  read: (_, { dir, port, host = '0.0.0.0' }) => {
    if (port > largestPort)
      refuse('option-value', {
        option: '--port',
        expected: `a port of at most ${largestPort}`,
        value: String(port),
      })
    return { folder: givenPath(dir), host, port }
  },
  /**
   * Serves what lies in the folder, and the sets of this home once they are packed into it, until it is interrupted.
   */
  run: async (context, { folder, host, port }) => {
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
  },
})

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
