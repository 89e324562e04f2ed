import path from 'node:path'

/**
 * The file of a worker thread.
 * @param user `import.meta.url` of the file that starts the thread.
 * @param source Relative path from there to the source of the thread, `name.thread.ts`. In a built program, the thread
 *   is the bundle `name.js` next to the user's own bundle.
 */
export function threadFile(user: string, source: `${string}.thread.ts`): URL {
  return new URL(user.endsWith('.ts') ? source : `./${path.basename(source, '.thread.ts')}.js`, user)
}
