import { writeFileSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, test } from 'vitest'
import { runDownloader } from '../../../../main/datasets/sources/childProcess.ts'
import { withFolder } from '../tinySets.ts'

/** Runs a piece of JavaScript in a Node of its own, inside a folder that is watched. */
async function run(
  folder: string,
  script: string,
  options: { signal?: AbortSignal; silenceMs?: number; onBytes?: (done: number) => void } = {},
): Promise<void> {
  const file = path.join(folder, 'program.mjs')
  await writeFile(file, script)
  const downloader = { command: process.execPath, arguments: [file], cwd: folder, watched: folder }
  await runDownloader(
    downloader,
    { signal: options.signal ?? new AbortController().signal, silenceMs: options.silenceMs ?? 60_000 },
    options.onBytes ?? (() => undefined),
  )
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (thrown) {
    if (thrown instanceof Error && 'code' in thrown && thrown.code === 'ESRCH') return false
    throw thrown
  }
}

test('growth is told while the program runs, without what was there before', async () => {
  await withFolder(async (folder) => {
    await writeFile(path.join(folder, 'before'), Buffer.alloc(5000))
    // The program ends once the growth was told, so nothing here depends on how fast anything is.
    const program = `import { existsSync, writeFileSync } from 'node:fs'; writeFileSync('grown', Buffer.alloc(1234)); setInterval(() => { if (existsSync('told')) process.exit(0) }, 20)`
    const told: number[] = []
    await run(folder, program, {
      onBytes: (done) => {
        told.push(done)
        writeFileSync(path.join(folder, 'told'), '')
      },
    })
    expect(told[0]).toBe(1234)
  })
})

test('aborting ends the program and throws the reason', async () => {
  await withFolder(async (folder) => {
    const controller = new AbortController()
    const running = run(
      folder,
      `import { writeFileSync } from 'node:fs'; writeFileSync('pid', String(process.pid)); process.on('SIGTERM', () => {}); setInterval(() => {}, 1000)`,
      { signal: controller.signal },
    )
    const written = (): Promise<string> => readFile(path.join(folder, 'pid'), 'utf8').catch(() => '')
    await expect.poll(written, { interval: 20 }).not.toBe('')
    const pid = await written()
    controller.abort(new Error('enough'))
    await expect(running).rejects.toThrow('enough')
    expect(isRunning(Number(pid))).toBe(false)
  })
})

test('a program that falls silent is ended', async () => {
  await withFolder(async (folder) => {
    await expect(run(folder, 'setInterval(() => {}, 1000)', { silenceMs: 300 })).rejects.toThrow('fell silent')
  })
})

test.each([
  [
    'npm error code E404\nnpm error 404 Not Found - no such package\nnpm error 404 and more',
    '404 Not Found - no such package',
  ],
  ['Reading package lists...\nW: something\nE: Unable to locate package tiny\n', 'Unable to locate package tiny'],
  ['plain words', 'plain words'],
])('a failure is told in the words that say most: %j', async (words, said) => {
  await withFolder(async (folder) => {
    await expect(run(folder, `process.stderr.write(${JSON.stringify(words)}); process.exitCode = 1`)).rejects.toThrow(
      expect.objectContaining({ name: 'SourceError', message: said }),
    )
  })
})

test('a full disk is told as one', async () => {
  await withFolder(async (folder) => {
    await expect(
      run(folder, `process.stderr.write('npm error code ENOSPC'); process.exitCode = 1`),
    ).rejects.toMatchObject({ problem: { code: 'disk-full' } })
  })
})

test('a program that is not there is told so', async () => {
  await withFolder(async (folder) => {
    const running = runDownloader(
      { command: 'no-such-program-here', arguments: [], cwd: folder, watched: folder },
      { signal: new AbortController().signal, silenceMs: 1000 },
      () => undefined,
    )
    await expect(running).rejects.toThrow('no-such-program-here is not on this computer')
  })
})
