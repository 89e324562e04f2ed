import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { buildBinding } from '../../../setup/binding/build.mjs'
import { binding } from '../../../setup/binding/step.mjs'
import { allTargets, architectureOf, placeFor, targetOf } from '../../../setup/platform/platform.mjs'
import { cachedFolder } from '../../../setup/tensorflow/library.mjs'
import { zigVersion } from '../../../setup/wheels/versions.mjs'
import { posixOnly } from '../../platforms.ts'
import { emptyPlace } from '../place.ts'

const withScripts = posixOnly('the compilers that stand in are scripts of a shell')

const packages = path.resolve(import.meta.dirname, '..', '..', '..', 'node_modules')

/** Puts a folder into the cache as set-up does. */
function cached(folder: string, files: Record<string, string | { copyOf: string }>): void {
  const sizes: Record<string, number> = {}
  for (const [name, content] of Object.entries(files)) {
    const file = path.join(folder, name)
    mkdirSync(path.dirname(file), { recursive: true })
    if (typeof content === 'string') writeFileSync(file, content, { mode: 0o755 })
    else cpSync(content.copyOf, file)
    sizes[name] = readFileSync(file).byteLength
  }
  writeFileSync(path.join(folder, 'complete.json'), JSON.stringify({ sizes }))
}

/**
 * A place without a compiler, with TensorFlow's library of both systems, and with a zig in the cache that notes how it was
 * called and what it was given, and writes what it is asked for.
 */
function placeWithZig(last = '') {
  const place = emptyPlace({ PATH: '/bin:/usr/bin', CXX: '' })
  const there = { ...place, environment: { ...place.environment, PATH: path.join(place.root, 'bin') } }
  const notes = path.join(place.root, 'notes')
  mkdirSync(notes)
  const zig = [
    '#!/bin/sh',
    'PATH=/bin:/usr/bin',
    `echo "$@" >> '${notes}/calls'`,
    `cp *.def *.c *.cc '${notes}/' 2>/dev/null`,
    'while [ $# -gt 1 ]; do case "$1" in -o|-l) echo made > "$2";; esac; shift; done',
    last,
  ]
  cached(path.join(place.cache, `zig-${zigVersion}-linux-x64`), { zig: zig.join('\n') })
  cached(cachedFolder(place), {
    'lib/libtensorflow_cc.so.2': 'library',
    'lib/libtensorflow_framework.so.2': 'framework',
    'include/tensorflow/c/c_api.h': '',
  })
  cached(cachedFolder(placeFor(place, 'win-x64')), {
    // Any library of Windows serves: what it exports is not TensorFlow's.
    'lib/_pywrap_tensorflow_common.dll': {
      copyOf: path.join(packages, 'better-sqlite3', 'prebuilds', 'win32-x64.node'),
    },
    'include/tensorflow/c/c_api.h': '',
  })
  cpSync(path.join(packages, 'node-api-headers', 'def'), path.join(place.root, 'node_modules/node-api-headers/def'), {
    recursive: true,
  })
  return { place: there, calls: () => readFileSync(path.join(notes, 'calls'), 'utf8').trim().split('\n'), notes }
}

