// npm run dev: starts a lab without a window of its own, and serves the window from its sources with hot reload.
import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { bundleOf } from './bundles.mjs'
import { command } from './command.mjs'
import { typedIn } from './launch.mjs'
import { node24 } from './node24.mjs'
import { platformOf } from './platform/platform.mjs'
import { forLab } from './prepare.mjs'
import { prepare } from './steps.mjs'

await command(async (place) => {
  await prepare(place, forLab)
  const lab = spawn(
    node24(place),
    ['--enable-source-maps', bundleOf(place, 'browser'), ...process.argv.slice(2), '--no-open', '--keep-alive'],
    { cwd: typedIn(place.root), stdio: ['ignore', 'pipe', 'inherit'] },
  )
  /** @type {Promise<number>} */
  const ended = new Promise((resolve) => lab.once('close', (code) => resolve(code ?? 1)))
  const address = await addressOf(lab.stdout)
  if (address === null) return await ended

  // Imported here, because vite does not exist before set-up.
  const { serveWindow } = await import('./devWindow.mjs')
  const window = await serveWindow(place, address)
  process.stdout.write(`The window is at ${window.address}\n`)
  process.stdout.write(
    'It reloads when renderer/ or core/ change. Start again after changes in main/. Ctrl-C ends it.\n',
  )
  return async () => {
    // A lab that was already running keeps running, and its window keeps working.
    const stopped = new Promise((resolve) => {
      for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) process.once(signal, resolve)
    })
    const labEnded = ended.then((code) => (code === 0 ? stopped.then(() => 0) : code))
    await Promise.race([stopped, labEnded])
    await window.close()
    // Where a console is shared, the lab was told what this process was told.
    if (!platformOf(process).sharesConsole) lab.kill('SIGINT')
    return await ended
  }
})

/**
 * The address that a lab prints for its window; null if the lab ends without printing one.
 * @param {import('node:stream').Readable} output
 * @returns {Promise<URL | null>}
 */
function addressOf(output) {
  return new Promise((resolve) => {
    const lines = createInterface({ input: output })
    lines.on('line', (line) => {
      const found = /http:\/\/\S+\?token=\S+/.exec(line)
      if (found === null) process.stdout.write(`${line}\n`)
      else resolve(new URL(found[0]))
    })
    lines.on('close', () => resolve(null))
  })
}
