import path from 'node:path'
import { parseArgs } from 'node:util'
import { checkChoices, type RunChoices } from '../../core/choices.ts'
import { phrase } from '../../core/phrases.ts'
import { refuse } from '../../core/problems.ts'
import { QueueMove } from '../../core/queue.ts'
import { isWithin, rangeText } from '../../core/range.ts'
import { ProofBreak } from '../../core/resumeProof.ts'
import { ExportFormat } from '../../core/runExport.ts'
import { PresetId } from '../../core/run.ts'
import { minutesRange } from '../../core/timeBudget.ts'
import {
  commandNames,
  commonOptions,
  describeCommand,
  type CommandName,
  type OptionDescription,
} from './commandTable.ts'
import { dataWishes, formWishes } from './dataArguments.ts'
import type { DataWishes, FormWishes } from './dataWishes.ts'
import { commandHelp, generalHelp } from './help.ts'
import type { MirrorWish } from './commands/mirror.ts'
import { numberOption, oneOf, wholeOption, type OptionValues } from './optionValues.ts'

/** Where browsers and proxies look for a second web server. */
const usualMirrorPort = 8080

/** What a person asked for on the command line. */
export type Command =
  | { readonly name: 'datasets' }
  | { readonly name: 'dataset get'; readonly dataset: string; readonly edition: string | undefined }
  /** Paths are absolute: another process may read and write there, which stands in another folder. */
  | {
      readonly name: 'dataset import'
      readonly dataset: string
      readonly path: string
      readonly called: string | undefined
    }
  | ({ readonly name: 'mirror' } & MirrorWish)
  | { readonly name: 'mirror use'; readonly place: string | null }
  | { readonly name: 'dataset pack'; readonly dataset: string; readonly file: string }
  | { readonly name: 'dataset prepare'; readonly dataset: string; readonly form: FormWishes }
  | { readonly name: 'dataset remove' | 'dataset show'; readonly dataset: string }
  | {
      readonly name: 'train'
      readonly dataset: string
      readonly data: DataWishes
      readonly preset: PresetId
      readonly choices: RunChoices
      readonly seconds: number | undefined
      readonly offline: boolean
      /** Whether the run is added to the queue. */
      readonly queue: boolean
    }
  | { readonly name: 'queue' | 'queue run' }
  | { readonly name: 'queue move'; readonly run: number; readonly to: QueueMove }
  | { readonly name: 'queue cancel'; readonly run: number }
  | {
      readonly name: 'prove-resume'
      readonly dataset: string
      readonly data: DataWishes
      readonly preset: PresetId
      readonly choices: RunChoices
      readonly offline: boolean
      readonly breakAt: number
      readonly by: ProofBreak
    }
  | { readonly name: 'resume'; readonly run: number; readonly goal: number | undefined }
  | { readonly name: 'runs' }
  | { readonly name: 'run'; readonly run: number }
  | { readonly name: 'compare'; readonly runs: readonly number[] }
  | { readonly name: 'evaluate'; readonly run: number; readonly checkpoint: number | undefined }
  | {
      readonly name: 'export'
      readonly run: number
      readonly format: ExportFormat
      readonly folder: string
      readonly checkpoint: number | undefined
    }

export type Invocation =
  | { readonly kind: 'help'; readonly text: string }
  | { readonly kind: 'version' }
  /** `home` is null where the usual folder is meant. */
  | { readonly kind: 'command'; readonly command: Command; readonly home: string | null; readonly json: boolean }

interface Given {
  readonly name: CommandName
  readonly taken: readonly string[]
  readonly values: OptionValues
  readonly switches: ReadonlySet<string>
}

type Token = ReturnType<typeof tokensOf>[number]

/**
 * Reads the words after `lab`.
 * @throws LabError `command-missing`, `command-unknown`, `option-unknown`, `option-value`, `arguments-wrong`,
 *   `preset-unknown` or `setting-out-of-range`.
 */
export function parseArguments(words: readonly string[]): Invocation {
  const tokens = tokensOf(words)
  const plain = tokens.flatMap((token) => (token.kind === 'positional' ? [token.value] : []))
  const name = commandNames.find((candidate) => candidate.split(' ').every((part, index) => plain[index] === part))
  if (name === undefined) return withoutCommand(plain, tokens)
  const given = sort(name, plain.slice(name.split(' ').length), tokens)
  if (given.switches.has('help')) return { kind: 'help', text: commandHelp(name) }
  checkCount(given)
  return {
    kind: 'command',
    command: commandOf(given),
    home: given.values.get('home') ?? null,
    json: given.switches.has('json'),
  }
}

