// Windows. The wheel has no library by itself: the C API is in the library of its Python part, which needs Python's own
// library (a stub suffices, binding/pythonStub.mjs) and the Visual C++ runtime.
import { runtimeVersion } from '../wheels/versions.mjs'
import { tensorflowWheel } from './tensorflowParts.mjs'
import { zigWheel } from './zigWheel.mjs'

/** The parts of the Visual C++ runtime that TensorFlow's library needs. */
const runtime = ['msvcp140.dll', 'vcruntime140.dll', 'vcruntime140_1.dll']

/** @type {import('./platform.mjs').Platform} */
export const windows = {
  name: 'Windows',
  short: 'win',
  architectures: {
    x64: {
      tensorflowFolder: 'tensorflow-win-x64',
      tensorflow: [
        tensorflowWheel(
          'tensorflow-cpu',
          'win_amd64',
          { 'tensorflow/python/_pywrap_tensorflow_common.dll': 'lib/_pywrap_tensorflow_common.dll' },
          {
            bytes: 350_834_051,
            sha256: '6fc992a9c8700e18c178b0525f4e7697e58fce88df0dcb95db4dd3c7ad5f4651',
          },
        ),
        {
          project: 'msvc-runtime',
          version: runtimeVersion,
          file: `msvc_runtime-${runtimeVersion}-cp311-cp311-win_amd64.whl`,
          tag: 'win_amd64',
          bytes: 1_921_911,
          sha256: 'aba7fbe71897d25ed53fbb7f391e9f50289378a8a9ae218ba18530c663448391',
          take: {
            ...Object.fromEntries(
              runtime.map((name) => [`msvc_runtime-${runtimeVersion}.data/data/Scripts/${name}`, `lib/${name}`]),
            ),
            [`msvc_runtime-${runtimeVersion}.dist-info/licenses/LICENSE`]: 'licences/msvc-runtime.txt',
          },
        },
      ],
      zig: zigWheel('win_amd64', 'win_amd64', {
        bytes: 101_924_940,
        sha256: '69c3dfc3aff6a297ec4017aa904782c0e450eb988982d7f675d83edce27526fb',
      }),
      zigTarget: 'x86_64-windows-gnu',
    },
  },
  nodeProgram: 'node.exe',
  zigProgram: 'zig.exe',
  // Not .cmd: those run in a shell alone, which reads the parameters anew.
  programEndings: ['.exe'],
  pythons: ['py', 'python3', 'python'],
  // The binding was built by zig alone, so no other compiler is taken.
  compilers: [],
  install: {
    node: 'nodejs.org',
    npm: 'it comes with the installer of nodejs.org',
    python: 'python.org, or: winget install Python.Python.3.13',
    compiler: 'none is needed',
    chromium: 'google.com/chrome',
  },
  browsers: ['chrome', 'chromium'],
  browserFiles: [
    'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
    'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
    'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
    'C:\\Program Files\\Microsoft\\Edge\\Application\\msedge.exe',
  ],
  npmFromNode: 'node_modules/npm/bin/npm-cli.js',
  pythonInEnvironment: 'Scripts/python.exe',
  libraries: {
    api: ['_pywrap_tensorflow_common.dll'],
    framework: null,
    beside: runtime,
    python: 'python311.dll',
  },
  // The system looks for libraries in the folder of the file that needs them.
  linking: null,
  strips: false,
  needsGlibc: false,
  screenVariables: [],
  rootHasNoSandbox: false,
  sharesConsole: true,
  needs: 'It needs Windows 10 or later.',
  longestPath: 259,
}
