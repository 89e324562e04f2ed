// Linux. What is for x64 is what the tests run on; arm64 has the same contents under other names, and is untried.
import { lowestGlibc } from './glibc.mjs'
import { tensorflowWheel } from './tensorflowParts.mjs'
import { zigWheel } from './zigWheel.mjs'

const libraries = {
  'tensorflow/libtensorflow_cc.': 'lib/libtensorflow_cc.',
  'tensorflow/libtensorflow_framework.': 'lib/libtensorflow_framework.',
}

/** @type {import('./platform.mjs').Platform} */
export const linux = {
  name: 'Linux',
  short: 'linux',
  architectures: {
    x64: {
      tensorflowFolder: 'tensorflow',
      tensorflow: [
        tensorflowWheel('tensorflow-cpu', 'manylinux_2_27_x86_64', libraries, {
          bytes: 273_829_956,
          sha256: '2b847d217b02ee7731ed91431daf3250daa0196c3c94614d23be27232e6e5b6c',
        }),
      ],
      zig: zigWheel('manylinux2014_x86_64', 'manylinux_2_12_x86_64.manylinux2010_x86_64.musllinux_1_1_x86_64', {
        bytes: 101_083_562,
        sha256: 'ea6cc5d87b033cf0aedfbc8f9549a908cae6c50ac31f1698188fa48a74524b54',
      }),
      zigTarget: 'x86_64-linux-gnu.2.17',
    },
    arm64: {
      tensorflowFolder: 'tensorflow-linux-arm64',
      tensorflow: [
        tensorflowWheel('tensorflow', 'manylinux_2_27_aarch64', libraries, {
          bytes: 281_828_020,
          sha256: '4b24aca16d527a3cf1c37f720c04c484c3d20f4d0fdfa98632ac8b9f3be6eb5c',
        }),
      ],
      zig: zigWheel('manylinux2014_aarch64', 'manylinux_2_17_aarch64.manylinux2014_aarch64.musllinux_1_1_aarch64', {
        bytes: 98_063_064,
        sha256: 'b7c5f02fccd40f89b999ee16a1f5ddced56e6182370f8affe494bcf8a28cf07e',
      }),
      zigTarget: 'aarch64-linux-gnu.2.17',
    },
  },
  nodeProgram: 'node',
  zigProgram: 'zig',
  programEndings: [''],
  pythons: ['python3', 'python'],
  compilers: ['g++', 'c++', 'clang++'],
  install: {
    node: 'nodejs.org',
    npm: 'Debian and Ubuntu: sudo apt install npm',
    python: 'Debian and Ubuntu: sudo apt install python3 python3-pip; Fedora: sudo dnf install python3 python3-pip',
    compiler: 'Debian and Ubuntu: sudo apt install g++; Fedora: sudo dnf install gcc-c++',
    chromium: 'Debian: sudo apt install chromium',
  },
  browsers: ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'],
  browserFiles: [],
  npmFromNode: null,
  pythonInEnvironment: 'bin/python',
  libraries: {
    api: ['libtensorflow_cc.so.2', 'libtensorflow.so.2'],
    framework: 'libtensorflow_framework.so.2',
    beside: [],
    python: null,
  },
  linking: {
    parameters: ['-shared', '-fPIC'],
    here: '$ORIGIN',
    named: (name) => [`-Wl,-soname,${name}`],
    withEmptyLibraries: ['-Wl,--no-as-needed', '-Wl,-z,lazy'],
  },
  strips: true,
  needsGlibc: true,
  screenVariables: ['DISPLAY', 'WAYLAND_DISPLAY'],
  rootHasNoSandbox: true,
  sharesConsole: false,
  needs: `It needs a Linux with glibc ${lowestGlibc} or later.`,
  longestPath: null,
}
