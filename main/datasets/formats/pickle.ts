import { phrase } from '../../../core/words/phrases.ts'
import { SourceError } from '../definition.ts'
import {
  globalOf,
  isArray,
  isDtype,
  isGlobal,
  made,
  refusePickle,
  refuseShape,
  setState,
  type Pickled,
  type Slot,
} from './pickledObjects.ts'

const protocols: readonly number[] = [2, 3, 4, 5]

/** Put between the values of a sequence. It is not a value itself. */
const mark = Symbol('mark')

/**
 * Reads a pickle of the Python archives of CIFAR-10 and CIFAR-100: a dictionary of lists, numbers, byte strings and
 * arrays of bytes, in protocol 2 as Python 2 wrote it, or in the protocols 2 to 5 as people write it again with Python
 * 3. A pickle is a program. This machine knows only the operations that those files need, imports and calls nothing,
 * and refuses every other operation and name.
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
  #handed = 0

  constructor(bytes: Buffer) {
    this.#bytes = bytes
  }

  /** Runs the operations up to `STOP`, which leaves the value. The letters are those of Python's `pickle.py`. */
  run(): Slot {
    for (;;) {
      const operation = this.#take(1)[0]
      switch (String.fromCharCode(operation)) {
        case '\x80': // PROTO
          if (!protocols.includes(this.#take(1)[0])) refusePickle('is of another protocol than 2 to 5')
          break
        case '\x95': // FRAME
          this.#checkFrame(this.#length8())
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
        case '\x94': // MEMOIZE
          this.#memo.set(this.#memo.size, this.#top())
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
        case 'C': // SHORT_BINBYTES
        case '\x8c': // SHORT_BINUNICODE
          this.#stack.push(this.#take(this.#take(1)[0]))
          break
        case 'T': // BINSTRING
          this.#stack.push(this.#take(this.#take(4).readInt32LE()))
          break
        case 'B': // BINBYTES
        case 'X': // BINUNICODE
          this.#stack.push(this.#take(this.#take(4).readUInt32LE()))
          break
        case '\x8d': // BINUNICODE8
        case '\x8e': // BINBYTES8
        case '\x96': // BYTEARRAY8
          this.#stack.push(this.#take(this.#length8()))
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
          this.#stack.push(globalOf(this.#line(), this.#line()))
          break
        case '\x93': // STACK_GLOBAL
          this.#stackGlobal()
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

  /** A frame only tells a reader how much to fetch at once. */
  #checkFrame(length: number): void {
    if (this.#position + length > this.#bytes.byteLength) throw new SourceError(phrase('pickle-ends-early', {}))
  }

  #take(count: number): Buffer {
    const end = this.#position + count
    if (count < 0 || end > this.#bytes.byteLength) throw new SourceError(phrase('pickle-ends-early', {}))
    const taken = this.#bytes.subarray(this.#position, end)
    this.#position = end
    return taken
  }

  /** A length of eight bytes. */
  #length8(): number {
    return Number(this.#take(8).readBigUInt64LE())
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

  #stackGlobal(): void {
    const [module, name] = this.#popMany(2)
    if (!Buffer.isBuffer(module) || !Buffer.isBuffer(name)) return refuseShape()
    this.#stack.push(globalOf(module.toString('latin1'), name.toString('latin1')))
  }

  /** Carries out a call, of which only what it makes is known. */
  #reduce(): void {
    const [called, given] = this.#popMany(2)
    if (!isGlobal(called) || !Array.isArray(given)) return refuseShape()
    this.#countHanded(given)
    this.#stack.push(made(called.means, given))
  }

  /** Sets the state of an object. */
  #build(): void {
    const state = this.#pop()
    if (!Array.isArray(state)) return refuseShape()
    this.#countHanded(state)
    setState(this.#top(), state)
  }

  /**
   * Counts the bytes that calls and objects are given, which may be copied. The set's files give each byte once, or
   * twice where a byte string is written as text. More would let a small file fill the memory.
   */
  #countHanded(values: readonly Slot[]): void {
    for (const value of values) if (Buffer.isBuffer(value)) this.#handed += value.byteLength
    if (this.#handed > 2 * this.#bytes.byteLength) refuseShape()
  }
}

/**
 * Checks that a value holds only finished values all the way down. These files nest two deep and hold nothing twice, so
 * a list or dictionary that occurs again, inside itself or elsewhere, is refused.
 */
function finished(slot: Slot, seen = new Set<Slot>()): Pickled {
  if (isGlobal(slot) || isDtype(slot)) return refuseShape()
  if (isArray(slot)) return slot.content ?? refuseShape()
  if (!Array.isArray(slot) && !(slot instanceof Map)) return slot
  if (seen.has(slot)) return refuseShape()
  seen.add(slot)
  if (Array.isArray(slot)) return slot.map((one) => finished(one, seen))
  return new Map([...slot].map(([key, value]) => [key, finished(value, seen)] as const))
}
