import { allCommands } from './allCommands.ts'
import type { ArgumentDescription, Command } from './command.ts'
import { commonOptions } from './commonOptions.ts'

function aligned(rows: readonly (readonly [string, string])[]): string[] {
  const width = Math.max(...rows.map(([left]) => left.length))
  return rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`)
}

function optionRows(options: Command['options']): [string, string][] {
  return Object.entries(options).map(([name, { value, help }]) => [
    value === null ? `--${name}` : `--${name} ${value}`,
    help,
  ])
}

function argumentText({ name, optional, several }: ArgumentDescription): string {
  const text = several ? `${name}...` : name
  return optional ? `[${text}]` : text
}

function withArguments({ name, arguments: taken }: Command): string {
  return [name, ...taken.map(argumentText)].join(' ')
}

/** What `lab --help` shows. */
export function generalHelp(): string {
  return [
    'Conv Lab: learn convolutional networks by training them.',
    '',
    'lab COMMAND [options]',
    '',
    ...aligned(allCommands.map((command) => [withArguments(command), command.summary])),
    '',
    'Options of every command:',
    ...aligned([...optionRows(commonOptions), ['--version', 'Show the version']]),
  ].join('\n')
}

/** What `lab COMMAND --help` shows. */
export function commandHelp(command: Command): string {
  const { summary, options } = command
  return [
    `${summary}.`,
    '',
    `lab ${withArguments(command)}${Object.keys(options).length > 0 ? ' [options]' : ''}`,
    '',
    ...aligned([...optionRows(options), ...optionRows(commonOptions)]),
  ].join('\n')
}
