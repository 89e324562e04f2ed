import { differencesOf, type SettingValue } from '../../../core/differences.ts'
import { refuse } from '../../../core/problems.ts'
import type { CommandContext } from '../context.ts'
import { absent, table } from '../format.ts'
import { classesText, runClasses } from '../runClasses.ts'
import { runTable } from './runs.ts'

/** `lab compare RUN RUN...`: results side by side, and the settings in which the runs differ. */
export async function compare({ client, output }: CommandContext, ids: readonly number[]): Promise<void> {
  const [all, entries] = await Promise.all([client.runs.list(), client.datasets.list()])
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
}
