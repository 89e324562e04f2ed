import { describe, expect, test } from 'vitest'
import { openWindow } from '../../../main/browser/openWindow.ts'
import type { Way } from '../../../main/platform/waysToOpen.ts'

function program(name: string, code: string): Way {
  return { name, command: process.execPath, arguments: ['-e', code] }
}

const fails = program('fails', 'process.exit(3)')
const works = program('works', 'process.exit(0)')
const missing: Way = { name: 'missing', command: '/nowhere/at/all', arguments: [] }

async function tried(ways: readonly Way[], arrived: () => boolean = () => false) {
  const names: string[] = []
  const opened = await openWindow({
    ways: () => ways,
    arrived,
    onTry: (way) => names.push(way.name),
    successAfterSeconds: null,
  })
  return { opened, names }
}

describe('opening the window', () => {
  test('tries one way after the other until one ends well', async () => {
    expect(await tried([missing, fails, works, works])).toEqual({ opened: true, names: ['missing', 'fails', 'works'] })
  })

  test('says when none is left', async () => {
    expect(await tried([fails, missing])).toEqual({ opened: false, names: ['fails', 'missing'] })
    expect(await tried([])).toEqual({ opened: false, names: [] })
  })

  test('opens no second window when a browser that had shown the page ends badly', async () => {
    expect(await tried([fails, works], () => true)).toEqual({ opened: true, names: ['fails'] })
  })

  test('asks for a fresh address for each try', async () => {
    let addresses = 0
    await openWindow({
      ways: () => {
        addresses += 1
        return [fails, works]
      },
      arrived: () => false,
      onTry: () => undefined,
      successAfterSeconds: null,
    })
    expect(addresses).toBe(2)
  })
})
