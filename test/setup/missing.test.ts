import { execFile } from 'node:child_process'
import { cpSync, mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { compilerIsMissing, compilerOf } from '../../setup/binding/compiler.mjs'
import { fetchZig } from '../../setup/binding/zig.mjs'
import { findChromium } from '../../setup/chromium.mjs'
import { node24 } from '../../setup/node24.mjs'
import { sentenceFor } from '../../setup/problem.mjs'
import { findProgram } from '../../setup/run.mjs'
import { wheelsFor } from '../../setup/tensorflow/step.mjs'
import { pythonWithPip } from '../../setup/wheels/wheel.mjs'
import { platformOf } from '../../setup/platform/platform.mjs'
import { posixOnly } from '../platforms.ts'
import { emptyPlace } from './place.ts'

const withScripts = posixOnly('the programs that stand in are scripts of a shell')
const root = path.resolve(import.meta.dirname, '..', '..')

/** A search path with these programs alone. */
function pathWith(place: { root: string }, programs: Record<string, string>): string {
  const folder = path.join(place.root, 'bin')
  mkdirSync(folder, { recursive: true })
  for (const [name, script] of Object.entries(programs))
    writeFileSync(path.join(folder, name), `#!/bin/sh\n${script}\n`, { mode: 0o755 })
  return folder
}

/** Runs a script of set-up in a clone that holds nothing else. */
function runInEmptyClone(
  script: string,
  environment: NodeJS.ProcessEnv,
): Promise<{ code: number | null; output: string; errors: string }> {
  const place = emptyPlace()
  for (const name of ['setup', 'package.json', 'package-lock.json'])
    cpSync(path.join(root, name), path.join(place.root, name), { recursive: true })
  return new Promise((resolve) => {
    const child = execFile(
      process.execPath,
      [path.join(place.root, 'setup', script)],
      { env: { ...environment, CONV_LAB_CACHE: place.cache } },
      (_, output, errors) => resolve({ code: child.exitCode, output, errors }),
    )
  })
}

describe('what set-up says when something is missing', () => {
  it.each(['lab.mjs', 'start.mjs', 'test.mjs', 'build.mjs'])(
    '%s: npm, in one sentence on standard error, with exit code 1',
    async (script) => {
      const { code, output, errors } = await runInEmptyClone(script, { PATH: '/nowhere' })
      expect(code).toBe(1)
      expect(output).toBe('')
      expect(errors.trimEnd().split('\n').at(-1)).toContain(
        `Conv Lab: npm is missing: it comes with Node.js, so install Node.js 20 or later with npm (${platformOf(process).install.npm})`,
      )
    },
  )

  it('Python', async () => {
    const place = emptyPlace({ PATH: '/nowhere' })
    await expect(pythonWithPip(place)).rejects.toThrow(/^Python 3 is missing: .*apt install python3 python3-pip/)
  })

  withScripts('pip', async () => {
    const place = emptyPlace()
    place.environment = {
      PATH: pathWith(place, { python3: 'echo "/usr/bin/python3: No module named pip" >&2; exit 1' }),
    }
    await expect(pythonWithPip(place)).rejects.toThrow(
      /^pip for Python 3 is missing \(.*No module named pip\): .*python3-pip/,
    )
  })

  withScripts('Python 3, where only Python 2 is', async () => {
    const place = emptyPlace()
    place.environment = { PATH: pathWith(place, { python: 'echo "pip 20.3.4 from somewhere (python 2.7)"' }) }
    await expect(pythonWithPip(place)).rejects.toThrow('pip for Python 3 is missing')
  })

  withScripts('nothing where a later Python has what the first lacks', async () => {
    const place = emptyPlace()
    const PATH = pathWith(place, { python3: 'exit 9', python: 'echo "pip 25.1 from somewhere (python 3.13)"' })
    expect(await pythonWithPip({ ...place, environment: { PATH } })).toBe(path.join(PATH, 'python'))
  })

  it('a compiler where none can be fetched', async () => {
    expect(compilerOf(emptyPlace({ PATH: '/nowhere' }))).toBeNull()
    expect(compilerIsMissing({ ...emptyPlace(), architecture: 'riscv64' }).message).toMatch(
      /^A C\+\+ compiler is missing: .*Linux riscv64.*apt install g\+\+; Fedora: sudo dnf install gcc-c\+\+/,
    )
    expect(compilerIsMissing({ ...emptyPlace(), platform: 'darwin' }).message).toContain('xcode-select --install')
    await expect(fetchZig({ ...emptyPlace(), architecture: 'riscv64' })).rejects.toThrow('A C++ compiler is missing')
  })

  it('the compiler that CXX names', () => {
    const place = emptyPlace()
    const PATH = pathWith(place, { 'g++': '' })
    const there = path.join(PATH, 'g++')
    expect(compilerOf({ ...place, environment: { PATH } })).toEqual({ program: there, named: false })
    expect(compilerOf({ ...place, environment: { PATH, CXX: 'g++' } })).toEqual({ program: there, named: true })
    expect(() => compilerOf({ ...place, environment: { PATH, CXX: 'icpc' } })).toThrow(/^CXX names icpc .* unset CXX/)
  })

  it('TensorFlow for a system that has no wheel', () => {
    expect(() => wheelsFor({ ...emptyPlace(), platform: 'win32', architecture: 'arm64' })).toThrow(
      /Windows arm64, only for Linux .* CONV_LAB_TENSORFLOW/,
    )
    expect(() => wheelsFor({ ...emptyPlace(), platform: 'freebsd' })).toThrow(
      'runs on Linux, Windows and macOS, and knows nothing of freebsd',
    )
  })

  it('nothing about Node where this one is new enough', () => {
    expect(node24(emptyPlace())).toBe(process.execPath)
  })

  it('the Chromium that the environment names', () => {
    expect(() => findChromium(emptyPlace({ CONV_LAB_CHROMIUM: '/nowhere/chromium' }))).toThrow(
      '/nowhere/chromium, which does not exist',
    )
  })

  it('room on the disk, wherever that was noticed', () => {
    expect(sentenceFor(Object.assign(new Error('write'), { code: 'ENOSPC' }))).toMatch(/^The disk is full\./)
  })
})

describe('the search path', () => {
  posixOnly('Windows has no modes of files')('skips what cannot be run, and takes the first name that is there', () => {
    const place = emptyPlace()
    const PATH = pathWith(place, { second: '' })
    writeFileSync(path.join(PATH, 'first'), '', { mode: 0o644 })
    expect(findProgram(['first', 'second'], { platform: 'linux', environment: { PATH } })).toBe(
      path.join(PATH, 'second'),
    )
  })
})
