import { mkdir } from 'node:fs/promises'
import path from 'node:path'
import type { DatasetEntry } from '../../../core/data/dataset.ts'
import type { MirrorOffer } from '../../../core/mirror/mirrorOffer.ts'
import { refuse, sentenceOf } from '../../../core/words/problems.ts'
import { catalogue } from '../../datasets/sets/catalogue.ts'
import { classCodeIn } from '../../datasets/mirror/classCodeFile.ts'
import { isMirrored, packName } from '../../datasets/mirror/mirrorLayout.ts'
import { MirrorServer } from '../../datasets/mirror/mirrorServer.ts'
import { writeProblem } from '../../files/atomicFile.ts'
import { defineCommand } from '../command.ts'
import type { CommandContext } from '../context.ts'
import { datasetWork } from '../datasetWork.ts'
import { failureOf } from '../failure.ts'
import { bytes } from '../format.ts'
import { flag, needed, text, usually, wholeNumber } from '../optionKinds.ts'
import { givenPath } from '../../files/givenPath.ts'

/** Where browsers and proxies look for a second web server. */
const usualPort = 8080

const largestPort = 65_535

export const mirrorCommand = defineCommand({
  name: 'mirror',
  summary: 'Serve data sets, the program and templates to a class in the local network',
  options: {
    dir: needed(text('DIR', 'Folder that is served (needed); the sets of this home are packed into it')),
    port: usually(wholeNumber('P', 'Port to listen on'), usualPort),
    host: text('H', 'Address of this computer to listen on (all of them)'),
    open: flag('Ask for no code, as mirrors did before there were codes'),
  },
  endsItself: true,
  read: (_, { dir, port, host = '0.0.0.0', open }) => {
    if (port > largestPort)
      refuse('option-value', {
        option: '--port',
        expected: `a port of at most ${largestPort}`,
        value: String(port),
      })
    return { folder: givenPath(dir), host, port, open }
  },
  /**
   * Serves what lies in the folder, and the sets of this home once they are packed into it, until it is interrupted.
   */
  run: async (context, { folder, host, port, open }) => {
    const { output, interruption } = context
    await mkdir(folder, { recursive: true }).catch((thrown: unknown) => {
      throw writeProblem(thrown, folder)
    })
    const code = open ? null : await classCodeIn(folder)
    const onRequest = (name: string): void => output.tell({ event: 'request', file: name })
    const mirror = await MirrorServer.open({ folder, definitions: catalogue, host, port, code, onRequest })
    try {
      const files = await mirror.files()
      const offer = await mirror.offer((file, size) => output.progress(`Reading ${file} (${bytes(size)}) for its sum`))
      output.end()
      output.tell(
        { event: 'serving', pages: mirror.pages, code, addresses: mirror.addresses, files, offer },
        servingWords(mirror, code, offer),
      )
      for (const file of await mirror.uselessTemplates())
        output.tell(
          { event: 'left-out', file },
          `templates/${file} is neither a network nor a sweep that Conv Lab can take, so it is not served.`,
        )
      await packMissing(context, folder, new Set(files.map(({ name }) => name)))
      await keepOffer(context, mirror)
      await interrupted(interruption.signal)
    } finally {
      await mirror.close()
    }
    output.tell({ event: 'done' }, 'The mirror is closed.')
  },
})

/** What there is, and what a teacher writes on the board. */
function servingWords(
  { pages, addresses }: Pick<MirrorServer, 'pages' | 'addresses'>,
  code: string | null,
  { archives, datasets, templates }: MirrorOffer,
): string {
  const had = [
    ...archives.map(({ file, bytes: size }) => `${file} (${bytes(size)})`),
    ...datasets.map(({ name, bytes: size }) => `${name} (${bytes(size)})`),
    ...templates.map(({ file }) => `templates/${file}`),
  ]
  const students = code === null ? '' : ` and type the code ${code}`
  return [
    `The mirror has ${had.length === 0 ? 'nothing yet' : had.join(', ')}.`,
    `Students open ${pages.join(' or ')}${students}.`,
    `Their Conv Lab takes as its mirror: ${addresses.join(' or ')}`,
    ...archives.map(({ file, sha256 }) => `SHA-256 of ${file}: ${sha256}`),
    'Ctrl-C ends it.',
  ].join('\n')
}

/** Keeps the list of what there is in the folder. It is only for who reads the folder itself, so no list ends nothing. */
async function keepOffer({ output }: CommandContext, mirror: MirrorServer): Promise<void> {
  try {
    await mirror.writeOffer()
  } catch (thrown) {
    const problem = failureOf(thrown, true)
    output.tell({ event: 'problem', problem }, sentenceOf(problem, 'en'))
  }
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
