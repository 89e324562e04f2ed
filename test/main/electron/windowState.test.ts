import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { placeWindow, readWindowState, writeWindowState, type WindowState } from '../../../main/electron/windowState.ts'
import { temporaryFolder } from '../shells/fixtures.ts'

const screen = { x: 0, y: 0, width: 1920, height: 1040 }
const left = { x: -1280, y: 0, width: 1280, height: 1000 }

function stateAt(x: number, y: number, width = 1200, height = 800): WindowState {
  return { format: 1, bounds: { x, y, width, height }, maximized: false }
}

describe('the place of the window', () => {
  test('is in the middle the first time', () => {
    expect(placeWindow(null, [screen])).toEqual({ width: 1440, height: 960 })
  })

  test('is where it was while that is on a screen', () => {
    expect(placeWindow(stateAt(300, 100), [screen])).toEqual({ x: 300, y: 100, width: 1200, height: 800 })
    expect(placeWindow(stateAt(-1200, 50), [screen, left])).toEqual({ x: -1200, y: 50, width: 1200, height: 800 })
  })

  test('is in the middle with its own size when that screen is gone or too little of it could be seen', () => {
    expect(placeWindow(stateAt(-1200, 50), [screen])).toEqual({ width: 1200, height: 800 })
    expect(placeWindow(stateAt(1800, 100), [screen])).toEqual({ width: 1200, height: 800 })
    expect(placeWindow(stateAt(0, 1020), [screen])).toEqual({ width: 1200, height: 800 })
    expect(placeWindow(stateAt(0, 0), [])).toEqual({ width: 1200, height: 800 })
  })

  test('is never smaller than its pages need', () => {
    expect(placeWindow(stateAt(10, 10, 300, 200), [screen])).toEqual({ x: 10, y: 10, width: 1024, height: 700 })
  })
})

describe('the stored state', () => {
  test('is read as it was written', async () => {
    const home = await temporaryFolder()
    expect(readWindowState(home)).toBeNull()
    await writeWindowState(home, stateAt(1, 2))
    expect(readWindowState(home)).toEqual(stateAt(1, 2))
  })

  test.each([
    '',
    '{',
    'null',
    '{"format":2,"bounds":{"x":0,"y":0,"width":1,"height":1},"maximized":false}',
    '{"format":1,"bounds":{"x":0,"y":0,"width":-5,"height":1},"maximized":false}',
  ])('%s is none', async (text) => {
    const home = await temporaryFolder()
    await writeFile(path.join(home, 'window.json'), text)
    expect(readWindowState(home)).toBeNull()
  })
})
