import type { CommandContext, LoneContext } from './context.ts'

/** An option as its help shows it. */
export interface OptionDescription {
  /** What stands for its value in the help; null for a switch. */
  readonly value: string | null
  readonly help: string
  /** True where it may be given several times; its values then stand on a line each. */
  readonly repeats?: boolean
}

/** An option, and what its word means. `optionKinds.ts` has the usual kinds. */
export interface Option<Value> extends OptionDescription {
  /**
   * @param word what was given; undefined where the option was not, and empty for a switch that was
   * @param option its name, without the dashes
   * @param command the command's name
   * @throws LabError in a sentence that names the option.
   */
  readonly read: (word: string | undefined, option: string, command: string) => Value
}

/** An argument as its help shows it. */
export interface ArgumentDescription {
  readonly name: string
  /** Whether it may be left out. Only the last argument can. */
  readonly optional: boolean
  /** Whether it takes all words that are left, one or more. Only the last argument can. */
  readonly several: boolean
}

/** An argument, and what its words mean. `argumentKinds.ts` has the usual kinds. */
export interface Argument<Value> extends ArgumentDescription {
  /**
   * @param words one word; one and more where it takes several; none where it may be left out and was
   * @param command the command's name
   * @throws LabError `arguments-wrong`.
   */
  readonly read: (words: readonly string[], command: string) => Value
}

/** What a record of options or arguments has been given. */
export type ValuesOf<Readers> = {
  readonly [Name in keyof Readers]: Readers[Name] extends { read: (...given: never) => infer Value } ? Value : never
}

/** The words of one call: plain words in order, values by the name of their option; switches have an empty one. */
export interface GivenWords {
  readonly plain: readonly string[]
  readonly options: ReadonlyMap<string, string>
}

/** A command whose words have been read, ready to be carried out with a lab. */
export interface ReadLabCommand {
  readonly name: string
  /** What the words mean. */
  readonly input: object
  /**
   * Whether it hears an interruption itself and ends in its own way: with a checkpoint, or with what it had begun
   * cancelled. Any other command is simply left.
   */
  readonly endsItself: boolean
  /** Carries it out and tells the output how it goes and what comes of it. */
  run(context: CommandContext): Promise<void>
}

/** A command that is carried out without a lab: it also runs where none can be opened. */
export interface ReadLoneCommand {
  readonly name: string
  readonly input: object
  /** Carries it out and gives the exit code. */
  runAlone(context: LoneContext): Promise<number>
}

export type ReadCommand = ReadLabCommand | ReadLoneCommand

/** A command of the command line, as the list of all commands has it. */
export interface Command {
  readonly name: string
  readonly summary: string
  readonly arguments: readonly ArgumentDescription[]
  readonly options: Readonly<Record<string, OptionDescription>>
  /**
   * Reads the words of a call. Their number is right, and the options are the command's own.
   * @throws LabError that says what is wrong with them.
   */
  read(given: GivenWords): ReadCommand
}

/**
 * Defines a command without arguments that opens no lab.
 * @param definition Its name and summary, as of other commands, and what it does.
 */
export function defineLoneCommand(
  definition: Pick<Command, 'name' | 'summary'> & Pick<ReadLoneCommand, 'runAlone'>,
): Command {
  const { name, summary, runAlone } = definition
  return { name, summary, arguments: [], options: {}, read: () => ({ name, input: {}, runAlone }) }
}

/** A command with the type of what its words mean. */
export interface TypedCommand<Input> extends Command {
  /** What the words mean. */
  inputOf(given: GivenWords): Input
}

interface Definition<Arguments, Options, Input> {
  /** One or more words, as they are typed. */
  readonly name: string
  /** What it does, in a few words without a full stop. */
  readonly summary: string
  /** In the order in which they are typed. */
  readonly arguments?: { readonly [Name in keyof Arguments]: Argument<Arguments[Name]> }
  /** By name, in the order in which help lists them. */
  readonly options?: { readonly [Name in keyof Options]: Option<Options[Name]> }
  /** See `ReadCommand`. */
  readonly endsItself?: boolean
  /**
   * Makes the input of the values.
   * @throws LabError where they do not go together.
   */
  read(taken: Arguments, options: Options): Input
  /** Carries the command out, and tells what comes of it: JSON values a line, or words for a person. */
  run(context: CommandContext, input: Input): Promise<void>
}

/**
 * Defines a command. Each has a file in `commands/` and a line in `allCommands.ts`. The types of the values follow from
 * the arguments and options, and that of the input from `read`.
 */
export function defineCommand<Input extends object, Arguments extends object = object, Options extends object = object>(
  definition: Definition<Arguments, Options, Input>,
): TypedCommand<Input> {
  const { name, summary, endsItself = false } = definition
  const taken: [string, Argument<unknown>][] = Object.entries(definition.arguments ?? {})
  const options: [string, Option<unknown>][] = Object.entries(definition.options ?? {})
  const inputOf = ({ plain, options: given }: GivenWords): Input => {
    const values = taken.map(([key, { several, read }], place) => {
      const words = several ? plain.slice(place) : plain.slice(place, place + 1)
      return [key, read(words, name)]
    })
    const chosen = options.map(([option, { read }]) => [option, read(given.get(option), option, name)])
    // Each reader gives what the definition's type says of its name.
    return definition.read(Object.fromEntries(values) as Arguments, Object.fromEntries(chosen) as Options)
  }
  return {
    name,
    summary,
    arguments: taken.map(([, argument]) => argument),
    options: Object.fromEntries(options),
    inputOf,
    read: (given) => {
      const input = inputOf(given)
      return { name, input, endsItself, run: (context) => definition.run(context, input) }
    },
  }
}