describe('the binding for a target', () => {
  for (const target of ['linux-x64', 'linux-arm64', 'darwin-arm64'] as const)
    withScripts(`${target} is linked to empty libraries of the right names`, async () => {
      const { place, calls } = placeWithZig()
      const file = path.join(place.root, 'out', 'tfjs_binding.node')
      await buildBinding(place, target, file, ['tensorflow'])
      expect(readFileSync(file, 'utf8')).toBe('made\n')
      expect(readdirSync(path.dirname(file))).toEqual(['tfjs_binding.node'])
      const [api = '', framework = '', whole = ''] = calls()
      const { zigTarget = '' } = architectureOf(placeFor(place, target)) ?? {}
      for (const call of [api, framework, whole]) expect(call).toContain(`-target ${zigTarget} `)
      expect([api, framework].join()).toMatch(
        target === 'darwin-arm64'
          ? /-install_name -Xlinker @rpath\/libtensorflow_cc\.2\.dylib .*@rpath\/libtensorflow_framework\.2\.dylib/
          : /-soname,libtensorflow_cc\.so\.2 .*-soname,libtensorflow_framework\.so\.2/,
      )
      expect(whole.split(' -rpath ').slice(1)).toEqual([
        expect.stringMatching(
          target === 'darwin-arm64' ? /^-Xlinker @loader_path\/tensorflow / : /^-Xlinker \$ORIGIN\/tensorflow /,
        ),
      ])
      // Otherwise the linker would drop libraries from which it sees nothing used.
      if (target !== 'darwin-arm64') expect(whole).toMatch(/--no-as-needed.* libtensorflow_cc\.so\.2 /)
    })

  withScripts(
    'win-x64 is linked to the names that Node and TensorFlow have, and Python’s stub lies beside it',
    async () => {
      const { place, calls, notes } = placeWithZig()
      const folder = path.join(place.root, 'out')
      await buildBinding(place, 'win-x64', path.join(folder, 'tfjs_binding.node'))
      expect(readdirSync(folder).sort()).toEqual(['python311.dll', 'tfjs_binding.node'])
      const asked = readFileSync(path.join(notes, 'program.cc'), 'utf8')
      // The program may be called otherwise than node.exe, as Electron's is.
      expect(asked).not.toContain('node.exe')
      for (const name of ['napi_create_function', 'napi_module_register'])
        expect(asked.split(`GetProcAddress(program, "${name}")`)).toHaveLength(2)
      expect(readFileSync(path.join(notes, 'tensorflow.def'), 'utf8')).toBe(
        'LIBRARY _pywrap_tensorflow_common.dll\nEXPORTS\n',
      )
      expect(calls().at(-1)).toMatch(/ program\.cc tensorflow\.lib .*-o out\.node$/)
    },
  )

  withScripts('is not there when the compiler fails, and its reason is said', async () => {
    const { place } = placeWithZig('echo "x.cc:1:2: error: no such thing" >&2; exit 1')
    const file = path.join(place.root, 'out', 'tfjs_binding.node')
    await expect(buildBinding(place, 'linux-x64', file)).rejects.toThrow(
      /could not be compiled \(x\.cc:1:2: error: no such thing\)/,
    )
    expect(existsSync(file)).toBe(false)
  })

  it('is known for every target, each with its own folder in the cache', () => {
    const place = emptyPlace()
    const folders = allTargets.map((target) => cachedFolder(placeFor(place, target)))
    expect(new Set(folders).size).toBe(allTargets.length)
    for (const target of allTargets) expect(targetOf(placeFor(place, target))).toBe(target)
    expect(targetOf({ platform: 'win32', architecture: 'arm64' })).toBeNull()
  })
})

describe('the step of set-up', () => {
  withScripts('takes zig where no compiler is, and finds the library where it lies', async () => {
    const { place, calls } = placeWithZig()
    // What the zig above writes is no binding.
    await expect(binding.make(place)).rejects.toThrow(/^TensorFlow's library does not load on this computer/)
    expect(calls().at(-1)).toContain(`-rpath -Xlinker ${path.join(cachedFolder(place), 'lib')} `)
  })

  withScripts('takes a compiler that is there', async () => {
    const { place, notes } = placeWithZig()
    mkdirSync(path.join(place.root, 'bin'))
    writeFileSync(path.join(place.root, 'bin', 'g++'), '#!/bin/sh\nfor last; do :; done; echo made > "$last"\n', {
      mode: 0o755,
    })
    await expect(binding.make(place)).rejects.toThrow(/^TensorFlow's library does not load on this computer/)
    expect(existsSync(path.join(notes, 'calls'))).toBe(false)
  })

  withScripts(
    'takes zig where the compiler that is there cannot compile it, unless a person chose that one',
    async () => {
      const { place, calls, notes } = placeWithZig()
      mkdirSync(path.join(place.root, 'bin'))
      const script = '#!/bin/sh\necho "error: iostream: No such file" >&2; exit 1\n'
      writeFileSync(path.join(place.root, 'bin', 'g++'), script, { mode: 0o755 })
      const chosen = { ...place, environment: { ...place.environment, CXX: 'g++' } }
      await expect(binding.make(chosen)).rejects.toThrow(/iostream.* C\+\+17 compiler/)
      expect(existsSync(path.join(notes, 'calls'))).toBe(false)
      await expect(binding.make(place)).rejects.toThrow('does not load')
      expect(place.said.join()).toMatch(/iostream.* Set-up fetches one/)
      expect(calls().at(-1)).toContain('out.node')
    },
  )
})
