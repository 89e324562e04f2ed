import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { forPrintf, labLauncher, launchers, menuScript, windowLauncher } from '../../../setup/package/launchers.mjs'
import { writeSums } from '../../../setup/package/sums.mjs'
import { targetNamed, targetNames } from '../../../setup/package/targets.mjs'
import { iconFile, labScript } from '../../../setup/package/windowsLaunchers.mjs'
import { posixOnly } from '../../platforms.ts'

const ascii = /^[\t\n\r\x20-\x7e]*$/

/** A portable folder with the launchers of Linux and a stand-in for Node. */
function folderWith(node: string, name = 'conv-lab Пуск $HOME-'): string {
  const folder = mkdtempSync(path.join(tmpdir(), name))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const file = (name: string, text: string): void => {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true })
    writeFileSync(path.join(folder, name), text, { mode: 0o755 })
  }
  file('Conv Lab', windowLauncher)
  file('lab', labLauncher)
  file('add-to-menu', menuScript)
  file('node/node', node)
  file('app/package.json', '{}')
  file('app/dist/main/portable.js', '0')
  return folder
}

function run(folder: string, name: string, words: string[], environment: Record<string, string> = {}) {
  return spawnSync(path.join(folder, name), words, {
    encoding: 'utf8',
    env: { PATH: process.env['PATH'], ...environment },
  })
}

/** The keys of a desktop entry with their values, by the specification of freedesktop.org. */
function keysOf(entry: string): Map<string, string> {
  const escapes: Record<string, string> = { s: ' ', n: '\n', t: '\t', r: '\r', '\\': '\\' }
  const lines = entry.split('\n').filter((line) => /^[A-Za-z]+=/.test(line))
  return new Map(
    lines.map((line) => {
      const [key, value] = [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]
      return [key, value.replace(/\\(.)/g, (whole, letter: string) => escapes[letter] ?? whole)]
    }),
  )
}

