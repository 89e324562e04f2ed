import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { demand } from './checks.ts'
import { ran, succeeded } from './started.ts'

/**
 * Before these bytes stand in Electron's program what follows are its fuses: a version, their number, and one each
 * (@electron/fuses).
 */
const fuseMark = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'
const fuses = 12

const clone = path.resolve(import.meta.dirname, '..', '..')

/** A folder that stands in for Electron: its program does nothing, but has fuses to set. */
function makeElectron(folder: string): void {
  mkdirSync(path.join(folder, 'resources'), { recursive: true })
  const program = Buffer.from(`#!/bin/sh\nexit 0\n${fuseMark}\u0001${String.fromCharCode(fuses)}${'1'.repeat(fuses)}`)
  writeFileSync(path.join(folder, 'electron'), program, { mode: 0o755 })
}

/** All files below a folder, and the folders themselves, with slashes. */
function everythingIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => name.replaceAll(path.sep, '/'))
}

/** What an archive of Electron holds. */
function everythingInArchive(archive: string): string[] {
  const ofElectronBuilder = createRequire(createRequire(import.meta.url).resolve('electron-builder'))
  const asar: { listPackage: (file: string, options: { isPack: boolean }) => string[] } =
    ofElectronBuilder('@electron/asar')
  return asar.listPackage(archive, { isPack: false }).map((name) => name.slice(1).replaceAll(path.sep, '/'))
}

function demandSame(one: readonly string[], other: readonly string[]): void {
  const [here, there] = [new Set(one), new Set(other)]
  const apart = [...one.filter((name) => !there.has(name)), ...other.filter((name) => !here.has(name))]
  demand(apart.length === 0, `${apart.length} are in one alone: ${apart.slice(0, 5).join(', ')}`)
}

/**
 * Has electron-builder make the app around a stand-in for Electron. It must hold the files that a portable folder holds,
 * and the binding in it must find TensorFlow's library.
 */
export async function electronAppIsTheSame(portable: string, work: string): Promise<void> {
  const electron = path.join(work, 'electron')
  const output = path.join(work, 'app')
  makeElectron(electron)
  const words = [
    'setup/package.mjs',
    '--linux',
    'dir',
    `-c.electronDist=${electron}`,
    `-c.directories.output=${output}`,
  ]
  const { code, output: said, errors } = await ran(process.execPath, words, clone)
  demand(code === 0, `electron-builder ended with ${code}: ${said}${errors}`)
  const resources = path.join(output, 'linux-unpacked', 'resources')
  demandSame(everythingInArchive(path.join(resources, 'app.asar')), everythingIn(path.join(portable, 'app')))
  demandSame(everythingIn(path.join(resources, 'tensorflow')), everythingIn(path.join(portable, 'tensorflow')))
  const binding = path.join(resources, 'app.asar.unpacked/node_modules/@tensorflow/tfjs-node/lib/napi-v8')
  const script = `console.log(require(${JSON.stringify(path.join(binding, 'tfjs_binding.node'))}).TF_Version)`
  const version = await succeeded(process.execPath, ['--eval', script])
  demand(/^\d+\.\d+\.\d+/.test(version), `the binding says the version ${version}`)
}
