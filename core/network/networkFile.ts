import { z } from 'zod'
import { phrase, type Phrase } from '../words/phrases.ts'
import { issuePhrase } from '../words/issuePhrase.ts'
import { refuse } from '../words/problems.ts'
import { Network } from './network.ts'

/** What marks a file as a network of Conv Lab, with the version of its format. */
const mark = 'conv-lab-network'

/** The newest version of the format that is read, and the one that is written. */
const newestFormat = 1

/** The longest text that is read, in bytes. A network of 200 layers takes a small part of it. */
export const longestNetworkFile = 1_000_000

/** A network with what a person says of it. */
export interface NamedNetwork {
  /** Null where the file does not say. */
  readonly name: string | null
  readonly note: string
  readonly network: Network
}

const fileFields = {
  [mark]: z.int().optional(),
  name: z.string().max(100).optional(),
  note: z.string().max(10_000).optional(),
}

/** The network as the text of a file: JSON, a setting a line. */
export function networkText({ name, note, network }: NamedNetwork): string {
  const named = { [mark]: newestFormat, ...(name === null ? {} : { name }), ...(note === '' ? {} : { note }) }
  return `${JSON.stringify({ ...named, ...network }, null, 2)}\n`
}

function foreign(detail: Phrase): never {
  return refuse('network-file-foreign', { detail })
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** How the files of other programs begin. HDF5 is the older format of Keras, a zip its newer one and PyTorch's. */
const beginnings: readonly { readonly begins: string; readonly program: string }[] = [
  { begins: '\u0089HDF', program: 'Keras (HDF5)' },
  { begins: '\ufffdHDF', program: 'Keras (HDF5)' },
  { begins: 'PK', program: 'Keras, PyTorch (zip)' },
  { begins: '\b', program: 'ONNX' },
]

function parsed(text: string): unknown {
  if (text.length > longestNetworkFile) foreign(phrase('file-too-long', { kilobytes: longestNetworkFile / 1000 }))
  const other = beginnings.find(({ begins }) => text.startsWith(begins))
  if (other !== undefined) foreign(phrase('file-of-other-program', { program: other.program }))
  try {
    return JSON.parse(text.replace(/^\ufeff/, ''))
  } catch (thrown) {
    if (thrown instanceof SyntaxError) return foreign(phrase('file-no-json', {}))
    throw thrown
  }
}

/** Where in the file something is wrong: `layer c1, kernel.height`, or the path where it is no layer. */
function placeIn(file: Readonly<Record<string, unknown>>, path: readonly PropertyKey[]): Phrase {
  const [list, index, ...inside] = path
  const layers: unknown = file['layers']
  if (list !== 'layers' || typeof index !== 'number' || !Array.isArray(layers))
    return phrase('place-setting', { setting: path.map(String).join('.') })
  const found: unknown = layers[index]
  const layer = isRecord(found) && typeof found['name'] === 'string' ? found['name'] : index + 1
  return inside.length === 0
    ? phrase('place-layer', { layer })
    : phrase('place-layer-setting', { layer, setting: inside.map(String).join('.') })
}

/**
 * Reads a network from the text of a file: one that `networkText` wrote, or a bare `Model` of `core/network/model.ts`,
 * whose `input` may be left out. Whether its layers fit is for `checkNetwork` to say.
 * @throws LabError `network-file-foreign`, `network-file-newer` or `network-file-wrong`.
 */
export function readNetworkText(text: string): NamedNetwork {
  const file = parsed(text)
  if (!isRecord(file)) return foreign(phrase('file-no-layers', {}))
  if ('class_name' in file || 'keras_version' in file) foreign(phrase('file-of-keras', {}))
  const format = file[mark]
  if (typeof format === 'number' && format > newestFormat)
    refuse('network-file-newer', { version: format, newest: newestFormat })
  if (!('layers' in file) || !('head' in file)) foreign(phrase('file-no-layers', {}))
  const read = Network.extend(fileFields).safeParse(file)
  if (!read.success) {
    const [issue] = read.error.issues
    return refuse('network-file-wrong', { place: placeIn(file, issue.path), detail: issuePhrase(issue) })
  }
  const { name = null, note = '', input, layers, head } = read.data
  return { name, note, network: { ...(input === undefined ? {} : { input }), layers, head } }
}
