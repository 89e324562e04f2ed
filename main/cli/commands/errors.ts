import path from 'node:path'
import { confusionCsv } from '../../../core/errors/csv.ts'
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
import { givenPath } from '../../files/givenPath.ts'

const name = 'errors'

/** Writes tables by their names into a folder, which is made. @throws LabError `disk-full` or `write-failed`. */
async function write(folder: string, tables: ReadonlyMap<string, () => Promise<string>>): Promise<string[]> {
  await makeFolder(folder).catch((thrown: unknown) => {
    throw writeProblem(thrown, folder)
  })
  const files: string[] = []
  for (const [table, text] of tables) {
    const file = path.join(folder, `${table}.csv`)
    await writeFileAtomically(file, [Buffer.from(await text())])
    files.push(file)
  }
  return files
}

/** The end of what is told: where the tables are. */
const whereTables = (folder: string | null): string => (folder === null ? '' : `\n\nThe tables are in ${folder}.`)

async function one(context: CommandContext, subject: LookSubject, folder: string | null): Promise<void> {
  const { client, output } = context
  const done = await answerOf(context, await client.errors.compute(subject))
  const report = receivedReport(done.report)
  // While the run trains, its last checkpoint changes: the tables are of the one that was reported.
  const reported = { run: report.run, checkpoint: report.checkpoint }
  const tables = new Map(
    ErrorsTable.options.map((table) => [table, async () => (await client.errors.csv({ ...reported, table })).text]),
  )
  const files = folder === null ? null : await write(folder, tables)
  output.tell({ ...errorsValue(report), files }, `${errorsText(report)}${whereTables(folder)}`)
}

async function two(
  context: CommandContext,
  first: LookSubject,
  second: LookSubject,
  folder: string | null,
): Promise<void> {
  const { client, output } = context
  const done = await answerOf(context, await client.errors.compare({ first, second }))
  const comparison = receivedComparison(done.comparison)
  const compared = {
    first: { run: comparison.first.run, checkpoint: comparison.first.checkpoint },
    second: { run: comparison.second.run, checkpoint: comparison.second.checkpoint },
  }
  const tables = new Map([
    ['difference', () => Promise.resolve(confusionCsv({ confusion: comparison.difference }, comparison.classes))],
    ['answers', async () => (await client.errors.comparedCsv(compared)).text],
  ])
  const files = folder === null ? null : await write(folder, tables)
  output.tell(
    { ...comparisonValue(comparison), ...(files === null ? {} : { files }) },
    `${comparisonText(comparison)}${whereTables(folder)}`,
  )
}

export const errorsCommand = defineCommand({
  name,
  summary: 'Show what a run gets wrong on its test set, or compare two runs image by image',
  arguments: { run: runNumber, second: ifNamed(runNumber) },
  options: {
    checkpoint: chosenCheckpoint,
    'second-checkpoint': checkpointIfNamed('Checkpoint of the second run; as of the first otherwise'),
    csv: text(
      'DIR',
      `Folder to write ${ErrorsTable.options.map((table) => `${table}.csv`).join(', ')} into; of two runs difference.csv and answers.csv`,
    ),
  },
  read: ({ run, second }, { checkpoint, 'second-checkpoint': other, csv }) => {
    if (second === undefined && other !== undefined)
      refuse('arguments-wrong', { command: name, detail: '--second-checkpoint needs a second RUN' })
    return {
      first: { run, checkpoint },
      second: second === undefined ? null : { run: second, checkpoint: other ?? checkpoint },
      folder: csv === undefined ? null : givenPath(csv),
    }
  },
  run: (context, { first, second, folder }) =>
    second === null ? one(context, first, folder) : two(context, first, second, folder),
})
