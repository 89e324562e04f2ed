import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { describe, expect, it } from 'vitest'
import { withSignals } from '../platforms.ts'

/** A process that launches `program` as set-up launches the app, and ends with its exit code. */
function launcher(program: string) {
  const script = `import { launch } from ${JSON.stringify(new URL('../../setup/launch.mjs', import.meta.url))}
    process.exitCode = (await launch(process.execPath, ['-e', ${JSON.stringify(program)}], { cwd: process.cwd() })).code`
  return spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: ['ignore', 'pipe', 'inherit'] })
}

async function endOf(child: ReturnType<typeof launcher>): Promise<{ code: number | null; output: string }> {
  let output = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text))
  const [code]: (number | null)[] = await once(child, 'close')
  return { code: code ?? null, output }
}

const countSignals = `
  let heard = 0
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => { heard += 1; console.log(signal); setTimeout(() => process.exit(40 + heard), 300) })
  setInterval(() => undefined, 1000)
  console.log('up')`

describe('a launched program', () => {
  it('gives its exit code and its output', async () => {
    expect(await endOf(launcher("console.log('hello'); process.exitCode = 7"))).toEqual({ code: 7, output: 'hello\n' })
  })

  withSignals('gives 128 and the number of the signal that killed it', async () => {
    expect((await endOf(launcher("process.kill(process.pid, 'SIGKILL')"))).code).toBe(137)
  })

  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    withSignals(`hears ${signal} and ends in its own way`, async () => {
      const child = launcher(countSignals)
      child.stdout.once('data', () => child.kill(signal))
      expect(await endOf(child)).toEqual({ code: 41, output: `up\n${signal}\n` })
    })

  withSignals('hears an interruption once that arrives twice', async () => {
    const child = launcher(countSignals)
    child.stdout.once('data', () => {
      child.kill('SIGINT')
      setTimeout(() => child.kill('SIGINT'), 50)
    })
    expect(await endOf(child)).toEqual({ code: 41, output: 'up\nSIGINT\n' })
  })
})
