import { createHash } from 'node:crypto'
import { readFile, stat } from 'node:fs/promises'
import path from 'node:path'
import type { WeightsOrigin } from '../../core/run/weightsOrigin.ts'
import type { WeightsSource } from '../../core/weights/weightsTable.ts'
import { layersByName } from '../../core/weights/sourceWeights.ts'
import { phrase, type Phrase } from '../../core/words/phrases.ts'
import { refuse } from '../../core/words/problems.ts'
import { isOfNetwork, readCheckpoint } from '../engine/checkpoint/checkpointFile.ts'
import { SafetensorsError } from '../engine/checkpoint/safetensors.ts'
import { checkpointFolder, type Home } from '../files/places.ts'
import { whyUnread } from '../files/whyUnread.ts'
import type { History } from '../history/history.ts'
import { chosenCheckpoint } from '../training/chosenCheckpoint.ts'
import { foreignSafetensors } from './foreignSafetensors.ts'
import { ForeignFileError, type ForeignTensors } from './foreignTensors.ts'
import { onnxTensors } from './onnxTensors.ts'

/** Weights to begin with. */
export interface OpenedWeights extends ForeignTensors {
  /** Where they are, as a person names it. */
  readonly named: WeightsOrigin['source']
  /** That of the file that they are in. It takes a while for a large one. */
  readonly sha256: () => string
}

/** The largest file that is read, in bytes: that of a network of as many parameters as can be trained here. */
const largestFile = 2 ** 30

/** The most tensors of a file: many more than the largest network has. */
const mostTensors = 10_000

/** How files begin that hold weights in other ways. */
const otherFormats: readonly { readonly begins: readonly number[]; readonly what: Phrase }[] = [
  { begins: [0x50, 0x4b], what: phrase('weights-archive', {}) },
  { begins: [0x89, 0x48, 0x44, 0x46], what: phrase('weights-hdf5', {}) },
  { begins: [0x80], what: phrase('weights-pickle', {}) },
]

function parsed(bytes: Uint8Array): ForeignTensors {
  const other = otherFormats.find(({ begins }) => begins.every((byte, place) => bytes[place] === byte))
  // The header of a safetensors file is JSON behind its length.
  if (bytes[8] === 0x7b) return foreignSafetensors(bytes)
  if (other !== undefined) throw new ForeignFileError(other.what)
  // The version of the format, as a whole number in the first field.
  if (bytes[0] === 0x08) return onnxTensors(bytes)
  throw new ForeignFileError(phrase('weights-unknown-format', {}))
}

async function fileBytes(file: string): Promise<Uint8Array> {
  try {
    const { size } = await stat(file)
    if (size > largestFile) refuse('weights-too-large', { file: path.basename(file), most: largestFile / 2 ** 20 })
    return await readFile(file)
  } catch (thrown) {
    if (!(thrown instanceof Error && 'code' in thrown)) throw thrown
    return refuse('weights-file-unread', { file, detail: whyUnread(thrown) }, { cause: thrown })
  }
}

async function opened(file: string): Promise<OpenedWeights> {
  const bytes = await fileBytes(file)
  try {
    const found = parsed(bytes)
    if (found.tensors.size > mostTensors) throw new ForeignFileError(phrase('tensors-too-many', { most: mostTensors }))
    const named = { kind: 'file', name: path.basename(file) } as const
    return { ...found, named, sha256: () => createHash('sha256').update(bytes).digest('hex') }
  } catch (thrown) {
    if (!(thrown instanceof ForeignFileError || thrown instanceof SafetensorsError)) throw thrown
    return refuse('weights-file-foreign', { file: path.basename(file), detail: thrown.said }, { cause: thrown })
  }
}

/**
 * Reads weights from elsewhere. Nothing in a file is trusted.
 * @throws LabError `weights-file-unread`, `weights-too-large` or `weights-file-foreign`; of a run `run-unknown`,
 *   `checkpoint-unknown`, `best-unknown` or `checkpoint-damaged`.
 */
export async function openWeights(
  source: WeightsSource,
  { home, history }: { readonly home: Home; readonly history: History },
): Promise<OpenedWeights> {
  if (source.kind === 'file') return opened(source.path)
  const { file, sha256, step } = chosenCheckpoint(history, source.run, source.at)
  const { config } = history.run(source.run)
  const from = { path: path.join(checkpointFolder(home, source.run), file), sha256 }
  const { variables } = await readCheckpoint(from, config, isOfNetwork(config.model))
  const tensors = [...variables].map(([name, { shape, data }]) => ({
    name,
    type: 'F32',
    shape,
    bytes: new Uint8Array(data.buffer, data.byteOffset, data.byteLength),
  }))
  return {
    weights: layersByName(tensors),
    tensors: new Map(tensors.map((one) => [one.name, one])),
    named: { kind: 'run', run: source.run, step },
    sha256: () => sha256,
  }
}
