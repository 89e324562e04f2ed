import path from 'node:path'
import { receivedComparison } from '../../../core/errors/errorsComparison.ts'
import { ErrorsTable, receivedReport } from '../../../core/errors/errorsReport.ts'
import type { LookSubject } from '../../../core/inspect/looking.ts'
import { refuse } from '../../../core/words/problems.ts'
import { writeFileAtomically, writeProblem } from '../../files/atomicFile.ts'
import { makeFolder } from '../../files/makeFolder.ts'
import { ifNamed, runNumber } from '../argumentKinds.ts'
import { defineCommand } from '../command.ts'
import type { CommandContext } from '../context.ts'
import { answerOf } from '../passShown.ts'
import { comparisonText, comparisonValue, errorsText, errorsValue } from '../errorsWords.ts'
import { text } from '../optionKinds.ts'
import { checkpointIfNamed, chosenCheckpoint } from '../sharedOptions.ts'

const name = 'errors'

/** Writes every table into a folder, which is made. @throws LabError `disk-full` or `write-failed`. */
async function writeTables({ client }: CommandContext, subject: LookSubject, folder: string): Promise<string[]> {
  await makeFolder(folder).catch((thrown: unknown) => {
    throw writeProblem(thrown, folder)
  })
  const files: string[] = []
  for (const table of ErrorsTable.options) {
    const file = path.join(folder, `${table}.csv`)
    const { text: csv } = await client.errors.csv({ ...subject, table })
    await writeFileAtomically(file, [Buffer.from(csv)])
    files.push(file)
  }
  return files
}

async function one(context: CommandContext, subject: LookSubject, folder: string | null): Promise<void> {
  const { client, output } = context
  const done = await answerOf(context, await client.errors.compute(subject))
  const report = receivedReport(done.report)
  // While the run trains, its last checkpoint changes: the tables are of the one that was reported.
  const reported = { run: report.run, checkpoint: report.checkpoint }
  const files = folder === null ? null : await writeTables(context, reported, folder)
  output.tell(
    { ...errorsValue(report), files },
    `${errorsText(report)}${folder === null ? '' : `\n\nThe tables are in ${folder}.`}`,
  )
}

async function two(context: CommandContext, first: LookSubject, second: LookSubject): Promise<void> {
  const { client, output } = context
  const done = await answerOf(context, await client.errors.compare({ first, second }))
  const comparison = receivedComparison(done.comparison)
  output.tell(comparisonValue(comparison), comparisonText(comparison))
}

export const errorsCommand = defineCommand({
  name,
  summary: 'Show what a run gets wrong on its test set, or compare two runs image by image',
  arguments: { run: runNumber, second: ifNamed(runNumber) },
  options: {
    checkpoint: chosenCheckpoint,
    'second-checkpoint': checkpointIfNamed('Checkpoint of the second run; as of the first otherwise'),
    csv: text('DIR', `Folder to write ${ErrorsTable.options.map((table) => `${table}.csv`).join(', ')} into`),
  },
  read: ({ run, second }, { checkpoint, 'second-checkpoint': other, csv }) => {
    if (second === undefined && other !== undefined)
      refuse('arguments-wrong', { command: name, detail: '--second-checkpoint needs a second RUN' })
    if (second !== undefined && csv !== undefined)
      refuse('arguments-wrong', { command: name, detail: '--csv is for one RUN' })
    return {
      first: { run, checkpoint },
      second: second === undefined ? null : { run: second, checkpoint: other ?? checkpoint },
      folder: csv === undefined ? null : path.resolve(csv),
    }
  },
  run: (context, { first, second, folder }) =>
    second === null ? one(context, first, folder) : two(context, first, second),
})
