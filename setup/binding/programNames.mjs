// How the binding finds Node's functions on Windows. A library there names the file that has a function, and the program
// that runs Node is called node.exe, electron.exe or otherwise. So the binding asks the program that loaded it.

/**
 * The C++ source that stands for an import library: functions of these names, each of which jumps to the program's own.
 * @param {readonly string[]} names  one may be there twice
 */
export function programNames(names) {
  const all = [...new Set(names)]
  return [
    '#include <windows.h>',
    ...all.map(
      (name) =>
        `extern "C" { void *at_${name}; } __asm__(".text\\n.globl ${name}\\n${name}: jmp *at_${name}(%rip)\\n");`,
    ),
    '__attribute__((constructor)) static void find(void) {',
    '  HMODULE program = GetModuleHandleW(NULL);',
    ...all.map((name) => `  at_${name} = (void *)GetProcAddress(program, "${name}");`),
    '}',
    '',
  ].join('\n')
}
