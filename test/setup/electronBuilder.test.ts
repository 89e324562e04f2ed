import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import type * as Configs from 'app-builder-lib/out/util/config/config.js'
import type * as Builder from 'builder-util'
import { describe, expect, it } from 'vitest'

const root = path.resolve(import.meta.dirname, '..', '..')
// electron-builder keeps its reader and its check of configurations in a package of its own.
const ofElectronBuilder = createRequire(createRequire(import.meta.url).resolve('electron-builder'))
const configs: typeof Configs = ofElectronBuilder('app-builder-lib/out/util/config/config.js')
const { DebugLogger }: typeof Builder = ofElectronBuilder('builder-util')

function read() {
  return configs.getConfig(root, path.join(root, 'electron-builder.yml'), null)
}

describe('electron-builder.yml', () => {
  it('is what electron-builder’s own schema allows', async () => {
    await expect(configs.validateConfiguration(await read(), new DebugLogger(false))).resolves.toBeUndefined()
  })

  it('is really checked: an unknown key is refused', async () => {
    const config = Object.assign(await read(), { asarUnpackk: [] })
    await expect(configs.validateConfiguration(config, new DebugLogger(false))).rejects.toThrow('asarUnpackk')
  })

  it('takes the staged folder and nothing else', async () => {
    const { files, extraResources, beforeBuild } = await read()
    const from = [files, extraResources].flat().map((part) => (typeof part === 'object' ? part?.from : part))
    expect(from.length).toBeGreaterThan(0)
    for (const place of from) expect(place).toMatch(/^\$\{env\.CONV_LAB_STAGED\}\//)
    const hook: { beforeBuild: () => boolean } = await import(path.join(root, String(beforeBuild)))
    expect(hook.beforeBuild()).toBe(false)
  })

  it('names icons that exist', async () => {
    const { linux, mac, win } = await read()
    for (const icon of [linux?.icon, mac?.icon, win?.icon])
      expect(existsSync(path.join(root, icon ?? 'none'))).toBe(true)
  })
})
