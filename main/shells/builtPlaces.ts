import path from 'node:path'

/** Where the built parts are that a shell needs beside its own code. */
export interface BuiltPlaces {
  /** The window: index.html and what it loads. */
  readonly windowFolder: string
  /** The script that hands the page its port. */
  readonly preload: string
  /** The icon of the window, 512 x 512. */
  readonly icon: string
}

/**
 * Both the sources of this file (`main/shells/`) and a bundle with it (`dist/main/`) lie two folders below the
 * program's own.
 */
const root = path.resolve(import.meta.dirname, '..', '..')

export const builtPlaces: BuiltPlaces = {
  windowFolder: path.join(root, 'dist', 'window'),
  preload: path.join(root, 'dist', 'preload', 'index.cjs'),
  icon: path.join(root, 'resources', 'icon.png'),
}
