import {
  commandNames,
  commonOptions,
  describeCommand,
  type CommandDescription,
  type CommandName,
} from './commandTable.ts'

function aligned(rows: readonly (readonly [string, string])[]): string[] {
  const width = Math.max(...rows.map(([left]) => left.length))
  return rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`)
}

function optionRows(options: CommandDescription['options']): [string, string][] {
  return Object.entries(options).map(([name, { value, help }]) => [
    value === null ? `--${name}` : `--${name} ${value}`,
    help,
  ])
}

function usage(name: CommandName): string {
  const { arguments: taken, options } = describeCommand(name)
  return ['lab', name, ...taken, ...(Object.keys(options).length > 0 ? ['[options]'] : [])].join(' ')
}

/** What `lab --help` shows. */
export function generalHelp(): string {
  const commands = commandNames.map(
    (name) => [[name, ...describeCommand(name).arguments].join(' '), describeCommand(name).summary] as const,
  )
  return [
    'Conv Lab: learn convolutional networks by training them.',
    '',
    'lab COMMAND [options]',
    '',
    ...aligned(commands),
    '',
    'Options of every command:',
    ...aligned([...optionRows(commonOptions), ['--version', 'Show the version']]),
  ].join('\n')
}

/** What `lab COMMAND --help` shows. */
export function commandHelp(name: CommandName): string {
  const { summary, options } = describeCommand(name)
  return [`${summary}.`, '', usage(name), '', ...aligned([...optionRows(options), ...optionRows(commonOptions)])].join(
    '\n',
  )
}