/** All words as options with their values and plain words; an option may stand before the command too. */
function tokensOf(words: readonly string[]) {
  const described = [commonOptions, ...commandNames.map((name) => describeCommand(name).options)].flatMap((options) =>
    Object.entries<OptionDescription>(options),
  )
  const types = described.map(
    ([option, { value }]) => [option, { type: value === null ? 'boolean' : 'string' }] as const,
  )
  // Not its strict mode: its messages are for programmers, and ours say what to do.
  const options = { ...Object.fromEntries(types), help: { type: 'boolean', short: 'h' } } as const
  return parseArgs({ args: [...words], options, allowPositionals: true, strict: false, tokens: true }).tokens
}

function withoutCommand(plain: readonly string[], tokens: readonly Token[]): Invocation {
  const [first] = plain
  const asked = tokens.flatMap((token) => (token.kind === 'option' ? [token.name] : []))
  if (first === undefined && asked.includes('version')) return { kind: 'version' }
  if (tokens.length === 0 || first === 'help' || asked.includes('help')) return { kind: 'help', text: generalHelp() }
  const known = commandNames.join(', ')
  return first === undefined
    ? refuse('command-missing', { known })
    : refuse('command-unknown', { command: first, known })
}

function sort(name: CommandName, taken: readonly string[], tokens: readonly Token[]): Given {
  const known = new Map<string, OptionDescription>(
    Object.entries({ ...describeCommand(name).options, ...commonOptions }),
  )
  const values = new Map<string, string>()
  const switches = new Set<string>()
  for (const token of tokens) {
    if (token.kind !== 'option') continue
    const description = known.get(token.name) ?? refuse('option-unknown', { command: name, option: token.rawName })
    const { value } = token
    if (description.value === null) {
      if (value !== undefined) refuse('option-value', { option: token.rawName, expected: 'no value', value })
      switches.add(token.name)
    } else if (value === undefined || value === '' || (token.inlineValue === false && value.startsWith('--'))) {
      refuse('option-value', { option: token.rawName, expected: `a value (${description.value})`, value: value ?? '' })
    } else {
      values.set(token.name, value)
    }
  }
  return { name, taken, values, switches }
}

function checkCount({ name, taken }: Given): void {
  const wanted = describeCommand(name).arguments
  const open = wanted.at(-1)?.endsWith('...') === true
  if (taken.length < wanted.length)
    refuse('arguments-wrong', { command: name, detail: `${wanted[taken.length].replace('...', '')} is missing` })
  if (!open && taken.length > wanted.length)
    refuse('arguments-wrong', { command: name, detail: `“${taken[wanted.length]}” is one word too many` })
}

function commandOf(given: Given): Command {
  const { name, taken, values } = given
  switch (name) {
    case 'datasets':
    case 'runs':
    case 'queue':
    case 'queue run':
      return { name }
    case 'queue cancel':
      return { name, run: runOf(taken[0], name) }
    case 'queue move':
      return { name, run: runOf(taken[0], name), to: moveOf(taken[1], name) }
    case 'dataset get':
      return { name, dataset: taken[0], edition: values.get('edition') }
    case 'dataset import':
      return { name, dataset: taken[0], path: path.resolve(taken[1]), called: values.get('name') }
    case 'dataset pack':
      return { name, dataset: taken[0], file: path.resolve(neededOut(name, values)) }
    case 'dataset prepare':
      return { name, dataset: taken[0], form: formWishes(name, values) }
    case 'dataset remove':
    case 'dataset show':
      return { name, dataset: taken[0] }
    case 'train':
      return trainCommand(given)
    case 'prove-resume':
      return proveCommand(given)
    case 'resume': {
      const goal = numberOption(values, 'steps')
      checkChoices({ goal }, Infinity)
      return { name, run: runOf(taken[0], name), goal }
    }
    case 'run':
      return { name, run: runOf(taken[0], name) }
    case 'compare':
      return { name, runs: taken.map((word) => runOf(word, name)) }
    case 'mirror use':
      return { name, place: taken[0] === 'none' ? null : taken[0] }
    case 'mirror':
      return mirrorCommand(given)
    case 'export':
      return exportCommand(given)
    case 'evaluate':
      return { name, run: runOf(taken[0], name), checkpoint: wholeOption(values, 'checkpoint') }
  }
}

