import path from 'node:path'

/** Where the built parts that a shell needs are. */
export interface BuiltPlaces {
  /** The window: index.html and what it loads. */
  readonly windowFolder: string
  /** The preload script, which hands the page its port. */
  readonly preload: string
  /** The window's icon, 512 x 512 pixels. */
  readonly icon: string
}

/**
 * The program's root folder. It is two folders above this file, both in the sources (`main/shells/`) and in a bundle
 * (`dist/main/`).
 */
const root = path.resolve(import.meta.dirname, '..', '..')

export const builtPlaces: BuiltPlaces = {
  windowFolder: path.join(root, 'dist', 'window'),
  preload: path.join(root, 'dist', 'preload', 'index.cjs'),
  icon: path.join(root, 'resources', 'icon.png'),
}
