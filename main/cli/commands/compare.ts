import { differencesOf, type SettingValue } from '../../../core/run/differences.ts'
import { refuse } from '../../../core/words/problems.ts'
import { runNumber, runNumbers } from '../argumentKinds.ts'
import { defineCommand } from '../command.ts'
import { absent, table } from '../format.ts'
import { classesText, runClasses } from '../runClasses.ts'
import { runTable } from '../runTable.ts'

export const compareCommand = defineCommand({
  name: 'compare',
  summary: 'Show in which settings and results runs differ',
  arguments: { first: runNumber, others: runNumbers },
  read: ({ first, others }) => ({ runs: [first, ...others] }),
  run: async ({ client, output }, { runs: ids }) => {
    const [all, entries] = await Promise.all([client.runs.some({ runs: ids }), client.datasets.list()])
    const runs = ids.map((id) => all.find((run) => run.id === id) ?? refuse('run-unknown', { run: id }))
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
    // JSON has no undefined: a setting that a run does not have is null there, as the value of a setting that is off.
    output.tell(
      {
        runs,
        classes,
        differing: differing.map(({ path, values }) => ({ path, values: values.map((value) => value ?? null) })),
        equal,
      },
      `${runTable(runs)}\n\n${settings}`,
    )
  },
})
