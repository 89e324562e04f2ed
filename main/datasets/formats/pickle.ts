import { SourceError } from '../definition.ts'

/** An array of bytes as numpy pickles it, in row-major order (last axis fastest). */
export interface PickledArray {
  readonly kind: 'array'
  readonly shape: readonly number[]
  readonly bytes: Uint8Array
}

/** A value in a pickle. Text is kept as bytes, because Python 2 does not tell them apart. */
export type Pickled =
  null | boolean | number | Buffer | readonly Pickled[] | ReadonlyMap<string, Pickled> | PickledArray

/** What can be on the stack of the unpickling machine besides finished values. */
type Slot =
  | Exclude<Pickled, readonly Pickled[] | ReadonlyMap<string, Pickled> | PickledArray>
  | Slot[]
  | Map<string, Slot>
  | Global
  | Dtype
  | ArrayInTheMaking
/** A function or class that the pickle names. None is ever called; it only marks what it would make. */
interface Global {
  readonly kind: 'global'
  readonly name: (typeof globals)[number]
}
interface Dtype {
  readonly kind: 'dtype'
}
interface ArrayInTheMaking {
  readonly kind: 'array'
  shape: number[]
  bytes: Uint8Array
}

const globals = ['numpy.core.multiarray _reconstruct', 'numpy ndarray', 'numpy dtype'] as const

/** Put between the values of a sequence. It is not a value itself. */
const mark = Symbol('mark')

/**
 * Reads a pickle of the Python archives of CIFAR-10 and CIFAR-100: protocol 2, written by Python 2, a dictionary of
 * lists, numbers, byte strings and arrays of bytes. A pickle is a program. This machine knows only the operations that
 * those files need, imports and calls nothing, and refuses every other operation and name.
 * @throws SourceError for an operation or name that it does not know, and for a pickle that is cut short.
 */
export function readPickle(bytes: Buffer): Pickled {
  return finished(new Machine(bytes).run())
}

class Machine {
  readonly #bytes: Buffer
  readonly #stack: (Slot | typeof mark)[] = []
  readonly #memo = new Map<number, Slot>()
  #position = 0

  constructor(bytes: Buffer) {
    this.#bytes = bytes
  }

  /** Runs the operations up to `STOP`, which leaves the value. The letters are those of Python's `pickle.py`. */
  run(): Slot {
    for (;;) {
      const operation = this.#take(1)[0]
      switch (String.fromCharCode(operation)) {
        case '\x80': // PROTO
          if (this.#take(1)[0] !== 2) refusePickle('is of another protocol than 2')
          break
        case '.': // STOP
          return this.#pop()
        case '(':
          this.#stack.push(mark)
          break
        case 'q': // BINPUT
          this.#memo.set(this.#take(1)[0], this.#top())
          break
        case 'r': // LONG_BINPUT
          this.#memo.set(this.#take(4).readUInt32LE(), this.#top())
          break
        case 'h': // BINGET
          this.#recall(this.#take(1)[0])
          break
        case 'j': // LONG_BINGET
          this.#recall(this.#take(4).readUInt32LE())
          break
        case 'N':
          this.#stack.push(null)
          break
        case '\x88':
          this.#stack.push(true)
          break
        case '\x89':
          this.#stack.push(false)
          break
        case 'J': // BININT
          this.#stack.push(this.#take(4).readInt32LE())
          break
        case 'K': // BININT1
          this.#stack.push(this.#take(1)[0])
          break
        case 'M': // BININT2
          this.#stack.push(this.#take(2).readUInt16LE())
          break
        case 'U': // SHORT_BINSTRING
          this.#stack.push(this.#take(this.#take(1)[0]))
          break
        case 'T': // BINSTRING
          this.#stack.push(this.#take(this.#take(4).readInt32LE()))
          break
        case '}':
          this.#stack.push(new Map())
          break
        case ']':
        case ')':
          this.#stack.push([])
          break
        case '\x85':
          this.#stack.push(this.#popMany(1))
          break
        case '\x86':
          this.#stack.push(this.#popMany(2))
          break
        case '\x87':
          this.#stack.push(this.#popMany(3))
          break
        case 't': // TUPLE
          this.#stack.push(this.#popToMark())
          break
        case 'a': // APPEND
          this.#append([this.#pop()])
          break
        case 'e': // APPENDS
          this.#append(this.#popToMark())
          break
        case 's': // SETITEM
          this.#setItems(this.#popMany(2))
          break
        case 'u': // SETITEMS
          this.#setItems(this.#popToMark())
          break
        case 'c': // GLOBAL
          this.#stack.push(this.#global())
          break
        case 'R': // REDUCE
          this.#reduce()
          break
        case 'b': // BUILD
          this.#build()
          break
        default:
          refusePickle(`has the operation 0x${operation.toString(16).padStart(2, '0')}`)
      }
    }
  }

  #take(count: number): Buffer {
    const end = this.#position + count
    if (count < 0 || end > this.#bytes.byteLength) throw new SourceError('a pickle ends too early')
    const taken = this.#bytes.subarray(this.#position, end)
    this.#position = end
    return taken
  }

  #line(): string {
    const end = this.#bytes.indexOf(10, this.#position)
    const line = this.#take(end - this.#position).toString('latin1')
    this.#position += 1
    return line
  }

