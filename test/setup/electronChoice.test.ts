import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { electronProgram, getElectron, reasonAgainstElectron } from '../../setup/electron.mjs'
import { emptyPlace } from './place.ts'

/** A place with an `electron` package whose installer is this script; it counts its runs in a file `runs`. */
function placeWithInstaller(script: string) {
  const place = emptyPlace({ PATH: process.env.PATH })
  const folder = path.join(place.root, 'node_modules', 'electron')
  mkdirSync(folder, { recursive: true })
  writeFileSync(path.join(folder, 'package.json'), '{ "version": "1.2.3" }')
  writeFileSync(
    path.join(folder, 'install.js'),
    `const fs = require('fs'); fs.appendFileSync(__dirname + '/runs', 'x'); ${script}`,
  )
  return { place, folder, runs: () => readFileSync(path.join(folder, 'runs'), 'utf8').length }
}

const succeed =
  "fs.mkdirSync(__dirname + '/dist'); fs.writeFileSync(__dirname + '/dist/electron', ''); fs.writeFileSync(__dirname + '/path.txt', 'electron')"

describe('Electron', () => {
  it('is fetched by its own installer when its program is not there, once', async () => {
    const { place, folder, runs } = placeWithInstaller(succeed)
    expect(electronProgram(place)).toBeNull()
    expect(await getElectron(place)).toBe(path.join(folder, 'dist', 'electron'))
    expect(await getElectron(place)).toBe(path.join(folder, 'dist', 'electron'))
    expect(runs()).toBe(1)
    expect(readdirSync(place.cache)).toEqual([])
  })

  it('is not tried again after a failure, until that is forgotten', async () => {
    const { place, runs } = placeWithInstaller("console.error('Error: no route'); process.exit(1)")
    expect(await getElectron(place)).toBeNull()
    expect(place.said.join('\n')).toContain(
      'Electron could not be downloaded (Error: no route). It is tried again in a day',
    )
    expect(await getElectron(place)).toBeNull()
    expect(runs()).toBe(1)
    rmSync(path.join(place.cache, 'electron-1.2.3-failed.txt'))
    expect(await getElectron(place)).toBeNull()
    expect(runs()).toBe(2)
  })

  it('downloads into the cache folder, and leaves nothing there', async () => {
    const { place, folder } = placeWithInstaller(
      "fs.writeFileSync(__dirname + '/where', require('os').tmpdir()); process.exit(1)",
    )
    await getElectron(place)
    const where = readFileSync(path.join(folder, 'where'), 'utf8')
    expect(path.dirname(where)).toBe(place.cache)
    expect(existsSync(where)).toBe(false)
  })

  it('is no choice without a screen or as root, on Linux', () => {
    const place = emptyPlace({ DISPLAY: ':0' })
    expect(reasonAgainstElectron(place, false)).toBeNull()
    expect(reasonAgainstElectron(place, true)).toContain('root')
    expect(reasonAgainstElectron({ ...place, environment: {} }, false)).toContain('no screen')
    expect(reasonAgainstElectron({ ...place, platform: 'darwin', environment: {} }, false)).toBeNull()
  })
})
