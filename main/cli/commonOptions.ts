import type { OptionDescription } from './command.ts'

/** What every command takes. */
export const commonOptions: Readonly<Record<'home' | 'json' | 'help', OptionDescription>> = {
  home: { value: 'DIR', help: 'Folder with the history, checkpoints and data sets' },
  json: { value: null, help: 'One JSON value a line; the last one is the result' },
  help: { value: null, help: 'Show this help' },
}
