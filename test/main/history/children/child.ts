import { fork } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { onTestFinished } from 'vitest'
import type { Home } from '../../../../main/files/places.ts'

/** Starts one of the programs of this folder as a process of its own, killed when the test is over. */
export function startChild(program: 'owner' | 'asker' | 'writer', home: Home): ChildProcess {
  const child = fork(path.join(import.meta.dirname, `${program}.ts`), [home.folder], { execArgv: [] })
  onTestFinished(() => void child.kill('SIGKILL'))
  return child
}

/** The next thing that a child says. Rejects when it ends without a word. */
export async function heard(child: ChildProcess): Promise<unknown> {
  const stop = new AbortController()
  const ended = once(child, 'exit', { signal: stop.signal }).then(([code]) =>
    Promise.reject(new Error(`the child ended with ${String(code)} and said nothing`)),
  )
  const message = once(child, 'message', { signal: stop.signal }).then(([value]: unknown[]) => value)
  try {
    return await Promise.race([message, ended])
  } finally {
    stop.abort()
    await Promise.allSettled([message, ended])
  }
}

/** Ends a child as a crash does and waits until it is gone. */
export async function killHard(child: ChildProcess): Promise<void> {
  const gone = once(child, 'exit')
  child.kill('SIGKILL')
  await gone
}
