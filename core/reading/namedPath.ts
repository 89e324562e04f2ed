/** A path as somebody has written it into a table, taken apart. */
export interface NamedPath {
  /** The file's name as it is written, in Unicode's composed form. */
  readonly file: string
  /** The file's name in small letters, without an ending of pictures. */
  readonly stem: string
  /** The names of its folders in small letters, the innermost first. */
  readonly folders: readonly string[]
  /** How many folders up it begins: the leading `..`. */
  readonly up: number
}

const pictureEnding =
  /(?<=.)\.(jpe?g|jpe|jfif|pjpe?g|png|webp|gif|tiff?|avif|hei[cf]|bmp|dib|p[bgnp]m|jp2|jxl|tga|ppm|svg|dcm)$/

/** Whether a text ends as names of pictures do. */
export function endsAsPicture(text: string): boolean {
  return pictureEnding.test(text.trim().toLowerCase())
}

/** The name of a file in small letters, without an ending of pictures. */
export function stemOf(file: string): string {
  return file.toLowerCase().replace(pictureEnding, '')
}

/**
 * Takes a path apart, whatever computer it comes from: `C:\set\1.png`, `/home/me/set/1.png`, `file:///`, `\\server\set`.
 * @returns null if it names nothing.
 */
export function namedPath(text: string): NamedPath | null {
  const steps = fromAddress(text.trim()).replaceAll('\\', '/').normalize('NFC').split('/')
  const names: string[] = []
  let up = 0
  for (const step of steps) {
    if (step === '' || step === '.') continue
    if (step !== '..') names.push(step)
    else if (names.pop() === undefined) up++
  }
  const file = names.pop()
  if (file === undefined) return null
  return { file, stem: stemOf(file), folders: names.map((name) => name.toLowerCase()).reverse(), up }
}

/** The path in an address of a file, in which blanks and letters outside ASCII are written as `%20`. */
function fromAddress(text: string): string {
  const path = /^file:\/\/(.*)$/is.exec(text)?.[1]
  if (path === undefined) return text
  try {
    return decodeURIComponent(path)
  } catch {
    return path
  }
}

/** The folder of a path with its last `/`; empty for a file at the top. */
export function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/') + 1)
}
