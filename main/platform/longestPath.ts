/**
 * Characters that the path of a program or library may have; null where there is no limit that people meet. On Windows it
 * is MAX_PATH, without its end (Microsoft, “Maximum Path Length Limitation”). Node opens other files by a form of their
 * path that has no such limit.
 */
export const longestLoadedPath: number | null = process.platform === 'win32' ? 259 : null
