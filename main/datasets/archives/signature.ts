import { isSpreadsheet } from '../../../core/reading/tableNames.ts'
import { isNamedPicture } from '../formats/pictureKind.ts'

/** The kind of a file, told by its first bytes. */
export type Kind = 'zip' | 'rar' | 'gzip' | 'bzip2' | 'tar' | 'deb' | 'web page' | 'foreign archive' | 'other'

/** How many first bytes tell a file's kind. A tar header is one block of 512 bytes. */
export const signatureBytes = 512

const beginnings: readonly (readonly [Kind, Buffer])[] = [
  ['zip', Buffer.from('PK\x03\x04', 'latin1')],
  ['zip', Buffer.from('PK\x05\x06', 'latin1')],
  ['rar', Buffer.from('Rar!\x1a\x07', 'latin1')],
  ['gzip', Buffer.from([0x1f, 0x8b, 8])],
  ['deb', Buffer.from('!<arch>\ndebian-binary', 'latin1')],
  ['foreign archive', Buffer.from('7z\xbc\xaf\x27\x1c', 'latin1')],
  ['foreign archive', Buffer.from('\xfd7zXZ\0', 'latin1')],
  ['foreign archive', Buffer.from([0x28, 0xb5, 0x2f, 0xfd])],
]

/**
 * A file's kind by its first bytes, whatever its name.
 * @param head The first `signatureBytes` bytes, or all of a shorter file.
 */
export function kindOf(head: Buffer): Kind {
  const known = beginnings.find(([, start]) => head.subarray(0, start.byteLength).equals(start))
  if (known !== undefined) return known[0]
  // bzip2: the digit is the block size. The mark of the first block follows, or that of the end in an empty archive.
  if (/^BZh[1-9](1AY&SY|\x17rE8P\x90)/.test(head.toString('latin1', 0, 10))) return 'bzip2'
  if (isTarHeader(head)) return 'tar'
  return /^\s*(<!--[^]*?-->\s*)?<(!doctype html|html|head|body|title)\b/i.test(
    head.toString('utf8').replace(/^\ufeff/, ''),
  )
    ? 'web page'
    : 'other'
}

/**
 * Whether the checksum of a tar header is right: the sum of its bytes, with the checksum's own eight bytes read as
 * spaces. Older tar formats have no other mark.
 */
function isTarHeader(head: Buffer): boolean {
  if (head.byteLength < 512 || head[0] === 0) return false
  const stated = /^[\0 ]*([0-7]{1,7})[\0 ]/.exec(head.toString('latin1', 148, 157))
  if (stated === null) return false
  let sum = 8 * 0x20
  for (let index = 0; index < 512; index++) if (index < 148 || index >= 156) sum += head[index]
  return sum === parseInt(stated[1], 8)
}

/** Whether a name says that a file is an archive. */
export function isNamedArchive(name: string): boolean {
  return /\.(zip|rar|tar|tgz|tbz2?|tar\.[a-z0-9]+|deb|7z|xz)$/i.test(name)
}

/**
 * Whether a name says that a file is a picture or a table, like nearly all files of a set. The name is trusted until
 * the file is read. Spreadsheets are among them, which are zip archives inside.
 */
export function isNamedContent(name: string): boolean {
  return isNamedPicture(name) || isSpreadsheet(name) || /\.(json|csv|txt|mat|md)$/i.test(name)
}

/** A name without the extension of a single packed file. */
export function unpackedName(name: string): string {
  return name.replace(/(?<=[^/])\.(gz|bz2)$/i, '')
}
