/**
 * HDF5, the writing half that Keras needs: groups, and arrays of float32 in one piece each
 * (https://docs.hdfgroup.org/hdf5/v1_14/_f_m_t3.html). The oldest version of the format, which every reader knows:
 * superblock 0, groups as symbol tables.
 */
import type { Weights } from '../exportedNetwork.ts'
import { joined } from '../pieces.ts'

/** A group: what is in it, by name. */
export interface Hdf5Group {
  readonly [name: string]: Hdf5Group | Weights
}

/** No place in the file. */
const nowhere = 0xffffffffffffffffn

/** A leaf holds up to twice so many names, a group's tree up to twice so many leaves. */
const leafHalf = 16
const treeHalf = 16

/** Bytes of the superblock, with the entry of the root group. */
const superblock = 96

/** IEEE 754 single precision, little endian (section IV.A.2.d). */
const float32Type = [0x11, 0x20, 0x1f, 0, 4, 0, 0, 0, 0, 0, 32, 0, 23, 8, 0, 23, 127, 0, 0, 0]

/** Where the parts of an object are in the file; those of its tree and names are there for groups alone. */
interface Placed {
  readonly header: number
  readonly group: { readonly tree: number; readonly names: number } | null
}

const utf8 = new TextEncoder()

function longs(...values: readonly (number | bigint)[]): Uint8Array {
  const bytes = new Uint8Array(8 * values.length)
  const view = new DataView(bytes.buffer)
  for (const [index, value] of values.entries()) view.setBigUint64(8 * index, BigInt(value), true)
  return bytes
}

/** Ends at a multiple of eight, as everything in the file begins there. */
function whole8(bytes: Uint8Array): Uint8Array {
  const rest = bytes.length % 8
  return rest === 0 ? bytes : joined([bytes, new Uint8Array(8 - rest)])
}

/** A message of an object header. */
function message(type: number, body: Uint8Array): Uint8Array {
  const padded = whole8(body)
  const head = new Uint8Array(8)
  const view = new DataView(head.buffer)
  view.setUint16(0, type, true)
  view.setUint16(2, padded.length, true)
  return joined([head, padded])
}

/** An object header: what an object is, as messages. */
function objectHeader(messages: readonly Uint8Array[]): Uint8Array {
  const body = joined(messages)
  const head = new Uint8Array(16)
  const view = new DataView(head.buffer)
  head[0] = 1
  view.setUint16(2, messages.length, true)
  view.setUint32(4, 1, true)
  view.setUint32(8, body.length, true)
  return joined([head, body])
}

function inByteOrder(one: Uint8Array, other: Uint8Array): number {
  for (let at = 0; at < Math.min(one.length, other.length); at += 1)
    if (one[at] !== other[at]) return one[at] - other[at]
  return one.length - other.length
}

function isArray(value: Hdf5Group | Weights): value is Weights {
  return value['data'] instanceof Float32Array
}

/** The bytes of a file, as they are put behind each other. */
class Hdf5File {
  readonly #pieces: Uint8Array[] = []
  #end = superblock

  /** Puts bytes at the end and says where they are. */
  put(bytes: Uint8Array): number {
    const at = this.#end
    const padded = whole8(bytes)
    this.#pieces.push(padded)
    this.#end += padded.length
    return at
  }

  array({ shape, data }: Weights): Placed {
    const values = this.put(new Uint8Array(data.buffer, data.byteOffset, data.byteLength))
    const space = joined([Uint8Array.of(1, shape.length, 0, 0, 0, 0, 0, 0), longs(...shape)])
    const layout = joined([Uint8Array.of(3, 1), longs(values, data.byteLength)])
    const header = objectHeader([
      message(1, space),
      message(3, Uint8Array.from(float32Type)),
      message(5, Uint8Array.of(2, 2, 2, 0)),
      message(8, layout),
    ])
    return { header: this.put(header), group: null }
  }

