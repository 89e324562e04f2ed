import { describe, expect, test } from 'vitest'
import { waysToOpen, type Surroundings } from '../../../main/platform/waysToOpen.ts'

const address = 'http://127.0.0.1:8123/?token=t'

function around(programs: readonly string[], changes: Partial<Surroundings> = {}): Surroundings {
  return {
    platform: 'linux',
    environment: { PATH: '/usr/local/bin:/usr/bin', DISPLAY: ':0' },
    isRoot: false,
    profileFolder: '/cache/browser',
    isProgram: (file) => programs.includes(file),
    ...changes,
  }
}

describe('the ways to open the window', () => {
  test('begin with Chromium as an app with a profile of its own, then the default browser', () => {
    const ways = waysToOpen(address, around(['/usr/bin/chromium', '/usr/bin/xdg-open']))
    expect(ways.map((way) => way.command)).toEqual(['/usr/bin/chromium', '/usr/bin/xdg-open'])
    expect(ways[0]?.arguments).toEqual(expect.arrayContaining([`--app=${address}`, '--user-data-dir=/cache/browser']))
    expect(ways[0]?.arguments).not.toContain('--no-sandbox')
    expect(ways[1]?.arguments).toEqual([address])
  })

  test('give up the sandbox for root on Linux alone', () => {
    const chrome = 'C:\\Programs\\Google\\Chrome\\Application\\chrome.exe'
    expect(waysToOpen(address, around(['/usr/bin/google-chrome'], { isRoot: true }))[0]?.arguments).toContain(
      '--no-sandbox',
    )
    const onWindows = around([chrome], {
      platform: 'win32',
      isRoot: true,
      environment: { ProgramFiles: 'C:\\Programs' },
    })
    expect(waysToOpen(address, onWindows)[0]).toMatchObject({
      command: chrome,
      arguments: expect.not.arrayContaining(['--no-sandbox']),
    })
  })

  test('use the Chromium that the environment names, and none if it is not there', () => {
    const environment = { PATH: '/usr/bin', DISPLAY: ':0', CONV_LAB_CHROMIUM: '/opt/mine' }
    expect(waysToOpen(address, around(['/opt/mine', '/usr/bin/chromium'], { environment }))[0]?.command).toBe(
      '/opt/mine',
    )
    expect(waysToOpen(address, around(['/usr/bin/chromium'], { environment }))).toEqual([])
  })

  test('leave a snap its own profile, since it sees no hidden folders', () => {
    const environment = { PATH: '/snap/bin', WAYLAND_DISPLAY: 'wayland-0' }
    const [way] = waysToOpen(address, around(['/snap/bin/chromium'], { environment }))
    expect(way?.arguments.filter((argument) => argument.startsWith('--user-data-dir'))).toEqual([])
  })

  test('are every browser of the family that is found, so that one that is forbidden is not the last', () => {
    const edge = 'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe'
    const chrome = 'C:\\Users\\Олег\\AppData\\Local\\Google\\Chrome\\Application\\chrome.exe'
    const environment = {
      ProgramFiles: 'C:\\Program Files',
      'ProgramFiles(x86)': 'C:\\Program Files (x86)',
      LOCALAPPDATA: 'C:\\Users\\Олег\\AppData\\Local',
    }
    const ways = waysToOpen(address, around([edge, chrome], { platform: 'win32', environment }))
    expect(ways.map(({ name, command }) => [name, command])).toEqual([
      ['Google Chrome', chrome],
      ['Microsoft Edge', edge],
      ['the default browser', 'rundll32.exe'],
    ])
    expect(ways[1]?.arguments).toContain(`--app=${address}`)
    expect(ways[2]?.arguments).toEqual(['url.dll,FileProtocolHandler', address])
  })

  test('look in the usual place on macOS', () => {
    const program = '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'
    const ways = waysToOpen(address, around([program], { platform: 'darwin', environment: { PATH: '/usr/bin' } }))
    expect(ways.map((way) => way.command)).toEqual([program, 'open'])
  })

  test('are none without a screen', () => {
    expect(
      waysToOpen(address, around(['/usr/bin/chromium', '/usr/bin/xdg-open'], { environment: { PATH: '/usr/bin' } })),
    ).toEqual([])
  })
})
