import { execFileSync, spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { existsSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { describe, expect } from 'vitest'
import { findProgram } from '../../setup/run.mjs'
import { cachedFolder, cachedLibrary, findLibrary } from '../../setup/tensorflow/library.mjs'
import { fetchLibraryFrom, wheelsFor } from '../../setup/tensorflow/step.mjs'
import { posixOnly } from '../platforms.ts'
import { emptyPlace } from './place.ts'

const withScripts = posixOnly('the Python that stands in is a script of a shell')
const modules = path.resolve(import.meta.dirname, '..', '..', 'setup')
const python = findProgram(['python3'], { platform: process.platform, environment: process.env }) ?? ''

const members = [
  'libtensorflow_cc.so.2',
  'libtensorflow_framework.so.2',
  'include/tensorflow/c/c_api.h',
  'include/tensorflow/python/unneeded.h',
  'include/LICENSE',
  'THIRD_PARTY_NOTICES.txt',
  'python/unneeded.py',
]

/**
 * A small wheel with the names of the real one, and a `python3` whose pip brings it; everything else the real Python
 * does. `atUnpacking` is a line of shell that stands before the unpacking.
 */
function smallWheel(atUnpacking = '') {
  const place = emptyPlace()
  const file = path.join(place.root, 'small.whl')
  execFileSync(python, [
    '-c',
    'import sys, zipfile\nwith zipfile.ZipFile(sys.argv[1], "w") as z:\n  for name in sys.argv[2:]: z.writestr("tensorflow/" + name, name)',
    file,
    ...members,
  ])
  const bin = path.join(place.root, 'bin')
  mkdirSync(bin)
  const lines = [
    '#!/bin/sh',
    `PATH='${process.env.PATH}'`,
    'if [ "$3" = download ]; then',
    '  while [ "$1" != --dest ]; do shift; done',
    `  cp '${file}' "$2/small.whl"`,
    '  exit',
    'fi',
    atUnpacking,
    `exec '${python}' "$@"`,
  ]
  writeFileSync(path.join(bin, 'python3'), lines.join('\n'), { mode: 0o755 })
  const sha256 = createHash('sha256').update(readFileSync(file)).digest('hex')
  const [{ take }] = wheelsFor(place)
  const wheel = {
    project: 'small',
    version: '1',
    file: 'small.whl',
    tag: 'any',
    bytes: statSync(file).size,
    sha256,
    take,
  }
  // No `strip`: the small libraries are none.
  const environment = { PATH: '/nowhere' }
  return { place: { ...place, environment }, wheel, python: path.join(bin, 'python3') }
}

describe('the wheel that brings TensorFlow’s library', () => {
  withScripts('gives the libraries and the needed headers alone, and leaves nothing else in the cache', async () => {
    const { place, wheel, python } = smallWheel()
    await fetchLibraryFrom(place, python, [wheel])
    expect(findLibrary(place)?.files.map((file) => readFileSync(file, 'utf8'))).toEqual([
      'libtensorflow_cc.so.2',
      'libtensorflow_framework.so.2',
    ])
    expect(readdirSync(cachedFolder(place), { recursive: true }).map(String).sort()).toEqual([
      'complete.json',
      'include',
      'include/tensorflow',
      'include/tensorflow/c',
      'include/tensorflow/c/c_api.h',
      'lib',
      'lib/libtensorflow_cc.so.2',
      'lib/libtensorflow_framework.so.2',
      'licences',
      'licences/tensorflow',
      'licences/tensorflow/1-LICENSE.txt',
      'licences/tensorflow/2-THIRD_PARTY_NOTICES.txt',
    ])
    expect(readdirSync(place.cache).sort()).toEqual(['.set-up', path.basename(cachedFolder(place))])
  })

  withScripts('is refused when its sum is another', async () => {
    const { place, wheel, python } = smallWheel()
    await expect(fetchLibraryFrom(place, python, [{ ...wheel, sha256: '0'.repeat(64) }])).rejects.toThrow(
      /small\.whl .* is not the expected file: its SHA-256 is [0-9a-f]{64}, not 0{64}\. It was not used/,
    )
    expect(readdirSync(place.cache)).toEqual(['.set-up'])
  })

  withScripts('is refused when pip brings another file', async () => {
    const { place, wheel, python } = smallWheel()
    await expect(fetchLibraryFrom(place, python, [{ ...wheel, file: 'other.whl' }])).rejects.toThrow(
      'pip brought another file than other.whl (small.whl)',
    )
  })

  withScripts('replaces a damaged library in the cache', async () => {
    const { place, wheel, python } = smallWheel()
    mkdirSync(cachedFolder(place))
    writeFileSync(path.join(cachedFolder(place), 'leftover'), '')
    await fetchLibraryFrom(place, python, [wheel])
    expect(cachedLibrary(place)).not.toBeNull()
    expect(existsSync(path.join(cachedFolder(place), 'leftover'))).toBe(false)
  })

  withScripts(
    'leaves nothing that looks finished when it is killed while unpacking, and the next one cleans up',
    async () => {
      // Half of the content is there, then the killed set-up stands still.
      const halfway =
        'if [ -n "$HALFWAY" ]; then mkdir -p "$3/lib"; echo half > "$3/lib/libtensorflow_cc.so.2"; echo there > "$HALFWAY"; exec sleep 600; fi'
      const { place, wheel, python } = smallWheel(halfway)
      const reached = path.join(place.root, 'reached')
      const { root, cache, environment, platform, architecture } = place
      const program = `import { fetchLibraryFrom } from ${JSON.stringify(path.join(modules, 'tensorflow', 'step.mjs'))}
      await fetchLibraryFrom({ ...${JSON.stringify({ root, cache, environment, platform, architecture })}, report: { say: console.log, progress: () => undefined } }, ${JSON.stringify(python)}, [${JSON.stringify(wheel)}])`
      const child = spawn(process.execPath, ['--input-type=module', '-e', program], {
        env: { ...process.env, HALFWAY: reached },
        stdio: 'inherit',
        detached: true,
      })
      while (!existsSync(reached)) await pause(20)
      // Its whole group, as a closed terminal would.
      process.kill(-(child.pid ?? 0), 'SIGKILL')
      await once(child, 'exit')
      expect(readdirSync(cache).some((name) => name.startsWith('.writing-'))).toBe(true)
      expect(findLibrary(place)).toBeNull()
      await fetchLibraryFrom(place, python, [wheel])
      expect(findLibrary(place)).not.toBeNull()
      expect(readdirSync(cache).some((name) => name.startsWith('.writing-'))).toBe(false)
    },
  )
})
