import { LabError, sentenceOf } from '../../core/words/problems.ts'
import { openLog } from '../files/log.ts'
import { homeFolder } from '../files/places.ts'
import { interruptedCode } from '../shells/endSignals.ts'
import { version } from '../version.ts'
import { parseArguments } from './arguments.ts'
import type { ReadCommand, ReadLabCommand, ReadLoneCommand } from './command.ts'
import type { CommandContext } from './context.ts'
import { failureOf } from './failure.ts'
import { Interruption, OutputEnd } from './interruption.ts'
import { openLink } from './link.ts'
import { Output } from './output.ts'
import { givenPath } from '../files/givenPath.ts'

const failedCode = 1

/**
 * Carries out the words after `lab`.
 * @returns the exit code: 0; 1 after one sentence on standard error; 130 when it was interrupted.
 */
export async function runCommandLine(words: readonly string[]): Promise<number> {
  // Where nobody reads the sentences any more, there is nobody to tell.
  process.stderr.on('error', () => undefined)
  try {
    const invocation = parseArguments(words)
    if (invocation.kind === 'command') {
      return await carryOut(
        invocation.command,
        invocation.home === null ? homeFolder() : givenPath(invocation.home),
        invocation.json,
      )
    }
    await show(invocation.kind === 'help' ? invocation.text : version)
    return 0
  } catch (thrown) {
    return fail(thrown, true)
  }
}

/**
 * Writes words that need no lab. A reader that closes its end has seen what it wanted.
 * @throws LabError as writing does: `disk-full` or `write-failed`.
 */
async function show(words: string): Promise<void> {
  const end = new OutputEnd(process.stdout)
  const output = new Output(process.stdout, false)
  output.tell({}, words)
  await output.flushed()
  if (end.problem !== null) throw end.problem
}

function carryOut(command: ReadCommand, home: string, json: boolean): Promise<number> {
  return 'runAlone' in command ? carryOutAlone(command, home, json) : carryOutWithLab(command, home, json)
}

/** Carries out a command that opens no lab. An interruption simply ends the process. */
async function carryOutAlone(command: ReadLoneCommand, home: string, json: boolean): Promise<number> {
  const end = new OutputEnd(process.stdout)
  const output = new Output(process.stdout, json)
  const code = await command.runAlone({ home, output })
  await output.flushed()
  if (end.problem !== null) throw end.problem
  return code
}

async function carryOutWithLab(command: ReadLabCommand, home: string, json: boolean): Promise<number> {
  // After an uncaught exception the state is unknown, so the process ends. What is stored is safe at any time.
  const crash = (thrown: unknown): never => process.exit(fail(thrown, true, home))
  process.on('uncaughtException', crash)
  // Before this, nothing has been started, and a signal simply ends the process.
  const link = await openLink(home)
  void link.taken.then((of) => process.exit(fail(new LabError(of), true)))
  const interruption = new Interruption(process.stdout)
  const output = new Output(process.stdout, json)
  try {
    await perform(command, { client: link.client, owns: link.owns, output, interruption })
    await waitForOthers(link.idle(), interruption)
    await output.flushed()
    if (interruption.outputEnd.problem !== null) throw interruption.outputEnd.problem
    return 0
  } catch (thrown) {
    const { outputEnd, happened } = interruption
    // What was left because its reader had seen enough is no failure.
    if (outputEnd.readerGone && outputEnd.problem === null && isInterrupted(thrown)) return 0
    const code = fail(outputEnd.problem ?? thrown, link.isOpen(), home)
    return happened && outputEnd.problem === null ? interruptedCode : code
  } finally {
    await link.close()
    interruption.close()
    process.off('uncaughtException', crash)
  }
}

/** Carries a command out. An interruption abandons a command that does not end itself. */
function perform(command: ReadLabCommand, context: CommandContext): Promise<void> {
  const done = command.run(context)
  return command.endsItself ? done : Promise.race([done, context.interruption.rejected()])
}

/** Other commands may use the lab of this process. What they have started is not cut off. */
async function waitForOthers(idle: Promise<void>, interruption: Interruption): Promise<void> {
  try {
    await Promise.race([idle, interruption.rejected()])
  } catch (thrown) {
    // The command itself is done.
    if (!interruption.happened) throw thrown
  }
}

function isInterrupted(thrown: unknown): boolean {
  return thrown instanceof LabError && thrown.problem.code === 'interrupted'
}

/** Writes one sentence to standard error. Unexpected errors go to the log with their stack. */
function fail(thrown: unknown, open: boolean, home?: string): number {
  const failure = failureOf(thrown, open)
  if (failure.code === 'internal' && home !== undefined) openLog(home).add('command line', thrown)
  process.stderr.write(`${sentenceOf(failure, 'en')}\n`)
  return failedCode
}