/** The words of a command in a desktop entry, by the same specification: quotes are undone before field codes. */
function commandOf(exec: string): string[] {
  return [...exec.matchAll(/"((?:[^"\\`$]|\\["\\`$])*)"|([^\s"\\`$]+)/g)].map(([, quoted, plain]) =>
    (quoted?.replace(/\\(.)/g, '$1') ?? plain ?? '').replaceAll('%%', '%'),
  )
}

const tellsItsWords = '#!/bin/sh\nprintf "%s\\n" "$@"\n'

const inShell = posixOnly('Windows has no shell that runs these scripts')

describe('the launchers of Linux', () => {
  inShell('start the program of their own folder with all words as they are', () => {
    const folder = folderWith(tellsItsWords)
    const program = path.join(folder, 'app', 'dist', 'main', 'portable.js')
    expect(run(folder, 'lab', ['train', 'два слова', '$HOME']).stdout).toBe(
      `${program}\nlab\ntrain\nдва слова\n$HOME\n`,
    )
    expect(run(folder, 'Conv Lab', ['--no-open']).stdout).toBe(`${program}\nwindow\n--no-open\n`)
  })

  inShell('say in the language of the system when the folder is not whole', () => {
    const folder = folderWith(tellsItsWords)
    rmSync(path.join(folder, 'node'), { recursive: true })
    const english = run(folder, 'lab', ['runs'])
    expect(english).toMatchObject({ status: 1, stdout: '' })
    expect(english.stderr).toContain('is not whole')
    expect(run(folder, 'lab', ['runs'], { LANG: 'ru_RU.UTF-8' }).stderr).toContain('Эта копия Conv Lab неполна')
  })

  inShell('say that the folder is not whole when what Node reads first is empty or was cut off', async () => {
    const folder = folderWith(tellsItsWords)
    await writeSums(folder)
    expect(run(folder, 'lab', ['runs'])).toMatchObject({ status: 0, stderr: '' })
    for (const name of ['node/node', 'app/package.json', 'app/dist/main/portable.js']) {
      const file = path.join(folder, name)
      const whole = readFileSync(file)
      writeFileSync(file, '')
      expect(run(folder, 'lab', ['doctor'])).toMatchObject({ status: 1, stdout: '' })
      expect(run(folder, 'lab', ['doctor']).stderr).toContain('is not whole')
      writeFileSync(file, whole)
    }
    writeFileSync(path.join(folder, 'app', 'dist', 'main', 'portable.js'), '1')
    expect(run(folder, 'lab', ['doctor']).stderr).toContain('is not whole')
    // Without the list the program says so itself.
    rmSync(path.join(folder, 'SHA256SUMS'))
    expect(run(folder, 'lab', ['doctor'])).toMatchObject({ status: 0, stderr: '' })
  })

  inShell('say what the system says when Node does not start, in a window too', () => {
    const folder = folderWith('#!/bin/sh\necho "GLIBC_2.34 not found" >&2\nexit 1\n')
    writeFileSync(path.join(folder, 'zenity'), '#!/bin/sh\nprintf "%s\\n" "$@" > "$(dirname "$0")/told"\n', {
      mode: 0o755,
    })
    const { status, stderr } = run(folder, 'Conv Lab', [], { PATH: `${folder}:${process.env['PATH']}` })
    expect(status).toBe(1)
    expect(stderr).toMatch(/needs Linux x86-64 with glibc 2\.34.*GLIBC_2\.34 not found/s)
    expect(readFileSync(path.join(folder, 'told'), 'utf8')).toContain('GLIBC_2.34 not found')
  })

  inShell('say it on a page of a browser where the desktop has no program for a small window', () => {
    const folder = folderWith('#!/bin/sh\necho "a < b & c" >&2\nexit 1\n')
    const programs = path.join(folder, 'programs')
    mkdirSync(programs)
    for (const name of ['readlink', 'dirname', 'mktemp', 'sed', 'cp'])
      symlinkSync(
        spawnSync('/bin/sh', ['-c', `command -v ${name}`], { encoding: 'utf8' }).stdout.trim(),
        path.join(programs, name),
      )
    writeFileSync(path.join(programs, 'xdg-open'), '#!/bin/sh\ncp "$1" "$TMPDIR/opened"\n', { mode: 0o755 })
    const page = (LANG: string): string => {
      expect(run(folder, 'Conv Lab', [], { PATH: programs, TMPDIR: folder, LANG }).status).toBe(1)
      return readFileSync(path.join(folder, 'opened'), 'utf8')
    }
    expect(page('en_US.UTF-8')).toMatch(/<html lang="en">.*<meta charset="utf-8">.*glibc.* a &lt; b &amp; c<\/p>/s)
    expect(page('ru_RU.UTF-8')).toMatch(/<html lang="ru">.*Conv Lab не может запуститься.* a &lt; b &amp; c<\/p>/s)
  })

  describe('an entry of the menu', () => {
    const hostile = 'Пуск 50% %f $HOME `id` "a" \\ \\n \\\\ \'b\' c=d-'
    const made = (folder: string, environment: Record<string, string> = {}) =>
      run(folder, 'add-to-menu', [], { HOME: folder, ...environment })

    inShell('names the program and the icon by the rules of such files, whatever the folder is called', () => {
      const folder = folderWith(tellsItsWords, hostile)
      const { stdout, status } = made(folder)
      expect(status).toBe(0)
      const entry = keysOf(readFileSync(stdout.trim(), 'utf8'))
      expect(entry.get('Icon')).toBe(path.join(folder, 'conv-lab.png'))
      expect(commandOf(entry.get('Exec') ?? '')).toEqual(['/bin/sh', path.join(folder, 'Conv Lab')])
    })

    inShell('starts the program from a desktop, whatever the folder is called', ({ skip }) => {
      if (spawnSync('gio', ['version']).error !== undefined) return skip('not checked: gio is missing')
      const folder = folderWith(tellsItsWords, hostile)
      const started = spawnSync('gio', ['launch', made(folder).stdout.trim()], { encoding: 'utf8' })
      expect(started.stdout).toBe(`${path.join(folder, 'app', 'dist', 'main', 'portable.js')}\nwindow\n`)
    })

    inShell('is not made for a folder with a line break in its name', () => {
      const folder = folderWith(tellsItsWords, 'a\nb-')
      expect(made(folder)).toMatchObject({ status: 1, stdout: '', stderr: expect.stringContaining('has a line break') })
      expect(made(folder, { LANG: 'ru_RU.UTF-8' }).stderr).toContain('есть имя с переводом строки')
      expect(existsSync(path.join(folder, '.local'))).toBe(false)
    })
  })
})

test('all scripts are ASCII', () => {
  const scripts = targetNames.flatMap((name) => Object.values(launchers(targetNamed(name) ?? { platform: 'aix' })))
  for (const script of [...scripts, labScript]) expect(script).toMatch(ascii)
  expect(forPrintf('Ёж 1%')).toBe('\\320\\201\\320\\266 1\\045')
})

test('lab.cmd has the line ends of Windows', () => {
  expect(labScript.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/)
})

test('an icon holds its pictures one after another', () => {
  const icon = iconFile([
    { side: 16, png: Buffer.from('small') },
    { side: 256, png: Buffer.from('large one') },
  ])
  expect([icon.readUInt16LE(2), icon.readUInt16LE(4)]).toEqual([1, 2])
  expect([icon.readUInt8(6), icon.readUInt8(22)]).toEqual([16, 0])
  const [length, offset] = [icon.readUInt32LE(22 + 8), icon.readUInt32LE(22 + 12)]
  expect(icon.subarray(offset, offset + length).toString()).toBe('large one')
  expect(offset + length).toBe(icon.length)
})
