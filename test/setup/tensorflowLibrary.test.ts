import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { cachedFolder, cachedLibrary, findLibrary } from '../../setup/tensorflow/library.mjs'
import { emptyPlace } from './place.ts'

/** Writes files that have the names of TensorFlow's. */
function writeLibrary(folder: string, libraries: string, api = 'libtensorflow_cc.so.2') {
  mkdirSync(path.join(folder, 'include', 'tensorflow', 'c'), { recursive: true })
  mkdirSync(path.join(folder, libraries), { recursive: true })
  writeFileSync(path.join(folder, 'include', 'tensorflow', 'c', 'c_api.h'), '')
  writeFileSync(path.join(folder, libraries, api), 'library')
  writeFileSync(path.join(folder, libraries, 'libtensorflow_framework.so.2'), 'framework')
}

function writeStamp(folder: string, sizes: Record<string, number>) {
  writeFileSync(path.join(folder, 'complete.json'), JSON.stringify({ sizes }))
}

const sizes = { 'lib/libtensorflow_cc.so.2': 7, 'lib/libtensorflow_framework.so.2': 9 }

describe('TensorFlow’s library', () => {
  it('is missing in an empty place', () => {
    expect(findLibrary(emptyPlace())).toBeNull()
  })

  it('is taken from the named folder first, then the cache, then what tfjs-node has downloaded', () => {
    const place = emptyPlace()
    const own = path.join(place.root, 'node_modules', '@tensorflow', 'tfjs-node', 'deps')
    writeLibrary(own, 'lib', 'libtensorflow.so.2')
    expect(findLibrary(place)?.files[0]).toBe(path.join(own, 'lib', 'libtensorflow.so.2'))
    writeLibrary(cachedFolder(place), 'lib')
    writeStamp(cachedFolder(place), sizes)
    expect(findLibrary(place)?.folder).toBe(path.join(cachedFolder(place), 'lib'))
    const named = path.join(place.root, 'named')
    writeLibrary(named, 'lib')
    expect(findLibrary({ ...place, environment: { CONV_LAB_TENSORFLOW: named } })?.folder).toBe(path.join(named, 'lib'))
  })

  it('may lie beside its headers, as in an installed Python package', () => {
    const place = emptyPlace()
    writeLibrary(path.join(place.root, 'tensorflow'), '.')
    expect(
      findLibrary({ ...place, environment: { CONV_LAB_TENSORFLOW: path.join(place.root, 'tensorflow') } })?.include,
    ).toBe(path.join(place.root, 'tensorflow', 'include'))
  })

  it('is not replaced silently when the named folder does not hold it', () => {
    const place = emptyPlace({ CONV_LAB_TENSORFLOW: '/nowhere' })
    writeLibrary(cachedFolder(place), 'lib')
    writeStamp(cachedFolder(place), sizes)
    expect(() => findLibrary(place)).toThrow(/CONV_LAB_TENSORFLOW names \/nowhere, which does not hold/)
  })

  it('does not count in the cache without its stamp', () => {
    const place = emptyPlace()
    writeLibrary(cachedFolder(place), 'lib')
    expect(cachedLibrary(place)).toBeNull()
  })

  it('does not count in the cache when a file has another size', () => {
    const place = emptyPlace()
    writeLibrary(cachedFolder(place), 'lib')
    writeStamp(cachedFolder(place), { ...sizes, 'lib/libtensorflow_cc.so.2': 8 })
    expect(cachedLibrary(place)).toBeNull()
  })
})
