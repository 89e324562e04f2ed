import { existsSync } from 'node:fs'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { cacheFolder } from '../../../../main/files/places.ts'

/** Programs of others for the tests, in a folder of their own in the cache folder. */
export interface Wanted {
  /** What they are for people. */
  readonly name: string
  readonly folder: string
  /** Names and versions, as the installer takes them. */
  readonly requirements: readonly string[]
  /** Whether they are too large to be fetched by every `npm test`: only `npm run test:exports` fetches them. */
  readonly large?: boolean
}

/** The folder, or why it is not there. */
export type CachedEnvironment =
  { readonly folder: string; readonly missing: null } | { readonly folder: null; readonly missing: string }

/** What a program said last before it failed. */
function lastWords(thrown: unknown): string {
  const said =
    thrown instanceof Error && 'stderr' in thrown && typeof thrown.stderr === 'string' ? thrown.stderr : String(thrown)
  return said.trim().split('\n').at(-1) ?? ''
}

/**
 * The folder with what is wanted, made the first time.
 * @param install Installs it into the folder, which is not there yet, and tries it.
 */
export async function cachedEnvironment(
  { name, folder: called, requirements, large = false }: Wanted,
  install: (folder: string) => Promise<void>,
): Promise<CachedEnvironment> {
  const folder = path.join(cacheFolder(), called)
  const complete = path.join(folder, 'complete')
  if (existsSync(complete)) return { folder, missing: null }
  if (large && process.env['npm_lifecycle_event'] !== 'test:exports')
    return { folder: null, missing: `${name} is not here. “npm run test:exports” fetches it.` }
  try {
    await rm(folder, { recursive: true, force: true })
    await mkdir(path.dirname(folder), { recursive: true })
    await install(folder)
    await writeFile(complete, requirements.join('\n'))
    return { folder, missing: null }
  } catch (thrown) {
    return { folder: null, missing: `${name} could not be had: ${lastWords(thrown)}` }
  }
}