  /** @throws RangeError for more names than its tree holds. */
  group(entries: Hdf5Group): Placed {
    const sorted = Object.entries(entries)
      .map(([name, value]) => ({
        name: utf8.encode(name),
        placed: isArray(value) ? this.array(value) : this.group(value),
      }))
      .sort((one, other) => inByteOrder(one.name, other.name))
    // The heap of names begins with an empty one; each ends with a zero.
    const names: Uint8Array[] = [new Uint8Array(8)]
    let length = 8
    const places = sorted.map(({ name }) => {
      const place = length
      const ended = whole8(joined([name, new Uint8Array(1)]))
      names.push(ended)
      length += ended.length
      return place
    })
    const nameData = this.put(joined(names))
    // 1: there is no free space in it.
    const heap = this.put(joined([utf8.encode('HEAP\0\0\0\0'), longs(length, 1, nameData)]))

    const leaves = Math.ceil(sorted.length / (2 * leafHalf))
    if (leaves > 2 * treeHalf) throw new RangeError(`a group of ${sorted.length} names is too large`)
    const tree = new Uint8Array(24 + (4 * treeHalf + 1) * 8)
    const treeView = new DataView(tree.buffer)
    tree.set(utf8.encode('TREE'))
    treeView.setUint16(6, leaves, true)
    treeView.setBigUint64(8, nowhere, true)
    treeView.setBigUint64(16, nowhere, true)
    for (let leaf = 0; leaf < leaves; leaf += 1) {
      const first = leaf * 2 * leafHalf
      const few = sorted.slice(first, first + 2 * leafHalf)
      const at = this.put(leafOf(few.map(({ placed }, index) => ({ placed, name: places[first + index] }))))
      treeView.setBigUint64(32 + leaf * 16, BigInt(at), true)
      treeView.setBigUint64(40 + leaf * 16, BigInt(places[first + few.length - 1]), true)
    }
    const placedTree = this.put(tree)
    const header = this.put(objectHeader([message(0x11, longs(placedTree, heap))]))
    return { header, group: { tree: placedTree, names: heap } }
  }

  /** The file with its beginning. */
  finished({ header, group }: Placed): Uint8Array[] {
    const top = new Uint8Array(superblock)
    const view = new DataView(top.buffer)
    top.set([0x89, 0x48, 0x44, 0x46, 13, 10, 26, 10, 0, 0, 0, 0, 0, 8, 8, 0])
    view.setUint16(16, leafHalf, true)
    view.setUint16(18, treeHalf, true)
    top.set(longs(0, nowhere, this.#end, nowhere, 0, header), 24)
    if (group !== null) {
      view.setUint32(72, 1, true)
      top.set(longs(group.tree, group.names), 80)
    }
    return [top, ...this.#pieces]
  }
}

/** A symbol table node: entries of one leaf, with the places of their names in the heap. */
function leafOf(entries: readonly { readonly placed: Placed; readonly name: number }[]): Uint8Array {
  const leaf = new Uint8Array(8 + 2 * leafHalf * 40)
  const view = new DataView(leaf.buffer)
  leaf.set(utf8.encode('SNOD'))
  leaf[4] = 1
  view.setUint16(6, entries.length, true)
  for (const [index, { placed, name }] of entries.entries()) {
    const at = 8 + index * 40
    leaf.set(longs(name, placed.header), at)
    if (placed.group === null) continue
    view.setUint32(at + 16, 1, true)
    leaf.set(longs(placed.group.tree, placed.group.names), at + 24)
  }
  return leaf
}

/**
 * An HDF5 file with these groups and arrays, in pieces. Float32 is written in the order of this computer's memory, which
 * is little endian wherever Node runs.
 * @throws RangeError for a group of more than 1024 names.
 */
export function hdf5File(root: Hdf5Group): Uint8Array[] {
  const file = new Hdf5File()
  return file.finished(file.group(root))
}
