import { canonicalJson } from '../numbers/canonicalJson.ts'
import { type DataChoice, ownForm, ownLabels, formKey } from '../data/dataChoice.ts'
import {
  choiceOf,
  type DatasetView,
  labelsOf,
  usualChoice,
  usualForm,
  type ViewedEntry,
  viewOf,
} from '../data/datasetView.ts'
import type { RunChoices } from './choices.ts'
import { choicesOfRequest } from './choicesOfRequest.ts'
import { requestFor } from './presets.ts'
import type { RunRequest } from './run.ts'

/** A word of a command line, quoted for a shell where it needs that. */
function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`
}

/** A name in a list of names: in double quotes where it has a comma or a quote. */
function listed(name: string): string {
  return /[",]/.test(name) ? `"${name.replaceAll('"', '""')}"` : name
}

type Option = readonly [name: string, value: string | number | null]

/** The options that say what of a set is taken; null where none can. */
function dataOptions(entry: ViewedEntry, choice: DataChoice): Option[] | null {
  const usual = usualChoice(entry)
  const options: Option[] = []
  const { form, split } = choice
  if (choice.labels !== ownLabels) options.push(['labels', choice.labels])
  if (choice.classes !== null) {
    const names = labelsOf(entry, choice.labels).classes
    options.push(['classes', choice.classes.map((label) => listed(names[label])).join(',')])
  }
  if (choice.perClass !== null) options.push(['per-class', choice.perClass])
  if (formKey(form) !== formKey(usualForm(entry))) {
    // Images in their own size are never asked for where another size is usual.
    if (form.side === null || formKey(form) === formKey(ownForm)) return null
    options.push(['side', form.side], ['fit', form.fit], ['cut', form.cut.kind])
    if (form.cut.kind === 'object') options.push(['margin', form.cut.margin], ['least', form.cut.least])
  }
  if (canonicalJson(split) !== canonicalJson(usual.split)) {
    if (split.kind === 'official') options.push(['split', 'official'])
    else if (split.kind === 'groups') options.push(['test-groups', split.test.join(',')])
    else {
      // A number that is left out would be the usual one of the set.
      const usualDraw = usual.split.kind === 'drawn' ? usual.split : { train: null, test: null }
      if ((split.train === null && usualDraw.train !== null) || (split.test === null && usualDraw.test !== null))
        return null
      options.push(['split', 'drawn'], ['split-seed', split.seed])
      if (split.train !== null) options.push(['train-images', split.train])
      if (split.test !== null) options.push(['test-images', split.test])
    }
  }
  return options
}

/** The options for what a person may change on top of a preset. */
function choiceOptions(choices: RunChoices): Option[] {
  const named: readonly (readonly [string, string | number | null | undefined])[] = [
    ['steps', choices.goal],
    ['batch', choices.batch],
    ['learning-rate', choices.learningRate],
    ['seed', choices.seed],
    ['evaluate-every', choices.evaluateEvery],
    ['health-every', choices.healthEvery],
    ['optimizer', choices.optimizer],
    ['momentum', choices.momentum],
    ['weight-decay', choices.weightDecay],
    ['clip-norm', choices.clipNorm],
    ['schedule', choices.schedule],
    ['warm-up', choices.warmUpSteps],
    ['validation', choices.validationShare],
    ['patience', choices.patience],
  ]
  const options: Option[] = named.flatMap(([name, value]) => (value == null ? [] : [[name, value] as const]))
  return choices.distort === false ? [...options, ['no-distortion', null]] : options
}

/**
 * The command line that begins a run with these settings, or null where no options of `lab train` can say them; then
 * `lab again` can.
 * @param entry The data set of the request as it is on this computer.
 */
export function trainCommand(request: RunRequest, entry: ViewedEntry): string | null {
  const { config, network, preset } = request
  const choice = choiceOf(config.data)
  const view: DatasetView = viewOf(entry, choice)
  const choices = choicesOfRequest(request, view)
  // A network that is not saved has no name by which a command finds it.
  if (network !== undefined && network.version === null) return null
  if (choices.clipNorm === null) return null
  const said = requestFor(preset, view, { sha256: config.data.sha256, choice }, { ...choices, network: undefined })
  const model = network === undefined ? said.config.model : config.model
  const same = { ...said, ...(network === undefined ? {} : { network }), config: { ...said.config, model } }
  if (canonicalJson(same) !== canonicalJson(request)) return null
  const data = dataOptions(entry, choice)
  if (data === null) return null
  const options: Option[] = [
    ['dataset', entry.id],
    ...data,
    ['preset', preset],
    ...(network === undefined
      ? []
      : [['network', network.name] as const, ['network-version', network.version] as const]),
    ...choiceOptions(choices),
  ]
  const words = options.map(([name, value]) => (value === null ? `--${name}` : `--${name} ${quoted(String(value))}`))
  return ['lab train', ...words].join(' ')
}
