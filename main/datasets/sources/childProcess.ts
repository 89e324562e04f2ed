import { spawn } from 'node:child_process'
import { readdir, stat } from 'node:fs/promises'
import path from 'node:path'
import { phrase, type Phrase, quoted } from '../../../core/words/phrases.ts'
import { refuse } from '../../../core/words/problems.ts'
import { endAtOnce, programStart } from '../../platform/otherPrograms.ts'
import { SourceError } from '../definition.ts'
import type { Transfer } from './transfer.ts'

const pollMs = 200

/** A program that downloads into a folder. Programs do not report their progress, so the folder is watched. */
export interface Downloader {
  readonly command: string
  readonly arguments: readonly string[]
  readonly cwd: string
  readonly environment?: Readonly<Record<string, string>>
  /** Folder whose size is the progress. */
  readonly watched: string
}

/**
 * Runs a program to a successful end and reports the growth of the watched folder.
 * @throws SourceError with its last message when it fails, is missing or falls silent; LabError `disk-full`; the
 *   signal's reason, after the program has been ended.
 */
export async function runDownloader(
  downloader: Downloader,
  transfer: Pick<Transfer, 'signal' | 'silenceMs'>,
  onBytes: (done: number) => void,
): Promise<void> {
  const { command, cwd, environment, watched } = downloader
  const before = await folderBytes(watched)
  transfer.signal.throwIfAborted()
  const program = programStart(command)
  if (program === null) throw new SourceError(phrase('program-absent', { program: command }))
  const child = spawn(program.command, [...downloader.arguments], {
    cwd,
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'ignore', 'pipe'],
    // Its arguments are fixed words without spaces, which a shell reads as they are.
    ...program.options,
  })
  let words = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => (words = (words + text).slice(-4000)))
  const ended = new Promise<number | Phrase>((resolve) => {
    child.once('error', (error) =>
      resolve(
        'code' in error && error.code === 'ENOENT'
          ? phrase('program-absent', { program: command })
          : quoted(error.message),
      ),
    )
    child.once('close', (code) => resolve(code ?? phrase('it-was-ended', {})))
  })
  let silent = false
  const stop = (): void => endAtOnce(child)
  transfer.signal.addEventListener('abort', stop)
  let grownAt = performance.now()
  let size = before
  const poll = setInterval(() => {
    void folderBytes(watched).then((now) => {
      if (now > size) {
        size = now
        grownAt = performance.now()
        onBytes(now - before)
      } else if (performance.now() - grownAt > transfer.silenceMs) {
        silent = true
        endAtOnce(child)
      }
    })
  }, pollMs)
  try {
    const outcome = await ended
    transfer.signal.throwIfAborted()
    if (silent) throw new SourceError(phrase('program-silent', { program: command }))
    if (outcome === 0) return
    if (/ENOSPC|no space left/i.test(words)) refuse('disk-full', { detail: path.basename(cwd) })
    throw new SourceError(
      typeof outcome === 'object'
        ? outcome
        : lastWords(words) === ''
          ? phrase('program-ended', { program: command, code: outcome })
          : quoted(lastWords(words)),
    )
  } finally {
    clearInterval(poll)
    transfer.signal.removeEventListener('abort', stop)
  }
}

/** The most telling line of a program's error output: npm's first line without a code or number, apt's last line. */
function lastWords(words: string): string {
  const lines = words.split('\n').map((line) => line.trim())
  const npm = lines.find((line) => line.startsWith('npm error') && !/^npm error (code|errno|syscall)/.test(line))
  const apt = lines.findLast((line) => line.startsWith('E: '))
  const line = npm ?? apt ?? lines.findLast((other) => other !== '') ?? ''
  return line.replace(/^(npm error|E:)\s*/, '').slice(0, 200)
}

/**
 * Bytes of all files below a folder. Files that vanish meanwhile, or a folder that does not exist yet, count nothing.
 */
async function folderBytes(folder: string): Promise<number> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => [])
  const sizes = await Promise.all(
    entries
      .filter((entry) => entry.isFile())
      .map((entry) =>
        stat(path.join(entry.parentPath, entry.name)).then(
          ({ size }) => size,
          () => 0,
        ),
      ),
  )
  return sizes.reduce((sum, size) => sum + size, 0)
}
