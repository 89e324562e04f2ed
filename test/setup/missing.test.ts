import { execFile } from 'node:child_process'
import { cpSync, mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { compilerOf } from '../../setup/binding.mjs'
import { findChromium } from '../../setup/chromium.mjs'
import { node24 } from '../../setup/node24.mjs'
import { sentenceFor } from '../../setup/problem.mjs'
import { findProgram } from '../../setup/run.mjs'
import { pythonWithPip, wheelFor } from '../../setup/tensorflow/wheel.mjs'
import { emptyPlace } from './place.ts'

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
      expect(errors.trimEnd().split('\n').at(-1)).toMatch(/^Conv Lab: npm is missing: .*apt install npm/)
    },
  )

  it('Python', async () => {
    const place = emptyPlace({ PATH: '/nowhere' })
    await expect(pythonWithPip(place)).rejects.toThrow(/^Python 3 is missing: .*apt install python3 python3-pip/)
  })

  it('pip', async () => {
    const place = emptyPlace()
    place.environment = {
      PATH: pathWith(place, { python3: 'echo "/usr/bin/python3: No module named pip" >&2; exit 1' }),
    }
    await expect(pythonWithPip(place)).rejects.toThrow(
      /^pip for Python 3 is missing \(.*No module named pip\): .*python3-pip/,
    )
  })

  it('Python 3, where only Python 2 is', async () => {
    const place = emptyPlace()
    place.environment = { PATH: pathWith(place, { python: 'echo "pip 20.3.4 from somewhere (python 2.7)"' }) }
    await expect(pythonWithPip(place)).rejects.toThrow('pip for Python 3 is missing')
  })

  it('a compiler', () => {
    expect(() => compilerOf(emptyPlace({ PATH: '/nowhere' }))).toThrow(
      /^A C\+\+ compiler is missing: .*apt install g\+\+; Fedora: sudo dnf install gcc-c\+\+/,
    )
    expect(() => compilerOf({ ...emptyPlace({ PATH: '/nowhere' }), platform: 'darwin' })).toThrow(
      'xcode-select --install',
    )
  })

  it('the compiler that CXX names', () => {
    const place = emptyPlace()
    const PATH = pathWith(place, { 'g++': '' })
    expect(compilerOf({ ...place, environment: { PATH } })).toBe(path.join(PATH, 'g++'))
    expect(() => compilerOf({ ...place, environment: { PATH, CXX: 'icpc' } })).toThrow('(CXX names icpc)')
  })

  it('TensorFlow for a system that has no wheel', () => {
    expect(() => wheelFor({ ...emptyPlace(), platform: 'win32' })).toThrow(
      /win32 x64, only for Linux .* Windows Subsystem for Linux/,
    )
    expect(() => wheelFor({ ...emptyPlace(), architecture: 'riscv64' })).toThrow(/linux riscv64.* CONV_LAB_TENSORFLOW/)
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
  it('skips what cannot be run, and takes the first name that is there', () => {
    const place = emptyPlace()
    const PATH = pathWith(place, { second: '' })
    writeFileSync(path.join(PATH, 'first'), '', { mode: 0o644 })
    expect(findProgram(['first', 'second'], { PATH })).toBe(path.join(PATH, 'second'))
  })
})