  #top(): Slot {
    const top = this.#stack.at(-1)
    return top === undefined || top === mark ? refuseShape() : top
  }

  #pop(): Slot {
    const top = this.#top()
    this.#stack.pop()
    return top
  }

  #popMany(count: number): Slot[] {
    return Array.from({ length: count }, () => this.#pop()).reverse()
  }

  #popToMark(): Slot[] {
    const at = this.#stack.lastIndexOf(mark)
    if (at < 0) refuseShape()
    return this.#stack.splice(at).filter((slot) => slot !== mark)
  }

  #recall(key: number): void {
    this.#stack.push(this.#memo.get(key) ?? refuseShape())
  }

  #append(values: readonly Slot[]): void {
    const list = this.#top()
    if (!Array.isArray(list)) return refuseShape()
    for (const value of values) list.push(value)
  }

  #setItems(values: readonly Slot[]): void {
    const dictionary = this.#top()
    if (!(dictionary instanceof Map) || values.length % 2 !== 0) return refuseShape()
    for (let index = 0; index < values.length; index += 2) {
      const key = values[index]
      if (!Buffer.isBuffer(key)) return refuseShape()
      dictionary.set(key.toString('latin1'), values[index + 1])
    }
  }

  #global(): Global {
    const named = `${this.#line()} ${this.#line()}`
    const name = globals.find((known) => known === named)
    return name === undefined
      ? refusePickle(`names ${named.replace(' ', '.').slice(0, 100)}`)
      : { kind: 'global', name }
  }

  /** Carries out a call. Two functions are known. Of their arguments only an array's element type is read. */
  #reduce(): void {
    const [called, given] = this.#popMany(2)
    if (!isGlobal(called) || !Array.isArray(given)) return refuseShape()
    if (called.name === 'numpy dtype') {
      const [type] = given
      if (!Buffer.isBuffer(type) || type.toString('latin1') !== 'u1')
        refusePickle('has an array of something else than bytes')
      this.#stack.push({ kind: 'dtype' })
    } else if (called.name === 'numpy.core.multiarray _reconstruct') {
      this.#stack.push({ kind: 'array', shape: [], bytes: new Uint8Array(0) })
    } else {
      refuseShape()
    }
  }

  /**
   * Sets the state of an object. An array's state is version, shape, type, whether it is column-major (first axis
   * fastest), and bytes. The state of a type is ignored, because nothing in it matters for bytes.
   */
  #build(): void {
    const state = this.#pop()
    const made = this.#top()
    if (isDtype(made)) return
    if (!isArray(made) || !Array.isArray(state) || state.length !== 5) return refuseShape()
    const [, shape, type, columnsFirst, raw] = state
    if (
      !Array.isArray(shape) ||
      !shape.every((size) => typeof size === 'number' && Number.isInteger(size) && size >= 0) ||
      !isDtype(type) ||
      !Buffer.isBuffer(raw)
    )
      return refuseShape()
    const sizes = shape.filter((size) => typeof size === 'number')
    if (raw.byteLength !== sizes.reduce((product, size) => product * size, 1))
      refusePickle('has an array whose bytes do not fill it')
    made.shape = sizes
    made.bytes = columnsFirst === true ? turned(raw, sizes) : raw
  }
}

/** The bytes of a column-major matrix in row-major order. */
function turned(raw: Buffer, shape: readonly number[]): Uint8Array {
  if (shape.length !== 2) refusePickle('has an array of another shape')
  const [rows, columns] = shape
  const bytes = new Uint8Array(raw.byteLength)
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++) bytes[row * columns + column] = raw[column * rows + row]
  return bytes
}

function isGlobal(slot: Slot): slot is Global {
  return typeof slot === 'object' && slot !== null && 'kind' in slot && slot.kind === 'global'
}

function isDtype(slot: Slot): slot is Dtype {
  return typeof slot === 'object' && slot !== null && 'kind' in slot && slot.kind === 'dtype'
}

function isArray(slot: Slot): slot is ArrayInTheMaking {
  return typeof slot === 'object' && slot !== null && 'kind' in slot && slot.kind === 'array'
}

/**
 * Checks that a value holds only finished values all the way down. These files nest two deep and hold nothing twice, so
 * a list or dictionary that occurs again, inside itself or elsewhere, is refused.
 */
function finished(slot: Slot, seen = new Set<Slot>()): Pickled {
  if (isGlobal(slot) || isDtype(slot)) return refuseShape()
  if (!Array.isArray(slot) && !(slot instanceof Map)) return slot
  if (seen.has(slot)) return refuseShape()
  seen.add(slot)
  if (Array.isArray(slot)) return slot.map((one) => finished(one, seen))
  return new Map([...slot].map(([key, value]) => [key, finished(value, seen)] as const))
}

function refusePickle(what: string): never {
  throw new SourceError(`a pickle ${what}, which the set's files do not, and was refused`)
}

function refuseShape(): never {
  throw new SourceError('a pickle is not put together as the set’s files are, and was refused')
}
