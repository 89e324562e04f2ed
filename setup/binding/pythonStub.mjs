// A stand-in for Python's library on Windows. TensorFlow's library there is the one of its Python part: it names many
// functions and objects of Python, and Windows loads it only where they exist. Training calls none of them.

/** Questions that may be asked without an interpreter, with the answer: there is none. */
const harmless = new Set([
  'Py_IsInitialized',
  'PyGILState_Check',
  'PyGILState_GetThisThreadState',
  '_PyThreadState_UncheckedGet',
])

/**
 * Whether a name of Python's interface stands for a value instead of a function: the exceptions are pointers, the types
 * and singletons are objects (https://docs.python.org/3.11/c-api/).
 * @param {string} name
 * @returns {'pointer' | 'object' | 'function'}
 */
export function kindOfName(name) {
  if (name.startsWith('PyExc_')) return 'pointer'
  return /(_Type|Struct)$/.test(name) ? 'object' : 'function'
}

/** @param {string} name */
function definition(name) {
  switch (kindOfName(name)) {
    case 'pointer':
      return `EXPORTED void *${name} = nothing;`
    case 'object':
      return `EXPORTED char ${name}[512] __attribute__((aligned(16)));`
    case 'function':
      return harmless.has(name)
        ? `EXPORTED void *${name}(void) { return 0; }`
        : `EXPORTED void *${name}(void) { absent("${name}"); }`
  }
}

/**
 * The C source of a library that has these names of Python's interface. A function that is called all the same ends the
 * process, and says its name before.
 * @param {readonly string[]} names
 * @throws Error if one is no name of C
 */
export function pythonStub(names) {
  const strange = names.find((name) => !/^[A-Za-z_]\w*$/.test(name))
  if (strange !== undefined) throw new Error(`${strange} is no name of Python's interface`)
  return [
    '#include <stdio.h>',
    '#include <stdlib.h>',
    '#define EXPORTED __declspec(dllexport)',
    'static char nothing[512];',
    '__attribute__((noreturn)) static void absent(const char *name) {',
    '  fprintf(stderr, "TensorFlow called %s, a function of Python, which Conv Lab does not have.\\n", name);',
    '  fflush(stderr);',
    '  abort();',
    '}',
    ...names.map(definition),
    '',
  ].join('\n')
}
