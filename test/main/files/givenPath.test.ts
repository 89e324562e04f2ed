import { homedir } from 'node:os'
import path from 'node:path'
import { expect, test } from 'vitest'
import { givenPath } from '../../../main/files/givenPath.ts'
import { cacheFolder, homeFolder } from '../../../main/files/places.ts'

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

test('the folders that the environment names begin in the home folder in the same way, on every system', () => {
  const environment = { CONV_LAB_HOME: '~/lab', CONV_LAB_CACHE: '~/cache' }
  for (const platform of ['linux', 'darwin', 'win32'] as const) {
    expect(homeFolder(environment, platform)).toBe(path.join(homedir(), 'lab'))
    expect(cacheFolder(environment, platform)).toBe(path.join(homedir(), 'cache'))
  }
})
