// Names in a Windows library (format PE32+, https://learn.microsoft.com/windows/win32/debug/pe-format). Only the tables
// of names are read, because TensorFlow's library is large.
import { closeSync, openSync, readSync } from 'node:fs'

/** Where a PE file says where its header begins. */
const headerPointer = 0x3c
/** Bytes between the header's begin and the optional header. */
const optionalHeaderAt = 24
/** The mark of PE32+, the format for 64 bits. */
const pe32Plus = 0x20b
/** Where the optional header of PE32+ has the addresses of the tables: exports first, imports second. */
const tablesAt = 112
const sectionBytes = 40
const importDescriptorBytes = 20
/** Set in an import by number instead of by name. */
const byOrdinal = 0x8000_0000_0000_0000n
/** A longer name is read in several pieces. */
const namePiece = 256

/** An opened PE file: reads by the addresses that a loaded library would have. */
class Image {
  /** @param {number} file  its descriptor */
  constructor(file) {
    this.file = file
    const start = this.readAt(headerPointer, 4)
    const header = start.readUInt32LE(0)
    const fixed = this.readAt(header, optionalHeaderAt + tablesAt + 16)
    if (fixed.toString('latin1', 0, 4) !== 'PE\0\0' || fixed.readUInt16LE(optionalHeaderAt) !== pe32Plus)
      throw new Error('not a Windows library for 64 bits')
    const sections = fixed.readUInt16LE(6)
    const sectionsAt = header + optionalHeaderAt + fixed.readUInt16LE(20)
    const table = this.readAt(sectionsAt, sections * sectionBytes)
    /** @type {{ address: number, bytes: number, at: number }[]} */
    this.sections = Array.from({ length: sections }, (_, index) => {
      const at = index * sectionBytes
      return {
        address: table.readUInt32LE(at + 12),
        bytes: table.readUInt32LE(at + 16),
        at: table.readUInt32LE(at + 20),
      }
    })
    this.exportsAddress = fixed.readUInt32LE(optionalHeaderAt + tablesAt)
    this.importsAddress = fixed.readUInt32LE(optionalHeaderAt + tablesAt + 8)
  }

  /**
   * @param {number} position  in the file
   * @param {number} bytes
   */
  readAt(position, bytes) {
    const buffer = Buffer.alloc(bytes)
    // What lies behind the file's end stays zero: a name may end the file.
    readSync(this.file, buffer, 0, bytes, position)
    return buffer
  }

  /**
   * @param {number} address
   * @param {number} bytes
   */
  read(address, bytes) {
    const section = this.sections.find((each) => address >= each.address && address < each.address + each.bytes)
    if (section === undefined) throw new Error(`no section holds the address ${address.toString(16)}`)
    return this.readAt(section.at + address - section.address, bytes)
  }

  /** @param {number} address */
  name(address) {
    let name = ''
    for (let at = address; ; at += namePiece) {
      const piece = this.read(at, namePiece)
      const end = piece.indexOf(0)
      name += piece.toString('latin1', 0, end === -1 ? namePiece : end)
      if (end !== -1) return name
    }
  }
}

/**
 * @template Result
 * @param {string} file
 * @param {(image: Image) => Result} work
 */
function withImage(file, work) {
  const descriptor = openSync(file, 'r')
  try {
    return work(new Image(descriptor))
  } finally {
    closeSync(descriptor)
  }
}

/**
 * The names that a library exports.
 * @param {string} file
 * @returns {string[]}
 * @throws Error if the file is no Windows library for 64 bits
 */
export function exportedNames(file) {
  return withImage(file, (image) => {
    if (image.exportsAddress === 0) return []
    const directory = image.read(image.exportsAddress, 40)
    const count = directory.readUInt32LE(24)
    const pointers = image.read(directory.readUInt32LE(32), count * 4)
    return Array.from({ length: count }, (_, index) => image.name(pointers.readUInt32LE(index * 4)))
  })
}

/**
 * The names that a library imports, by the library in which they are; those that it imports by number are left out.
 * @param {string} file
 * @returns {Map<string, string[]>} the libraries' names in lower case
 * @throws Error if the file is no Windows library for 64 bits
 */
export function importedNames(file) {
  return withImage(file, (image) => {
    /** @type {Map<string, string[]>} */
    const imports = new Map()
    if (image.importsAddress === 0) return imports
    for (let at = image.importsAddress; ; at += importDescriptorBytes) {
      const descriptor = image.read(at, importDescriptorBytes)
      const libraryName = descriptor.readUInt32LE(12)
      if (libraryName === 0) return imports
      // The first table is as linked; the second is overwritten when the library is loaded.
      const table = descriptor.readUInt32LE(0) || descriptor.readUInt32LE(16)
      imports.set(image.name(libraryName).toLowerCase(), namesIn(image, table))
    }
  })
}

/**
 * @param {Image} image
 * @param {number} table
 */
function namesIn(image, table) {
  /** @type {string[]} */
  const names = []
  for (let at = table; ; at += 8) {
    const entry = image.read(at, 8).readBigUInt64LE(0)
    if (entry === 0n) return names
    // Two bytes with a hint stand before the name.
    if ((entry & byOrdinal) === 0n) names.push(image.name(Number(entry) + 2))
  }
}
