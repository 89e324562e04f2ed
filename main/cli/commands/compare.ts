import { mostCompared } from '../../../core/compare/comparison.ts'
import { networkDifferences } from '../../../core/network/networkDifferences.ts'
import { networkOf } from '../../../core/network/network.ts'
import { differencesOf } from '../../../core/run/differences.ts'
import type { SettingValue } from '../../../core/run/settingPath.ts'
import type { RunSummary } from '../../../core/run/run.ts'
import { refuse } from '../../../core/words/problems.ts'
import { ifNamed, runNumbers } from '../argumentKinds.ts'
import { defineCommand } from '../command.ts'
import { commonText, comparisonOfRunsText } from '../compareWords.ts'
import type { CommandContext } from '../context.ts'
import { absent, duration, table } from '../format.ts'
import { classesText, runClasses } from '../runClasses.ts'
import { rowsOf, summariesOf, whereOption } from '../runsQuestion.ts'
import { runTable } from '../runTable.ts'

const name = 'compare'

function checkCount(count: number): void {
  if (count < 2) refuse('arguments-wrong', { command: name, detail: 'a run is compared with another one' })
  if (count > mostCompared)
    refuse('arguments-wrong', { command: name, detail: `at most ${mostCompared} runs are compared, not ${count}` })
}

/** The runs that a search finds, the oldest first. */
async function idsThatFit(context: CommandContext, where: string): Promise<number[]> {
  const rows = await rowsOf(context, {
    where,
    shelf: 'kept',
    sort: [{ column: 'id', descending: false }],
    settings: [],
  })
  checkCount(rows.length)
  return rows.map(({ facts }) => facts.id)
}

/** What is told of exactly two runs besides. */
async function pairOf(client: CommandContext['client'], first: RunSummary, second: RunSummary) {
  const evaluations = await client.compare.evaluations({ first: first.id, second: second.id })
  const network = networkDifferences(networkOf(first.config.model), networkOf(second.config.model))
  const changed = network.layers.length
  const layers = changed === 0 ? 'Their networks have the same layers.' : `Their networks differ in ${changed} layers.`
  return { value: { network, evaluations }, text: `${layers} ${commonText(evaluations)}` }
}

/** Where the time of the runs went. */
function timeTable(runs: readonly RunSummary[]): string {
  const rows = runs.map(({ id, trainingSeconds, evaluationSeconds, waitingSeconds, imagesPerSecond }) => [
    String(id),
    duration(trainingSeconds),
    duration(evaluationSeconds),
    duration(waitingSeconds),
    imagesPerSecond === null ? absent : String(Math.round(imagesPerSecond)),
  ])
  return table(['RUN', 'TRAINING', 'EVALUATION', 'WAITING', 'IMAGES/S'], rows)
}

export const compareCommand = defineCommand({
  name,
  summary: 'Show in which settings and results runs differ, what is unfair about it, and their repeats',
  arguments: { runs: ifNamed(runNumbers) },
  options: { where: whereOption },
  read: ({ runs }, { where }) => {
    const wanted = runs === undefined ? null : [...new Set(runs)]
    if ((wanted === null) === (where === undefined))
      refuse('arguments-wrong', { command: name, detail: 'it takes runs, or --where' })
    if (wanted !== null) checkCount(wanted.length)
    return { runs: wanted, where }
  },
  run: async (context, { runs: wanted, where }) => {
    const { client, output } = context
    const ids = wanted ?? (await idsThatFit(context, where ?? ''))
    const [found, entries, comparison] = await Promise.all([
      summariesOf(context, ids),
      client.datasets.list(),
      client.compare.runs({ runs: [...ids] }),
    ])
    // Runs in the bin are not found.
    const runs = ids.map((id) => found.find((run) => run.id === id) ?? refuse('run-unknown', { run: id }))
    const { differing, equal } = differencesOf(runs.map((run) => run.config))
    const said = (path: string, value: SettingValue | undefined, run: number): string => {
      if (path === 'data.choice.classes') return classesText(runs[run].config, entries)
      return value === undefined ? absent : String(value)
    }
    const rows = differing.map(({ path, values }) => [path, ...values.map((value, run) => said(path, value, run))])
    const settings =
      rows.length === 0
        ? `All ${equal} settings are equal.`
        : `${table(['SETTING', ...ids.map((run) => `RUN ${run}`)], rows)}\n\n${equal} settings are equal.`
    const classes = runs.map(({ config }) => runClasses(config, entries))
    const pair = runs.length === 2 ? await pairOf(client, runs[0], runs[1]) : null
    const told = [
      runTable(runs),
      settings,
      comparisonOfRunsText(comparison),
      timeTable(runs),
      ...(pair === null ? [] : [pair.text]),
    ]
    const { findings, footing, repeats } = comparison
    // JSON has no undefined: a setting that a run does not have is null there, as the value of a setting that is off.
    output.tell(
      {
        runs,
        classes,
        differing: differing.map(({ path, values }) => ({ path, values: values.map((value) => value ?? null) })),
        equal,
        findings,
        footing,
        repeats,
        ...(pair === null ? {} : { pair: pair.value }),
      },
      told.join('\n\n'),
    )
  },
})
