import { sentenceOf } from '../../core/problems.ts'
import { openLog } from '../files/log.ts'
import { homeFolder } from '../files/places.ts'
import { interruptedCode } from '../shells/endSignals.ts'
import { version } from '../version.ts'
import { parseArguments, type Command } from './arguments.ts'
import { compare } from './commands/compare.ts'
import { packDataset, prepareForm, removeDataset } from './commands/datasetForms.ts'
import { fetchDataset } from './commands/datasetGet.ts'
import { importDataset } from './commands/datasetImport.ts'
import { showDataset } from './commands/datasetShow.ts'
import { listDatasets } from './commands/datasets.ts'
import { evaluate } from './commands/evaluate.ts'
import { exportRun } from './commands/export.ts'
import { serveMirror, useMirror } from './commands/mirror.ts'
import { proveResume } from './commands/proveResume.ts'
import { cancelInQueue, moveInQueue, runQueue, showQueue } from './commands/queue.ts'
import { resume } from './commands/resume.ts'
import { listRuns, showRun } from './commands/runs.ts'
import { train } from './commands/train.ts'
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

async function carryOut(command: Command, home: string, json: boolean): Promise<number> {
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

function perform(command: Command, context: CommandContext): Promise<void> {
  switch (command.name) {
    // These end in their own way, with a checkpoint or with what they had begun cancelled.
    case 'dataset get':
      return fetchDataset(context, command.dataset, command.edition)
    case 'dataset import':
      return importDataset(context, command)
    case 'dataset prepare':
      return prepareForm(context, command)
    case 'dataset pack':
      return packDataset(context, command)
    case 'mirror':
      return serveMirror(context, command)
    case 'train':
      return train(context, command)
    case 'resume':
      return resume(context, command.run, command.goal)
    default:
      return Promise.race([ask(command, context), context.interruption.rejected()])
  }
}

function ask(
  command: Exclude<
    Command,
    { name: 'dataset get' | 'dataset import' | 'dataset prepare' | 'dataset pack' | 'mirror' | 'train' | 'resume' }
  >,
  context: CommandContext,
): Promise<void> {
  switch (command.name) {
    case 'datasets':
      return listDatasets(context)
    case 'dataset show':
      return showDataset(context, command.dataset)
    case 'dataset remove':
      return removeDataset(context, command.dataset)
    case 'runs':
      return listRuns(context)
    case 'run':
      return showRun(context, command.run)
    case 'compare':
      return compare(context, command.runs)
    case 'evaluate':
      return evaluate(context, command.run, command.checkpoint)
    case 'mirror use':
      return useMirror(context, command.place)
    case 'export':
      return exportRun(context, command)
    case 'queue':
      return showQueue(context)
    case 'queue move':
      return moveInQueue(context, command.run, command.to)
    case 'queue cancel':
      return cancelInQueue(context, command.run)
    case 'queue run':
      return runQueue(context)
    case 'prove-resume':
      return proveResume(context, command)
  }
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
