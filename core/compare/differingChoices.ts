import { formKey } from '../data/dataChoice.ts'
import { choiceOf } from '../data/datasetView.ts'
import { networkDifferences } from '../network/networkDifferences.ts'
import { networkOf } from '../network/network.ts'
import { differencesOf } from '../run/differences.ts'
import type { RunConfig, RunSummary } from '../run/run.ts'

/** What is compared of a run to tell which choices differ. */
export type ChosenRun = Pick<RunSummary, 'config' | 'goal' | 'preset' | 'network'>

/** Parts of a configuration that are one choice, whatever follows from it; the first that fits counts. */
const together: readonly string[] = [
  'data.choice.form',
  'data.choice.split',
  'data.choice.perClass',
  'data.choice',
  'data.pixels',
  'augmentation.pad',
  'augmentation.contrast',
  'augmentation.saturation',
  'augmentation.cutout',
  'augmentation.mixup',
  'schedule.warmUp',
  'schedule.momentum',
]

function differs<Value>(runs: readonly ChosenRun[], of: (run: ChosenRun) => Value): boolean {
  return runs.some((run) => of(run) !== of(runs[0]))
}

const formOf = ({ data }: RunConfig): string => `${data.dataset} ${formKey(choiceOf(data).form)}`

/** Which network a person chose, where it has a name. */
const networkNameOf = ({ preset, network }: ChosenRun): string =>
  network === null ? preset : `${network.name}@${network.version}`

/** The choices behind what differs between the networks, by path; the whole network where another one was chosen. */
function networkChoices(runs: readonly ChosenRun[]): string[] {
  const choices = new Set<string>()
  const [first, ...others] = runs.map(({ config }) => networkOf(config.model))
  const otherForm = differs(runs, ({ config }) => formOf(config))
  for (const other of others) {
    const { layers, head, input } = networkDifferences(first, other)
    for (const layer of layers) {
      if (layer.kind !== 'changed' || layer.moved || layer.renamed) choices.add('model.layers')
      else for (const { setting } of layer.settings) choices.add(`model.layers.${layer.after.name}.${setting}`)
    }
    for (const { setting } of head)
      choices.add(setting === 'labelSmoothing' ? 'model.head.labelSmoothing' : 'model.head')
    // Another image follows from another form of the data.
    if (input !== null && !otherForm) choices.add('model.input')
  }
  const layers = [...choices].filter((path) => path.startsWith('model.layers'))
  const other = choices.has('model.layers') || (layers.length > 0 && differs(runs, networkNameOf))
  return other ? ['model.layers', ...[...choices].filter((path) => !layers.includes(path))] : [...choices]
}

/** The choice to which a differing path belongs; null where it follows from another or has a finding of its own. */
function choiceAt(path: string, runs: readonly ChosenRun[]): string | null {
  if (path === 'seed' || ['evaluation.', 'model.', 'from.'].some((part) => path.startsWith(part))) return null
  if (path.startsWith('data.') && differs(runs, ({ config }) => config.data.dataset))
    return path === 'data.validationShare' ? path : 'data.dataset'
  if (path === 'data.sha256') return differs(runs, ({ config }) => formOf(config)) ? null : path
  if (path.startsWith('optimizer.') && differs(runs, ({ config }) => config.optimizer.kind)) return 'optimizer.kind'
  if (path.startsWith('schedule.') && path !== 'schedule.learningRate') {
    if (differs(runs, ({ config }) => config.schedule.kind)) return 'schedule.kind'
    // A schedule as long as its run follows from the number of steps, which images seen tell.
    const asLongAsRun = runs.every(
      ({ config, goal }) => config.schedule.kind === 'constant' || config.schedule.steps === goal,
    )
    if (path === 'schedule.steps' && asLongAsRun) return null
  }
  return together.find((part) => path === part || path.startsWith(`${part}.`)) ?? path
}

/**
 * The choices in which runs differ, each by the path of its setting: what follows from another choice, such as the
 * coefficients of another optimizer, counts with it. The seed is none: runs that differ in it alone repeat each other. Nor
 * are the goal and how the test set is measured, which have findings of their own.
 */
export function differingChoices(runs: readonly ChosenRun[]): string[] {
  const choices = differencesOf(runs.map(({ config }) => config)).differing.map(({ path }) => choiceAt(path, runs))
  return [...new Set([...choices.filter((path) => path !== null), ...networkChoices(runs)])]
}
