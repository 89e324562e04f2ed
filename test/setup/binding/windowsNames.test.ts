import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { moduleDefinition, namesInDefinition } from '../../../setup/binding/moduleDefinition.mjs'
import { exportedNames, importedNames } from '../../../setup/binding/portableExecutable.mjs'
import { kindOfName, pythonStub } from '../../../setup/binding/pythonStub.mjs'

const packages = path.resolve(import.meta.dirname, '..', '..', '..', 'node_modules')
/** A library of Windows that is on every computer: better-sqlite3's compiled part for it. */
const library = path.join(packages, 'better-sqlite3', 'prebuilds', 'win32-x64.node')

describe('the names in a library of Windows', () => {
  it('are those that it exports', () => {
    expect(exportedNames(library)).toContain('napi_register_module_v1')
  })

  it('and those that it imports, by library', () => {
    const imports = importedNames(library)
    expect(imports.get('kernel32.dll')).toEqual(expect.arrayContaining(['CloseHandle', 'GetLastError']))
    expect([...imports.keys()].every((name) => name === name.toLowerCase())).toBe(true)
  })

  it('are not read from a file of another kind', () => {
    expect(() => exportedNames(path.join(packages, 'better-sqlite3', 'prebuilds', 'linux-x64.node'))).toThrow(
      'not a Windows library',
    )
    expect(() => importedNames(path.join(packages, 'node-api-headers', 'package.json'))).toThrow(
      'not a Windows library',
    )
  })
})

describe('a module definition', () => {
  it('of Node has the names that the binding calls', () => {
    const names = ['node_api.def', 'js_native_api.def'].flatMap((name) =>
      namesInDefinition(readFileSync(path.join(packages, 'node-api-headers', 'def', name), 'utf8')),
    )
    expect(names).toEqual(expect.arrayContaining(['napi_module_register', 'napi_create_function', 'napi_throw_error']))
    expect(names.every((name) => /^(node_api|napi)_\w+$/.test(name))).toBe(true)
  })

  it('says which library has which names, and reads back', () => {
    const text = moduleDefinition('node.exe', ['napi_a', 'napi_b'])
    expect(text).toBe('LIBRARY node.exe\nEXPORTS\nnapi_a\nnapi_b\n')
    expect(namesInDefinition(text.replaceAll('\n', '\r\n'))).toEqual(['napi_a', 'napi_b'])
  })
})

describe('the stub of Python’s library', () => {
  it('tells pointers, objects and functions apart', () => {
    expect(['PyExc_TypeError', 'PyTuple_Type', '_Py_NoneStruct', 'PyErr_Occurred'].map(kindOfName)).toEqual([
      'pointer',
      'object',
      'object',
      'function',
    ])
  })

  it('ends the process with the name of a function that is called, but answers whether there is an interpreter', () => {
    const source = pythonStub(['PyExc_TypeError', 'PyTuple_Type', 'PyErr_Occurred', 'Py_IsInitialized'])
    expect(source).toContain('EXPORTED void *PyExc_TypeError = nothing;')
    expect(source).toContain('EXPORTED char PyTuple_Type[512]')
    expect(source).toContain('EXPORTED void *PyErr_Occurred(void) { absent("PyErr_Occurred"); }')
    expect(source).toContain('EXPORTED void *Py_IsInitialized(void) { return 0; }')
  })

  it('is not written for what is no name', () => {
    expect(() => pythonStub(['PyErr_Occurred', 'x; system("rm")'])).toThrow('is no name of Python')
  })
})
