import { phrase } from '../../../core/words/phrases.ts'
import { SourceError } from '../definition.ts'
import { integersOf, pickledArray, type IntegerType, type PickledArray } from './pickledArray.ts'

/**
 * A value in a pickle. Text and byte strings are both bytes, because Python 2 does not tell them apart; Python 3's text
 * is UTF-8.
 */
export type Pickled =
  null | boolean | number | Buffer | readonly Pickled[] | ReadonlyMap<string, Pickled> | PickledArray

/** What can be on the stack of the unpickling machine besides finished values. */
export type Slot =
  | Exclude<Pickled, readonly Pickled[] | ReadonlyMap<string, Pickled> | PickledArray>
  | Slot[]
  | Map<string, Slot>
  | Global
  | Dtype
  | NamedArray
/** A function or class that the pickle names. None is ever called; it only marks what it would make. */
export interface Global {
  readonly kind: 'global'
  readonly means: Meaning
}
/** The element type of an array. Its byte order is set after it was made. */
export interface Dtype {
  readonly kind: 'dtype'
  readonly bytes: IntegerType['bytes']
  readonly signed: boolean
  order: string
}
/** An array that is named before it has its content. */
export interface NamedArray {
  readonly kind: 'array'
  content: PickledArray | null
}

type Meaning = 'empty array' | 'array of bytes' | 'array class' | 'element type' | 'number' | 'encode' | 'bytes'

/**
 * Everything that a pickle may name. numpy 2 has moved its functions. `_codecs.encode` and `bytes` are how Python 3
 * writes byte strings for Python 2.
 */
const globals: ReadonlyMap<string, Meaning> = new Map([
  ['numpy.core.multiarray _reconstruct', 'empty array'],
  ['numpy._core.multiarray _reconstruct', 'empty array'],
  ['numpy.core.numeric _frombuffer', 'array of bytes'],
  ['numpy._core.numeric _frombuffer', 'array of bytes'],
  ['numpy ndarray', 'array class'],
  ['numpy dtype', 'element type'],
  ['numpy.core.multiarray scalar', 'number'],
  ['numpy._core.multiarray scalar', 'number'],
  ['_codecs encode', 'encode'],
  ['__builtin__ bytes', 'bytes'],
])

/** @throws SourceError for another name. */
export function globalOf(module: string, name: string): Global {
  const means = globals.get(`${module} ${name}`)
  return means === undefined ? refusePickle(`names ${`${module}.${name}`.slice(0, 100)}`) : { kind: 'global', means }
}

/**
 * What a call makes. Nothing is called.
 * @throws SourceError when the arguments are not those of the set's files.
 */
export function made(means: Meaning, given: readonly Slot[]): Slot {
  switch (means) {
    case 'empty array':
      return { kind: 'array', content: null }
    case 'array of bytes': {
      const [raw, type, shape, order] = given
      if (given.length !== 4 || !Buffer.isBuffer(order) || !/^[CF]$/.test(order.toString('latin1')))
        return refuseShape()
      return { kind: 'array', content: arrayOf(shape, type, order.toString('latin1') === 'F', raw) }
    }
    case 'element type':
      return dtypeOf(given[0])
    case 'number': {
      const [type, raw] = given
      const [number, ...more] = integersOf(arrayOf([1], type, false, raw))
      return more.length > 0 ? refuseShape() : number
    }
    case 'encode':
      return encoded(given)
    case 'bytes':
      return given.length === 0 ? Buffer.alloc(0) : refuseShape()
    case 'array class':
      return refuseShape()
  }
}

/**
 * Sets the state of an object. An array's state is version, shape, type, whether it is column-major, and bytes. A type's
 * state is version, byte order, and things of types that have parts.
 * @throws SourceError when it is another state, or an array's bytes do not fill it.
 */
export function setState(built: Slot, state: readonly Slot[]): void {
  if (isDtype(built)) {
    const [, order, ...parts] = state
    if (!Buffer.isBuffer(order) || !parts.slice(0, 3).every((part) => part === null)) return refuseShape()
    built.order = order.toString('latin1')
  } else if (isArray(built) && state.length === 5) {
    const [, shape, type, columnsFirst, raw] = state
    built.content = arrayOf(shape, type, columnsFirst === true, raw)
  } else {
    refuseShape()
  }
}

function dtypeOf(name: Slot | undefined): Dtype {
  const [, kind, bytes] = /^([iu])([1248])$/.exec(Buffer.isBuffer(name) ? name.toString('latin1') : '') ?? []
  const size = ([1, 2, 4, 8] as const).find((one) => String(one) === bytes)
  if (size === undefined) return refusePickle('has an array of something else than whole numbers')
  return { kind: 'dtype', bytes: size, signed: kind === 'i', order: '' }
}

/** @throws SourceError when these are no shape, integer type and bytes. */
function arrayOf(
  shape: Slot | undefined,
  type: Slot | undefined,
  columnsFirst: boolean,
  raw: Slot | undefined,
): PickledArray {
  if (!Array.isArray(shape) || type === undefined || !isDtype(type) || !Buffer.isBuffer(raw)) return refuseShape()
  const sizes = shape.filter((size): size is number => typeof size === 'number' && Number.isInteger(size) && size >= 0)
  if (sizes.length !== shape.length || (type.bytes > 1 && type.order !== '<' && type.order !== '>'))
    return refuseShape()
  const { bytes, signed, order } = type
  return pickledArray(sizes, { bytes, signed, bigEndian: order === '>' }, columnsFirst, raw)
}

/**
 * A byte string as Python 3 writes it for Python 2: text whose characters are the bytes, and the name of the encoding.
 */
function encoded(given: readonly Slot[]): Buffer {
  const [text, encoding] = given
  if (given.length !== 2 || !Buffer.isBuffer(text) || !Buffer.isBuffer(encoding)) return refuseShape()
  if (encoding.toString('latin1') !== 'latin1') return refusePickle('has text in another encoding than latin1')
  const bytes = Buffer.alloc(text.byteLength)
  let length = 0
  for (let at = 0; at < text.byteLength; at++) {
    const byte = text[at]
    // In UTF-8 the characters 0x80 to 0xFF have two bytes, the first of which is 0xC2 or 0xC3.
    const two = byte === 0xc2 || byte === 0xc3
    if (byte >= 0x80 && !(two && at + 1 < text.byteLength && text[at + 1] >> 6 === 2)) return refuseShape()
    bytes[length++] = two ? ((byte & 3) << 6) | (text[++at] & 0x3f) : byte
  }
  return bytes.subarray(0, length)
}

/** Whether it is a function or class. */
export function isGlobal(slot: Slot): slot is Global {
  return typeof slot === 'object' && slot !== null && 'kind' in slot && slot.kind === 'global'
}

/** Whether it is the element type of an array. */
export function isDtype(slot: Slot): slot is Dtype {
  return typeof slot === 'object' && slot !== null && 'kind' in slot && slot.kind === 'dtype'
}

/** Whether it is an array, with or without content. */
export function isArray(slot: Slot): slot is NamedArray {
  return typeof slot === 'object' && slot !== null && 'kind' in slot && slot.kind === 'array'
}

/** @param what what the pickle is, has or names. */
export function refusePickle(what: string): never {
  throw new SourceError(phrase('pickle-refused', { what }))
}

/** Refuses operations in an order that makes no sense, and arguments of other kinds. */
export function refuseShape(): never {
  throw new SourceError(phrase('pickle-misshapen', {}))
}
