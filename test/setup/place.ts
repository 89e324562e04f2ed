import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { onTestFinished } from 'vitest'
import type { Place } from '../../setup/place.mjs'

/**
 * A place with an empty clone and an empty cache in a temporary folder, for the length of a test; `said` collects what
 * set-up says.
 */
export function emptyPlace(environment: NodeJS.ProcessEnv = {}): Place & { said: string[] } {
  const folder = mkdtempSync(path.join(tmpdir(), 'conv-lab-setup-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const [root, cache] = [path.join(folder, 'clone'), path.join(folder, 'cache')]
  mkdirSync(root)
  mkdirSync(cache)
  const said: string[] = []
  const report = { say: (text: string) => void said.push(text), progress: () => undefined }
  return { root, cache, environment, platform: 'linux', architecture: 'x64', report, said }
}
