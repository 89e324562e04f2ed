import { homedir } from 'node:os'
import path from 'node:path'
import { expect, test } from 'vitest'
import { givenPath } from '../../../main/files/givenPath.ts'

test('a path that a person wrote begins in their home folder where it begins with a tilde', () => {
  expect(givenPath('~')).toBe(homedir())
  expect(givenPath('~/images/cats')).toBe(path.join(homedir(), 'images', 'cats'))
  expect(givenPath('~\\images')).toBe(path.join(homedir(), 'images'))
})

test('any other path is taken as it is, from where the program runs', () => {
  expect(givenPath('/data/~/cats')).toBe(path.resolve('/data/~/cats'))
  expect(givenPath('~anna/cats')).toBe(path.resolve('~anna/cats'))
  expect(givenPath('./~')).toBe(path.resolve('~'))
  expect(givenPath('cats')).toBe(path.resolve('cats'))
})
