import { sentenceOf } from '../../core/problems.ts'
import { openLog } from '../files/log.ts'
import { homeFolder } from '../files/places.ts'
import { interruptedCode } from '../shells/endSignals.ts'
import { version } from '../version.ts'
import { parseArguments } from './arguments.ts'
import type { ReadCommand } from './command.ts'
import type { CommandContext } from './context.ts'
import { failureOf } from './failure.ts'
import { Interruption } from './interruption.ts'
import { openLink } from './link.ts'
import { Output } from './output.ts'

const failedCode = 1

/**
 * Carries out the words after `lab`.
 * @returns the exit code: 0, or after one sentence on standard error 1, or 130 when it was ended from outside.
 */
export async function runCommandLine(words: readonly string[]): Promise<number> {
  try {
    const invocation = parseArguments(words)
    if (invocation.kind === 'command') {
      return await carryOut(invocation.command, invocation.home ?? homeFolder(), invocation.json)
    }
    process.stdout.write(`${invocation.kind === 'help' ? invocation.text : version}\n`)
    return 0
  } catch (thrown) {
    return fail(thrown, true)
  }
}

async function carryOut(command: ReadCommand, home: string, json: boolean): Promise<number> {
  // After an exception that no code has caught nobody knows the state; what is stored is safe at every instant.
  const crash = (thrown: unknown): never => process.exit(fail(thrown, true, home))
  process.on('uncaughtException', crash)
  // Until here nothing is begun, and a signal ends the process as it ends any other.
  const link = await openLink(home)
  const interruption = new Interruption(process.stdout)
  const output = new Output(process.stdout, json)
  try {
    await perform(command, { client: link.client, owns: link.owns, output, interruption })
    await waitForOthers(link.idle(), interruption)
    await output.flushed()
    if (interruption.outputProblem !== null) throw interruption.outputProblem
    return 0
  } catch (thrown) {
    const { outputProblem, happened } = interruption
    const code = fail(outputProblem ?? thrown, link.isOpen(), home)
    return happened && outputProblem === null ? interruptedCode : code
  } finally {
    await link.close()
    interruption.close()
    process.off('uncaughtException', crash)
  }
}

/** Carries a command out. One that does not end itself is left when the interruption comes. */
function perform(command: ReadCommand, context: CommandContext): Promise<void> {
  const done = command.run(context)
  return command.endsItself ? done : Promise.race([done, context.interruption.rejected()])
}

/** Other commands may work through this process, as the folder's owner: what they have begun is not cut off. */
async function waitForOthers(idle: Promise<void>, interruption: Interruption): Promise<void> {
  try {
    await Promise.race([idle, interruption.rejected()])
  } catch (thrown) {
    // The command itself has done what it should.
    if (!interruption.happened) throw thrown
  }
}

/** One sentence on standard error; what nobody expected goes to the log with its stack. */
function fail(thrown: unknown, open: boolean, home?: string): number {
  const failure = failureOf(thrown, open)
  if (failure.code === 'internal' && home !== undefined) openLog(home).add('command line', thrown)
  process.stderr.write(`${sentenceOf(failure, 'en')}\n`)
  return failedCode
}
