import { parseArgs } from 'node:util'
import { refuse } from '../../core/words/problems.ts'
import { allCommands } from './allCommands.ts'
import type { Command, GivenWords, OptionDescription, ReadCommand } from './command.ts'
import { commonOptions } from './commonOptions.ts'
import { commandHelp, generalHelp } from './help.ts'

/** What the words after `lab` ask for. */
export type Invocation =
  | { readonly kind: 'help'; readonly text: string }
  | { readonly kind: 'version' }
  /** `home` is null where the usual folder is meant. */
  | { readonly kind: 'command'; readonly command: ReadCommand; readonly home: string | null; readonly json: boolean }

type Token = ReturnType<typeof tokensOf>[number]

/**
 * Reads the words after `lab`.
 * @throws LabError `command-missing`, `command-unknown`, `option-unknown`, `option-value`, `arguments-wrong`, or what a
 *   command's own reading throws.
 */
export function parseArguments(words: readonly string[]): Invocation {
  const tokens = tokensOf(words)
  const plain = plainWords(tokens)
  const command = commandFor(plain)
  if (command === undefined) return withoutCommand(plain, tokens)
  const given = givenTo(command, words)
  if (given.options.has('help')) return { kind: 'help', text: commandHelp(command) }
  checkCount(command, given.plain)
  return {
    kind: 'command',
    command: command.read(given),
    home: given.options.get('home') ?? null,
    json: given.options.has('json'),
  }
}

/** The command with the longest name that the words begin with: `queue move` before `queue`. */
function commandFor(plain: readonly string[]): Command | undefined {
  return allCommands
    .filter(({ name }) => name.split(' ').every((part, place) => plain[place] === part))
    .sort((one, other) => other.name.length - one.name.length)
    .at(0)
}

/**
 * All words as options with their values and plain words; an option may stand before the command too.
 * @param own the options of the command, once it is known: another may have a switch of the same name
 */
function tokensOf(words: readonly string[], own: Command['options'] = {}) {
  const described = [...allCommands.map(({ options }) => options), commonOptions, own].flatMap((options) =>
    Object.entries<OptionDescription>(options),
  )
  const types = described.map(
    ([option, { value }]) => [option, { type: value === null ? 'boolean' : 'string' }] as const,
  )
  // Not in its strict mode: the messages of that are for programmers, and ours say what to do.
  const options = { ...Object.fromEntries(types), help: { type: 'boolean', short: 'h' } } as const
  return parseArgs({ args: [...words], options, allowPositionals: true, strict: false, tokens: true }).tokens
}

function plainWords(tokens: readonly Token[]): string[] {
  return tokens.flatMap((token) => (token.kind === 'positional' ? [token.value] : []))
}

function withoutCommand(plain: readonly string[], tokens: readonly Token[]): Invocation {
  const [first] = plain
  const asked = tokens.flatMap((token) => (token.kind === 'option' ? [token.name] : []))
  if (first === undefined && asked.includes('version')) return { kind: 'version' }
  if (tokens.length === 0 || first === 'help' || asked.includes('help')) return { kind: 'help', text: generalHelp() }
  const known = allCommands.map(({ name }) => name).join(', ')
  return first === undefined
    ? refuse('command-missing', { known })
    : refuse('command-unknown', { command: first, known })
}

/**
 * What the words after `lab` give to the command that they name.
 * @throws LabError `option-unknown` or `option-value`.
 */
export function givenTo({ name, options }: Command, words: readonly string[]): GivenWords {
  const tokens = tokensOf(words, options)
  const known = new Map<string, OptionDescription>(Object.entries({ ...options, ...commonOptions }))
  const given = new Map<string, string>()
  for (const token of tokens) {
    if (token.kind !== 'option') continue
    const description = known.get(token.name) ?? refuse('option-unknown', { command: name, option: token.rawName })
    const { value } = token
    if (description.value === null) {
      if (value !== undefined) refuse('option-value', { option: token.rawName, expected: 'no value', value })
      given.set(token.name, '')
    } else if (value === undefined || value === '' || (token.inlineValue === false && value.startsWith('--'))) {
      refuse('option-value', { option: token.rawName, expected: `a value (${description.value})`, value: value ?? '' })
    } else {
      const before = description.repeats === true ? given.get(token.name) : undefined
      given.set(token.name, before === undefined ? value : `${before}\n${value}`)
    }
  }
  return { plain: plainWords(tokens).slice(name.split(' ').length), options: given }
}

function checkCount({ name, arguments: wanted }: Command, plain: readonly string[]): void {
  const missing = wanted.filter(({ optional }) => !optional).at(plain.length)
  if (missing !== undefined) refuse('arguments-wrong', { command: name, detail: `${missing.name} is missing` })
  if (wanted.at(-1)?.several !== true && plain.length > wanted.length)
    refuse('arguments-wrong', { command: name, detail: `“${plain[wanted.length]}” is one word too many` })
}