function trainCommand({ name, values, switches }: Given): Command {
  const dataset = neededDataset(name, values)
  const data = dataWishes(name, values)
  const preset = presetOption(values)
  const choices: RunChoices = {
    batch: numberOption(values, 'batch'),
    learningRate: numberOption(values, 'learning-rate'),
    goal: numberOption(values, 'steps'),
    seed: numberOption(values, 'seed'),
    evaluateEvery: numberOption(values, 'evaluate-every'),
    distort: !switches.has('no-distortion'),
    optimizer: oneOf(values, 'optimizer', ['adam', 'adamw', 'sgd'] as const),
    momentum: numberOption(values, 'momentum'),
    weightDecay: numberOption(values, 'weight-decay'),
    clipNorm: numberOption(values, 'clip-norm'),
    schedule: oneOf(values, 'schedule', ['constant', 'step', 'cosine', 'one-cycle'] as const),
    warmUpSteps: numberOption(values, 'warm-up'),
    validationShare: numberOption(values, 'validation'),
    patience: numberOption(values, 'patience'),
  }
  const minutes = numberOption(values, 'minutes')
  if (minutes !== undefined && !isWithin(minutesRange, minutes))
    refuse('setting-out-of-range', { setting: 'minutes', value: minutes, range: rangeText(minutesRange) })
  if (minutes !== undefined && choices.goal !== undefined)
    refuse('arguments-wrong', { command: name, detail: '--minutes and --steps are two answers to one question' })
  // The size of the training set is known later; what is wrong in itself is refused before anything is opened.
  checkChoices(choices, Infinity)
  return {
    name: 'train',
    dataset,
    data,
    preset,
    choices,
    seconds: minutes === undefined ? undefined : minutes * 60,
    offline: switches.has('offline'),
    queue: switches.has('queue'),
  }
}

function proveCommand({ name, values, switches }: Given): Command {
  const dataset = neededDataset(name, values)
  const data = dataWishes(name, values)
  const preset = presetOption(values)
  const goal = numberOption(values, 'steps') ?? 60
  const choices: RunChoices = {
    goal,
    batch: numberOption(values, 'batch'),
    seed: numberOption(values, 'seed'),
    evaluateEvery: goal,
  }
  checkChoices(choices, Infinity)
  const breakAt = wholeOption(values, 'break-at') ?? 23
  if (breakAt < 1 || breakAt >= goal)
    refuse('setting-out-of-range', { setting: phrase('setting-break-at', {}), value: breakAt, range: `1…${goal - 1}` })
  const wanted = values.get('by') ?? 'pause'
  const by = ProofBreak.safeParse(wanted)
  if (!by.success) refuse('option-value', { option: '--by', expected: ProofBreak.options.join(' or '), value: wanted })
  return {
    name: 'prove-resume',
    dataset,
    data,
    preset,
    choices,
    offline: switches.has('offline'),
    breakAt,
    by: by.data,
  }
}

function neededDataset(command: CommandName, values: OptionValues): string {
  return values.get('dataset') ?? refuse('arguments-wrong', { command, detail: '--dataset is missing' })
}

function neededOut(command: CommandName, values: OptionValues): string {
  return values.get('out') ?? refuse('arguments-wrong', { command, detail: '--out is missing' })
}

function presetOption(values: OptionValues): PresetId {
  const wanted = values.get('preset') ?? 'seed'
  const preset = PresetId.safeParse(wanted)
  return preset.success ? preset.data : refuse('preset-unknown', { preset: wanted, known: PresetId.options.join(', ') })
}

function mirrorCommand({ name, values }: Given): Command {
  const folder = values.get('dir') ?? refuse('arguments-wrong', { command: name, detail: '--dir is missing' })
  const port = wholeOption(values, 'port') ?? usualMirrorPort
  if (port > 65_535)
    refuse('option-value', { option: '--port', expected: 'a port of at most 65535', value: String(port) })
  return { name: 'mirror', folder: path.resolve(folder), host: values.get('host') ?? '0.0.0.0', port }
}

function exportCommand({ name, taken, values }: Given): Command {
  const folder = neededOut(name, values)
  const wanted = values.get('format') ?? 'saved-model'
  const format = ExportFormat.safeParse(wanted)
  if (!format.success)
    refuse('option-value', { option: '--format', expected: ExportFormat.options.join(', '), value: wanted })
  // Another process may write it, which stands in another folder.
  return {
    name: 'export',
    run: runOf(taken[0], name),
    format: format.data,
    folder: path.resolve(folder),
    checkpoint: wholeOption(values, 'checkpoint'),
  }
}

function moveOf(word: string, command: CommandName): QueueMove {
  const read = QueueMove.safeParse(word)
  return read.success
    ? read.data
    : refuse('arguments-wrong', { command, detail: `“${word}” is none of ${QueueMove.options.join(', ')}` })
}

function runOf(word: string, command: CommandName): number {
  const run = /^\d+$/.test(word) ? Number(word) : 0
  if (run < 1 || !Number.isSafeInteger(run))
    refuse('arguments-wrong', { command, detail: `“${word}” is not the number of a run` })
  return run
}
