/** A kind of picture file, by the name that people know. */
export type PictureKind = ReadKind | UnreadKind

/** The kinds that are decoded. Of animations and of files with several pages the first picture is meant. */
export type ReadKind = 'JPEG' | 'PNG' | 'WebP' | 'GIF' | 'TIFF' | 'AVIF'

/** Kinds that are recognized so that they can be named. The decoder that the lab brings along does not read them. */
export type UnreadKind =
  'HEIC' | 'BMP' | 'JPEG 2000' | 'JPEG XL' | 'OpenEXR' | 'PNM' | 'PSD' | 'QOI' | 'SVG' | 'DICOM' | 'RAW'

/** The kinds of the published sets. */
export const publishedKinds: ReadonlySet<PictureKind> = new Set<PictureKind>(['JPEG', 'PNG'])

export const readKinds: ReadonlySet<PictureKind> = new Set<ReadKind>(['JPEG', 'PNG', 'WebP', 'GIF', 'TIFF', 'AVIF'])

const beginnings: readonly (readonly [PictureKind, Buffer])[] = [
  ['JPEG', Buffer.from([0xff, 0xd8, 0xff])],
  ['PNG', Buffer.from('\x89PNG\r\n\x1a\n', 'latin1')],
  ['GIF', Buffer.from('GIF87a', 'latin1')],
  ['GIF', Buffer.from('GIF89a', 'latin1')],
  // Canon's raw files are TIFF files that say so behind the header.
  ['RAW', Buffer.from('II*\0\x10\0\0\0CR', 'latin1')],
  ['TIFF', Buffer.from('II*\0', 'latin1')],
  ['TIFF', Buffer.from('MM\0*', 'latin1')],
  // BigTIFF, for files of more than 4 GB.
  ['TIFF', Buffer.from('II+\0\x08\0\0\0', 'latin1')],
  ['TIFF', Buffer.from('MM\0+\0\x08\0\0', 'latin1')],
  ['RAW', Buffer.from('FUJIFILMCCD-RAW', 'latin1')],
  ['RAW', Buffer.from('IIRO', 'latin1')],
  ['RAW', Buffer.from('IIU\0', 'latin1')],
  ['JPEG XL', Buffer.from([0xff, 0x0a])],
  ['JPEG XL', Buffer.from('\0\0\0\x0cJXL \r\n\x87\n', 'latin1')],
  ['JPEG 2000', Buffer.from('\0\0\0\x0cjP  \r\n\x87\n', 'latin1')],
  ['JPEG 2000', Buffer.from([0xff, 0x4f, 0xff, 0x51])],
  ['OpenEXR', Buffer.from([0x76, 0x2f, 0x31, 0x01])],
  ['PSD', Buffer.from('8BPS\0', 'latin1')],
  ['QOI', Buffer.from('qoif', 'latin1')],
]

/**
 * The kind of a picture by its first bytes.
 * @param head The first 512 bytes, or all of a shorter file.
 * @returns null for what is no picture, or of a kind that is not known here.
 */
export function pictureKindOf(head: Buffer): PictureKind | null {
  const known = beginnings.find(([, start]) => head.subarray(0, start.byteLength).equals(start))
  if (known !== undefined) return known[0]
  const text = head.toString('latin1')
  if (/^RIFF[^]{4}WEBP/.test(text)) return 'WebP'
  if (text.startsWith('ftyp', 4)) return kindOfBrands(brandsOf(head))
  if (isBitmap(head)) return 'BMP'
  if (/^P[1-6]\s(#|\d)/.test(text)) return 'PNM'
  if (text.startsWith('DICM', 128)) return 'DICOM'
  return isSvg(text) ? 'SVG' : null
}

/** The brands of an ISO base media file: its own, then those that it is compatible with (ISO/IEC 14496-12, 4.3). */
function brandsOf(head: Buffer): string[] {
  const end = Math.min(head.readUInt32BE(0), head.byteLength)
  const text = head.toString('latin1', 0, end)
  return [text.slice(8, 12), ...(text.slice(16).match(/[^]{4}/g) ?? [])]
}

/** Pictures share their container with films, so only brands tell them apart (ISO/IEC 23008-12, AVIF 1.1). */
function kindOfBrands(brands: readonly string[]): PictureKind | null {
  const has = (...some: readonly string[]): boolean => some.some((brand) => brands.includes(brand))
  if (has('avif', 'avis')) return 'AVIF'
  if (brands[0] === 'crx ') return 'RAW'
  return has('heic', 'heix', 'heim', 'heis', 'hevc', 'hevx', 'mif1', 'msf1') ? 'HEIC' : null
}

/** Whether a file begins as a bitmap of Windows: two letters are too few, so the length of its second header counts. */
function isBitmap(head: Buffer): boolean {
  if (head.byteLength < 18 || head.toString('latin1', 0, 2) !== 'BM') return false
  return [12, 40, 52, 56, 64, 108, 124].includes(head.readUInt32LE(14))
}

function isSvg(text: string): boolean {
  const start = text.replace(/^\xef\xbb\xbf/, '').trimStart()
  return /^<(\?xml|!--|!doctype|svg)/i.test(start) && /<svg[\s>]/i.test(start) && !/<html/i.test(start)
}

/**
 * Endings of raw files of cameras that are TIFF files by their first bytes. The first picture in them is a thumbnail.
 */
const rawEndings = /\.(3fr|arw|dcr|dng|erf|fff|iiq|k25|kdc|mef|mos|nef|nrw|pef|sr2|srf|srw)$/i

/** The same, where the file's name is known: it tells a camera's raw file from a TIFF. */
export function pictureKindOfFile(name: string, head: Buffer): PictureKind | null {
  const kind = pictureKindOf(head)
  return kind === 'TIFF' && rawEndings.test(name) ? 'RAW' : kind
}

/** The kind that is recognized but not read, as far as a name alone tells it; null for every other name. */
export function unreadKindNamed(name: string): UnreadKind | null {
  if (/\.hei[cf]$/i.test(name)) return 'HEIC'
  return /\.(bmp|dib)$/i.test(name) ? 'BMP' : null
}

/** Whether a name says that a file is a picture of a kind that is read or recognized. */
export function isNamedPicture(name: string): boolean {
  return /\.(jpe?g|jpe|jfif|png|webp|gif|tiff?|avif|hei[cf]|bmp|dib)$/i.test(name)
}
