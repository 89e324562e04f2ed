import path from 'node:path'

/**
 * The file of a worker thread.
 * @param user `import.meta.url` of the file that starts the thread.
 * @param source The thread's file as seen from there, `name.thread.ts`. In a built program it is the bundle `name.js`,
 *   which lies beside the bundle that the user is part of.
 */
export function threadFile(user: string, source: `${string}.thread.ts`): URL {
  return new URL(user.endsWith('.ts') ? source : `./${path.basename(source, '.thread.ts')}.js`, user)
}
