import { parseArgs } from 'node:util'
import { phrase, quoted } from '../../core/words/phrases.ts'
import { refuse } from '../../core/words/problems.ts'
import { homeFolder } from '../files/places.ts'
import { givenPath } from '../files/givenPath.ts'

export interface BrowserOptions {
  readonly help: boolean
  readonly home: string
  /** 0 takes any free port. */
  readonly port: number
  /** Whether to start a browser. Otherwise only the address is printed. */
  readonly open: boolean
  readonly keepAlive: boolean
}

export const usage = `Usage: npm start -- [options]

Opens Conv Lab in Chromium or the default browser.

  --home DIR     the folder with history, checkpoints and data sets
  --no-open      only print the address
  --port N       listen on this port instead of a free one
  --keep-alive   go on when the last window has been closed
  --help         show this
`

/**
 * Parses the options of the browser shell.
 * @throws LabError `bad-input` for an unknown option or an invalid port.
 */
export function parseOptions(args: readonly string[]): BrowserOptions {
  const { values } = parsed(args)
  const port = Number(values.port ?? '0')
  if (!/^\d*$/.test(values.port ?? '') || values.port === '' || port > 65_535)
    refuse('setting-out-of-range', { setting: '--port', value: values.port ?? '', range: '0…65535' })
  if (values.home === '') refuse('bad-input', { detail: phrase('option-needs-folder', { option: '--home' }) })
  return {
    help: values.help ?? false,
    home: values.home === undefined ? homeFolder() : givenPath(values.home),
    port,
    open: !(values['no-open'] ?? false),
    keepAlive: values['keep-alive'] ?? false,
  }
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        help: { type: 'boolean' },
        home: { type: 'string' },
        port: { type: 'string' },
        'no-open': { type: 'boolean' },
        'keep-alive': { type: 'boolean' },
      },
    })
  } catch (thrown) {
    // The first sentence names the option. The rest explains a syntax for positional arguments, which this command does
    // not have.
    return refuse(
      'bad-input',
      { detail: quoted(thrown instanceof Error ? (thrown.message.split('. ')[0] ?? '') : String(thrown)) },
      { cause: thrown },
    )
  }
}
