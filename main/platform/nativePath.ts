import path from 'node:path'

/**
 * A path as native libraries take it. Windows gives them at most 260 characters unless a path says `\\?\` at its
 * beginning. Node does that itself in its own calls; libraries that open files by themselves do not. Other systems have
 * no such limit and no such form.
 */
export function nativePath(file: string): string {
  return path.toNamespacedPath(file)
}
