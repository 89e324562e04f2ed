import { expect, test } from 'vitest'
import { windowsProgram } from '../../../main/platform/otherPrograms.ts'

const environment = {
  Path: 'C:\\Windows\\system32;;C:\\Program Files\\nodejs',
  PATHEXT: '.COM;.EXE;.BAT;.CMD',
}

function found(name: string, ...files: string[]): string | null {
  return windowsProgram(name, environment, (file) => files.includes(file))
}

test('a batch file on the search path of Windows is found by its name, and not the script of another shell beside it', () => {
  const batch = 'C:\\Program Files\\nodejs\\npm.CMD'
  expect(found('npm', 'C:\\Program Files\\nodejs\\npm', batch)).toBe(batch)
})

test('the first folder counts, and in it the first ending', () => {
  const files = [
    'C:\\Program Files\\nodejs\\npm.EXE',
    'C:\\Windows\\system32\\npm.CMD',
    'C:\\Windows\\system32\\npm.BAT',
  ]
  expect(found('npm', ...files)).toBe('C:\\Windows\\system32\\npm.BAT')
})

test('a whole path is taken as it is, if its file is there', () => {
  expect(found('D:\\node.exe', 'D:\\node.exe')).toBe('D:\\node.exe')
  expect(found('D:\\node.exe')).toBeNull()
})

test('a program that is nowhere is none', () => {
  expect(found('npm')).toBeNull()
  expect(windowsProgram('npm', {})).toBeNull()
})
