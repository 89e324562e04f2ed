// @module-tag slow
import { spawn, type ChildProcess } from 'node:child_process'
import { existsSync } from 'node:fs'
import { chmod, cp, mkdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import type { LabEvent } from '../../../core/contract/windowContract.ts'
import { requestFor } from '../../../core/run/presets.ts'
import { forkEngine } from '../../../main/engine/host/engineHost.ts'
import { HomeOwner } from '../../../main/files/homeOwner.ts'
import { openLog } from '../../../main/files/log.ts'
import { homePlaces } from '../../../main/files/places.ts'
import { connectToOwner } from '../../../main/homeSocket/ownerLink.ts'
import { openServedLab } from '../../../main/shells/openServedLab.ts'
import { posixOnly, withSignals } from '../../platforms.ts'
import { bundled } from '../../programs/bundled.ts'
import { homeWithImages, temporaryFolder } from '../shells/fixtures.ts'

const program = bundled('browser')

interface Started {
  readonly child: ChildProcess
  /** Resolves with the first part of standard output that matches. */
  readonly said: (pattern: RegExp) => Promise<RegExpExecArray>
  /** Exit code and everything said, once it has ended. */
  readonly ended: Promise<{ code: number | null; output: string; errors: string }>
}

function start(args: readonly string[], environment: NodeJS.ProcessEnv = {}, file = program): Started {
  const child = spawn(process.execPath, [file, ...args], {
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  let errors = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text))
  child.stderr.setEncoding('utf8').on('data', (text: string) => (errors += text))
  const ended = new Promise<{ code: number | null; output: string; errors: string }>((resolve) => {
    child.on('close', (code) => resolve({ code, output, errors }))
  })
  onTestFinished(async () => {
    child.kill('SIGKILL')
    await ended
  })
  const said = (pattern: RegExp): Promise<RegExpExecArray> =>
    new Promise((resolve, reject) => {
      const look = (): void => {
        const match = pattern.exec(output)
        if (match !== null) resolve(match)
      }
      child.stdout.on('data', look)
      void ended.then(() => reject(new Error(`it ended and never said ${pattern}: ${output}${errors}`)))
      look()
    })
  return { child, said, ended }
}

const addressLine = /^Conv Lab is at (http:\/\/127\.0\.0\.1:(\d+)\/\?token=[\w-]{43})$/m

describe('npm start without Electron', () => {
  withSignals('prints one line with its address when it shall open nothing, and ends in order on Ctrl+C', async () => {
    const { child, said, ended } = start(['--no-open', '--home', await temporaryFolder()])
    const [line, address] = await said(addressLine)
    expect((await fetch(address ?? '', { redirect: 'manual' })).status).toBe(303)
    child.kill('SIGINT')
    expect(await ended).toEqual({ code: 0, output: `${line}\n`, errors: '' })
  })

  posixOnly('the browser that stands in is a script')(
    'opens the Chromium that the environment names, with an address that works',
    async () => {
      const folder = await temporaryFolder()
      const browser = path.join(folder, 'chromium.mjs')
      const visited = path.join(folder, 'visited.txt')
      await writeFile(
        browser,
        `#!${process.execPath}
import { writeFileSync } from 'node:fs'
const address = process.argv.find((argument) => argument.startsWith('--app=')).slice(6)
const answer = await fetch(address, { redirect: 'manual' })
writeFileSync(${JSON.stringify(visited)}, String(answer.status))
process.kill(process.ppid, 'SIGTERM')
`,
      )
      await chmod(browser, 0o755)
      const { ended } = start(['--home', path.join(folder, 'home')], {
        CONV_LAB_CHROMIUM: browser,
        DISPLAY: ':0',
        CONV_LAB_CACHE: folder,
      })
      const { code, output, errors } = await ended
      expect([code, errors]).toEqual([0, ''])
      expect(output).toMatch(/^Conv Lab opens in Chromium\. /)
      expect(await readFile(visited, 'utf8')).toBe('303')
    },
  )

  posixOnly('Windows shows what the launcher of a portable folder has heard')(
    'ends and says so in a window when no browser shows it to somebody without a terminal',
    async () => {
      const folder = await temporaryFolder()
      const app = path.join(folder, 'app')
      await mkdir(path.join(app, 'dist'), { recursive: true })
      await writeFile(path.join(app, 'package.json'), '{"type":"module","packedFor":"linux-x64"}')
      await cp(path.dirname(program), path.join(app, 'dist', 'main'), { recursive: true })
      const root = path.join(path.dirname(program), '..', '..')
      await symlink(path.join(root, 'node_modules'), path.join(app, 'node_modules'))
      await symlink(path.join(root, 'dist', 'window'), path.join(app, 'dist', 'window'))
      const told = path.join(folder, 'told.txt')
      const programs = path.join(folder, 'bin')
      await mkdir(programs)
      for (const [name, script] of [
        ['xdg-open', 'exit 3'],
        ['zenity', `for word; do printf '%s\\n' "$word"; done > '${told}'`],
      ] as const)
        await writeFile(path.join(programs, name), `#!/bin/sh\n${script}\n`, { mode: 0o755 })
      const environment = { PATH: programs, CONV_LAB_CHROMIUM: undefined, DISPLAY: ':0', LC_ALL: 'en_US.UTF-8' }
      const home = path.join(folder, 'home')
      const packed = path.join(app, 'dist', 'main', path.basename(program))
      const { code, errors } = await start(['--home', home], environment, packed).ended
      expect([code, errors]).toEqual([1, expect.stringMatching(/^No browser has shown the window of Conv Lab\. .*\n$/)])
      expect(await readFile(told, 'utf8')).toContain(errors.trim())

      // One that another has opened tells it too, and ends nothing.
      const first = start(['--no-open', '--home', home])
      await first.said(addressLine)
      await rm(told)
      const second = await start(['--home', home], environment, packed).ended
      expect([second.code, second.errors]).toEqual([1, errors])
      expect(await readFile(told, 'utf8')).toContain(errors.trim())
      expect(first.child.exitCode).toBeNull()
    },
  )

  test('a second time on the same home gives a fresh address of the first one', async () => {
    const home = await temporaryFolder()
    const first = start(['--no-open', '--home', home])
    const [, firstAddress, port] = await first.said(addressLine)
    const second = await start(['--no-open', '--home', home]).ended
    expect([second.code, second.errors]).toEqual([0, ''])
    const match = addressLine.exec(second.output)
    expect(match?.[2]).toBe(port)
    expect(match?.[1]).not.toBe(firstAddress)
    expect((await fetch(match?.[1] ?? '', { redirect: 'manual' })).status).toBe(303)
  })

  test('says who has the home folder when that is no browser', async () => {
    const home = await temporaryFolder()
    const lab = await openServedLab({ home, shell: 'cli', launchEngine: forkEngine, warm: false })
    onTestFinished(() => lab.close())
    const { code, output, errors } = await start(['--no-open', '--home', home]).ended
    expect([code, output]).toEqual([1, ''])
    expect(errors).toMatch(
      new RegExp(`^The folder .* is in use by another Conv Lab \\(.*${process.pid}.*\\)\\. .*\\n$`),
    )
  })

  test('refuses what it does not understand in one sentence', async () => {
    expect(await start(['--colour']).ended).toMatchObject({
      code: 1,
      output: '',
      errors: expect.stringMatching(
        /^This request was not understood: Unknown option '--colour'\. Nothing was changed\.\n$/,
      ),
    })
    expect(await start(['--help']).ended).toMatchObject({
      code: 0,
      output: expect.stringContaining('--keep-alive'),
      errors: '',
    })
  })

  const ends: [how: string, NodeJS.Signals[]][] = [
    // As one Ctrl+C does that comes from the terminal and from npm.
    ['ended by Ctrl+C', ['SIGINT', 'SIGTERM']],
    // As when a terminal is closed, which takes the output along.
    ['ended with its terminal', ['SIGHUP']],
  ]
  for (const [how, signals] of ends)
    withSignals(`pauses a training run with a checkpoint when it is ${how}`, async () => {
      const { home, set } = await homeWithImages()
      const { child, said, ended } = start(['--no-open', '--home', home])
      await said(addressLine)
      const owner = await connectToOwner(homePlaces(home))
      if (owner === null) throw new Error('nobody owns the folder')
      const events = await owner.client.lab.events({ after: 0 })
      await owner.client.runs.start(
        requestFor('seed', set.card, set.prepared, { batch: 2, goal: 100_000, evaluateEvery: 100_000 }),
      )
      for await (const event of events) if (event.kind === 'steps') break
      if (signals.includes('SIGHUP')) for (const output of [child.stdout, child.stderr]) output?.destroy()
      for (const signal of signals) child.kill(signal)
      expect(await ended).toMatchObject({ code: 0, errors: '' })
      owner.close()

      const lab = await openServedLab({ home, shell: 'cli', launchEngine: forkEngine, warm: false })
      onTestFinished(() => lab.close())
      const [run] = lab.history.runs()
      expect(run?.state).toBe('paused')
      expect(run?.step).toBeGreaterThan(0)
      expect(run?.checkpointStep).toBe(run?.step)
    })

  withSignals('ends and says why when another computer took its folder while this one slept', async () => {
    const { home, set } = await homeWithImages()
    const { child, said, ended } = start(['--no-open', '--home', home])
    await said(addressLine)
    const link = await connectToOwner(homePlaces(home))
    if (link === null) throw new Error('nobody owns the folder')
    const events = await link.client.lab.events({ after: 0 })
    await link.client.runs.start(
      requestFor('seed', set.card, set.prepared, { batch: 2, goal: 100_000, evaluateEvery: 100_000 }),
    )
    for await (const event of { [Symbol.asyncIterator]: () => ({ next: () => events.next() }) })
      if (event.kind === 'steps') break
    child.kill('SIGSTOP')
    const taker = await HomeOwner.claim(homePlaces(home), openLog(home), { name: 'desk-8', id: 'another' })
    onTestFinished(() => taker.close())
    child.kill('SIGCONT')
    const heard: LabEvent[] = []
    for await (const event of events) heard.push(event)
    expect(heard).toContainEqual(
      expect.objectContaining({ kind: 'taken', problem: expect.objectContaining({ code: 'home-taken' }) }),
    )
    const { code, errors } = await ended
    expect(code).toBe(1)
    expect(errors).toMatch(/^Another Conv Lab \(on the computer desk-8\) has taken the folder .*\n$/)
    // Closing the history would have written its log into it.
    expect(existsSync(`${homePlaces(home).history}-wal`)).toBe(true)
    link.close()
  })
})
