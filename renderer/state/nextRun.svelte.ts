import { SvelteMap } from 'svelte/reactivity'
import type { KeptNextRun } from '../../core/contract/choicesContract.ts'
import type { DataChoice } from '../../core/data/dataChoice.ts'
import { choiceOf, type DatasetView, preparedForm, usualChoice, viewOf } from '../../core/data/datasetView.ts'
import { checkNetwork, type NetworkFault } from '../../core/network/checkNetwork.ts'
import { parametersOf } from '../../core/network/geometry.ts'
import type { Model } from '../../core/network/model.ts'
import type { DatasetEntry, PreparedFormEntry } from '../../core/data/dataset.ts'
import { canonicalJson } from '../../core/numbers/canonicalJson.ts'
import type { ChosenNetwork } from '../../core/run/choices.ts'
import { choicesOfRequest } from '../../core/run/choicesOfRequest.ts'
import { croppedInput, labPreset, requestFor, suggestedPreset, usualBatch } from '../../core/run/presets.ts'
import { isBranchPoint } from '../../core/run/branchPoint.ts'
import type { WeightsOrigin } from '../../core/run/weightsOrigin.ts'
import { type ConfirmedWeights, variableTexts, withConfirmedWeights } from '../../core/weights/confirmedWeights.ts'
import type { Problem } from '../../core/words/problems.ts'
import { problemOf, refuse } from '../../core/words/problems.ts'
import type { Optimizer, PresetId, RunRequest, RunSummary, Schedule } from '../../core/run/run.ts'
import { type SettingWarning, settingWarnings } from '../../core/run/settingWarnings.ts'
import { choiceOfForm, type DataField, type DataForm, formOfChoice, stillMeant, unfitData } from './dataForm.ts'
import { formOfChoices } from './formOfChoices.ts'
import { type LabConnection, lab } from './lab.svelte.ts'
import { realSets } from './ownImages.ts'
import { type ReplacedSetting, replacedSettings } from './replacedSettings.ts'
import {
  choicesOf,
  type FormNumber,
  type FormNumbers,
  numbersOf,
  type RunForm,
  seldomChanged,
  unfitFields,
  untouched,
  withDataset,
  withOptimizer,
  withPreset,
  withSchedule,
} from './runForm.ts'

type Prepared =
  | { readonly ok: true; readonly request: RunRequest; readonly parameters: number }
  | { readonly ok: false; readonly problem: Problem | null }

/** The measured training speed of a network with one batch size on one set. */
interface Measured {
  readonly preset: PresetId
  /** Name of a network of one's own; null: the preset's. */
  readonly network: string | null
  readonly dataset: string
  readonly batch: number
  /** Images per second. */
  readonly rate: number
}

/** A request that was taken as a whole, and what the form alone would make of it. */
interface Taken {
  readonly request: RunRequest
  /** The canonical text of the form's request right after. Once the form says something else, the form counts. */
  readonly said: string
}

/** All choices for the next run, to come back to. */
export interface NextRunChoices {
  readonly dataset: string | null
  readonly dataForm: DataForm | null
  readonly presetChosen: boolean
  readonly form: RunForm
  readonly network: ChosenNetwork | null
  readonly taken: Taken | null
  readonly weights: ConfirmedWeights | null
}

/** What a choice replaced besides, and the choices before it. */
export interface Replaced {
  readonly settings: readonly ReplacedSetting[]
  readonly choices: NextRunChoices
}

/** A request without the hash of its prepared images, which is not known until these are prepared. */
function saidBy(request: RunRequest): string {
  return canonicalJson({ ...request, config: { ...request.config, data: { ...request.config.data, sha256: '' } } })
}

/** Why a form that was kept is not quite as it was left. */
export type UnfitKept =
  /** The set is not there any more, and another one is proposed. */
  | { readonly kind: 'dataset-gone'; readonly dataset: string }
  /** The set has other classes now, so its usual choice counts again. */
  | { readonly kind: 'classes-changed'; readonly dataset: string }
  /** It was kept by another version of Conv Lab. */
  | { readonly kind: 'unreadable' }

/** The choices for the next run. They are kept in the home folder. */
export class NextRun {
  readonly #lab: Pick<LabConnection, 'ask' | 'listen' | 'view'>
  #chosenDataset = $state<string | null>(null)
  /** Changed choices of data, by set. Sets without an entry have their defaults. */
  readonly #dataForms = new SvelteMap<string, DataForm>()
  /** Whether a person chose the preset. */
  #presetChosen = false
  form = $state.raw<RunForm>(untouched(labPreset))
  /** The network of one's own that is trained; null: the preset's. */
  network = $state.raw<ChosenNetwork | null>(null)
  /** The request that the form was filled from; null once there is none. */
  #taken = $state.raw<Taken | null>(null)
  /** The weights from elsewhere with which it begins; null: with initial weights. */
  weights = $state.raw<ConfirmedWeights | null>(null)
  /** Whether a person is about to choose such weights. Nothing begins until they have confirmed or cancelled. */
  choosesWeights = $state(false)
  /** Why the last network of one's own could not be chosen. */
  networkProblem = $state.raw<Problem | null>(null)
  /** Whether the rarely changed settings are shown. */
  showsMore = $state(false)
  #measured = $state.raw<Measured | null>(null)
  /** What the last choice replaced; null where it replaced nothing, or that was read or undone. */
  replaced = $state.raw<Replaced | null>(null)
  /** In what the form that was kept could not be taken as it was; empty once that was read. */
  unfitKept = $state.raw<readonly UnfitKept[]>([])

  /** Whether one of the rarely changed settings is invalid. */
  seldomUnfit = $derived(unfitFields(this.form).some((field) => seldomChanged.includes(field)))
  preset = $derived<PresetId>(this.form.preset)

  dataset = $derived.by<DatasetEntry | null>(() => {
    const datasets = realSets(this.#lab.view?.datasets ?? [])
    return datasets.find((entry) => entry.id === this.#chosenDataset) ?? datasets.at(0) ?? null
  })

  /** The data form of the set; null while no set is known. */
  dataForm = $derived.by<DataForm | null>(() => {
    const entry = this.dataset
    if (entry === null) return null
    const changed = this.#dataForms.get(entry.id)
    return changed !== undefined && stillMeant(entry, changed) ? changed : formOfChoice(entry, usualChoice(entry))
  })

  /** The invalid parts of the data form. */
  unfitData = $derived.by<readonly DataField[]>(() =>
    this.dataset === null || this.dataForm === null ? [] : unfitData(this.dataset, this.dataForm),
  )

  /** The data that the run takes from the set; null while something is invalid. */
  choice = $derived.by<DataChoice | null>(() =>
    this.dataset === null || this.dataForm === null || this.unfitData.length > 0
      ? null
      : choiceOfForm(this.dataset, this.dataForm),
  )

  /** The prepared form of the images that the choice needs; null until it has been prepared. */
  images = $derived.by<PreparedFormEntry | null>(() =>
    this.dataset === null || this.choice === null ? null : preparedForm(this.dataset, this.choice.form),
  )

  /** The set as the run will see it. */
  view = $derived.by<DatasetView | null>(() =>
    this.dataset === null || this.choice === null ? null : viewOf(this.dataset, this.choice),
  )

  /**
   * The numbers in the form. Unless a batch size was entered, it is the preset's, or smaller if there are fewer
   * training images.
   */
  numbers = $derived.by<FormNumbers>(() => {
    const numbers = numbersOf(this.form)
    const share = Math.min(0.5, Math.max(0, (numbers.validationPercent ?? 0) / 100)) || 0
    return this.view === null || this.form.entered.batch !== undefined
      ? numbers
      : { ...numbers, batch: usualBatch(this.form.preset, this.view, share) }
  })

  /** The preset made for the chosen set. */
  suggestion = $derived<PresetId | null>(this.dataset === null ? null : suggestedPreset(this.dataset.id))

  /** What the form alone makes of the choices. */
  #said = $derived.by<Prepared>(() => {
    const { view, choice, network } = this
    if (view === null || choice === null || unfitFields(this.form).length > 0) return { ok: false, problem: null }
    try {
      // Until the images are prepared their hash is unknown, but the rest of the request can be built.
      const request = requestFor(
        this.form.preset,
        view,
        { sha256: this.images?.prepared.sha256 ?? '', choice },
        { ...choicesOf(this.form), ...(network === null ? {} : { network }) },
      )
      const [fault] = network === null ? [] : this.#faultsOf(network, view)
      if (fault !== undefined) return { ok: false, problem: fault.problem }
      return { ok: true, request, parameters: parametersOf(request.config.model) }
    } catch (thrown) {
      return { ok: false, problem: problemOf(thrown) }
    }
  })

  /**
   * The request without weights from elsewhere, or why there is none. One that was taken as a whole counts as long as
   * the form still says what it said then.
   */
  #based = $derived.by<Prepared>(() => {
    const said = this.#said
    const taken = this.#taken
    if (!said.ok || taken === null || saidBy(said.request) !== taken.said) return said
    const { sha256 } = said.request.config.data
    const { config } = taken.request
    const request = { ...taken.request, config: { ...config, data: { ...config.data, sha256 } } }
    return { ok: true, request, parameters: parametersOf(config.model) }
  })

  /** The network as it would be trained, but for layers that are held fixed; null while there is none. */
  model = $derived<Model | null>(this.#based.ok ? this.#based.request.config.model : null)

  /**
   * The request as it would be sent, or why there is none. The problem is null if a field shows it already.
   */
  prepared = $derived.by<Prepared>(() => {
    const based = this.#based
    const { weights } = this
    if (!based.ok || weights === null) return based
    try {
      return { ...based, request: withConfirmedWeights(based.request, weights) }
    } catch (thrown) {
      return { ok: false, problem: problemOf(thrown) }
    }
  })

  /**
   * Whether the next run has settings that the form cannot show, because it was taken from another run. They are lost
   * once something in the form is changed.
   */
  hasMore = $derived.by<boolean>(
    () => this.#based.ok && this.#said.ok && saidBy(this.#based.request) !== saidBy(this.#said.request),
  )

  /** What of the next run rarely does what a person wants. */
  warnings = $derived.by<readonly SettingWarning[]>(() =>
    this.prepared.ok && this.view !== null ? settingWarnings(this.prepared.request, this.view.sizes.train) : [],
  )

  /** What is wrong with a network of one's own for the chosen data. */
  #faultsOf({ network }: ChosenNetwork, { image, classes }: DatasetView): readonly NetworkFault[] {
    const input = croppedInput(this.form.preset, image)
    return checkNetwork(network, { input, classes: classes.length, image }).faults
  }

  /** What the form would send now; null while images are missing, something is invalid, or weights are being chosen. */
  request = $derived<RunRequest | null>(
    this.prepared.ok && this.images !== null && !this.choosesWeights ? this.prepared.request : null,
  )

  constructor(of: Pick<LabConnection, 'ask' | 'listen' | 'view'> = lab) {
    this.#lab = of
    of.listen((news) => {
      if (news.kind === 'reread') this.#offerDataset()
    })
  }

  /**
   * Proposes the set of the newest run, or else one that is on this computer. Does nothing once a set is chosen or
   * proposed.
   */
  #offerDataset(): void {
    const ready = this.#lab.view?.datasets.find((entry) => entry.state === 'ready')
    this.#chosenDataset ??= this.#lab.view?.runs.at(0)?.config.data.dataset ?? ready?.id ?? null
  }

  /** The form as it is, to be kept. */
  kept(): KeptNextRun {
    const { dataset, form, network } = this
    const forms = [...this.#dataForms].map(([id, { classes, groups, ...others }]) => [
      id,
      { ...others, classes: classes === null ? null : [...classes], groups: [...groups] },
    ])
    return {
      dataset: this.#chosenDataset === null || dataset === null ? null : { id: dataset.id, name: dataset.name },
      dataForms: Object.fromEntries(forms),
      presetChosen: this.#presetChosen,
      form,
      network,
      taken: this.#taken,
      showsMore: this.showsMore,
      weights: this.weights,
    }
  }

  /** Takes the form that was kept, and says where it does not fit any more. */
  restore(kept: KeptNextRun): void {
    const unfit: UnfitKept[] = []
    const datasets = realSets(this.#lab.view?.datasets ?? [])
    this.#dataForms.clear()
    for (const [id, form] of Object.entries(kept.dataForms)) {
      const entry = datasets.find((one) => one.id === id)
      if (entry === undefined) continue
      if (stillMeant(entry, form)) this.#dataForms.set(id, form)
      else if (id === kept.dataset?.id) unfit.push({ kind: 'classes-changed', dataset: entry.name })
    }
    if (kept.dataset !== null) {
      const { id, name } = kept.dataset
      if (datasets.some((entry) => entry.id === id)) this.#chosenDataset = id
      else unfit.push({ kind: 'dataset-gone', dataset: name })
    }
    this.#presetChosen = kept.presetChosen
    this.network = kept.network
    this.#taken = kept.taken
    this.showsMore = kept.showsMore
    this.weights = kept.weights
    this.#change(kept.form)
    this.unfitKept = unfit
  }

  /**
   * Chooses a set. As long as the person has neither chosen a preset nor changed its settings, the preset follows: the
   * one made for the set, or the lab's own.
   */
  chooseDataset(id: string): void {
    this.#telling(() => {
      this.#chosenDataset = id
      if (!this.#presetChosen) this.form = withDataset(this.form, id)
    })
  }

  /** Makes a choice, and tells which settings it replaced besides the chosen one. */
  #telling(choose: () => void, chosen?: ReplacedSetting['setting']): void {
    const { preset, hasMore } = this
    const choices = this.choices()
    choose()
    const settings: ReplacedSetting[] = [
      // A person who chose the network knows that it is another one.
      ...(this.#presetChosen || preset === this.preset
        ? []
        : [{ setting: 'network' as const, before: preset, after: this.preset }]),
      ...replacedSettings(choices.form, this.form, this.numbers).filter(({ setting }) => setting !== chosen),
      ...(hasMore && !this.hasMore ? [{ setting: 'more' as const }] : []),
    ]
    this.replaced = settings.length === 0 ? null : { settings, choices }
  }

  /** Goes back to the choices before those that were replaced. */
  undoReplaced(): void {
    if (this.replaced !== null) this.goBack(this.replaced.choices)
  }

  /** Changes what is taken from the chosen set. */
  changeData(form: DataForm): void {
    if (this.dataset !== null) this.#dataForms.set(this.dataset.id, form)
  }

  /** Whether the choice of data differs from the set's default. */
  dataChanged = $derived(this.dataset !== null && this.#dataForms.has(this.dataset.id))

  /** Resets the choice of data to the set's default. */
  takeUsual(): void {
    if (this.dataset !== null) this.#dataForms.delete(this.dataset.id)
  }

  /** Starts over with another preset; only the seed is kept. */
  choosePreset(preset: PresetId): void {
    this.#telling(() => {
      this.#presetChosen = true
      this.network = null
      this.networkProblem = null
      this.form = withPreset(this.form, preset)
    })
  }

  /** Takes a network of one's own with the settings as they are. */
  chooseNetwork(network: ChosenNetwork): void {
    this.#telling(() => {
      this.#presetChosen = true
      this.network = network
      this.networkProblem = null
    })
  }

  /** Takes the newest version of a saved network. */
  async chooseSaved(name: string): Promise<void> {
    const answer = await this.#lab.ask((client) => client.networks.get({ name }))
    if (answer.ok) {
      const { version, network } = answer.value
      this.chooseNetwork({ origin: { name: answer.value.name, version }, network })
    } else this.networkProblem = answer.problem
  }

  /** All choices as they are now. */
  choices(): NextRunChoices {
    const dataset = this.#chosenDataset
    return {
      dataset,
      dataForm: dataset === null ? null : (this.#dataForms.get(dataset) ?? null),
      presetChosen: this.#presetChosen,
      form: this.form,
      network: this.network,
      taken: this.#taken,
      weights: this.weights,
    }
  }

  /** Goes back to earlier choices. */
  goBack({ dataset, dataForm, presetChosen, form, network, taken, weights }: NextRunChoices): void {
    this.#chosenDataset = dataset
    if (dataset !== null && dataForm === null) this.#dataForms.delete(dataset)
    else if (dataset !== null && dataForm !== null) this.#dataForms.set(dataset, dataForm)
    this.#presetChosen = presetChosen
    this.network = network
    this.networkProblem = null
    this.#taken = taken
    this.weights = weights
    this.#change(form)
  }

  /**
   * Takes all settings of a request, with its data and network. What the form cannot show is kept too, as long as
   * nothing is changed. Of a branch it takes everything but the checkpoint with which that begins.
   * @param network The request's network where it is one's own; null where it is the preset's.
   * @param origin Where its weights from elsewhere came from; null where it has none, or nothing is known of it.
   * @throws LabError `dataset-unknown` or `classes-changed`; nothing was taken then.
   */
  take(request: RunRequest, network: ChosenNetwork | null, origin: WeightsOrigin | null = null): void {
    const datasets = realSets(this.#lab.view?.datasets ?? [])
    const { dataset } = request.config.data
    const choice = choiceOf(request.config.data)
    const entry =
      datasets.find(({ id }) => id === dataset) ??
      refuse('dataset-unknown', { dataset, known: datasets.map(({ id }) => id).join(', ') })
    if (!stillMeant(entry, choice)) refuse('classes-changed', { dataset: entry.name })
    this.#chosenDataset = dataset
    this.#dataForms.set(dataset, formOfChoice(entry, choice))
    this.#presetChosen = true
    this.network = network
    this.networkProblem = null
    this.#taken = null
    this.#change(formOfChoices(request.preset, choicesOfRequest(request, viewOf(entry, choice))))
    const { from, ...config } = request.config
    this.weights =
      from === undefined || isBranchPoint(from)
        ? null
        : { from, origin, variables: variableTexts(config.model), frozen: null }
    const said = this.#said
    this.#taken = said.ok ? { request: { ...request, config }, said: saidBy(said.request) } : null
  }

  #change(form: RunForm): void {
    this.form = form
    // Undoing it now would undo this change too.
    this.replaced = null
    // A setting that keeps a run from starting must be visible. For example, fewer steps can make the warm-up too long.
    if (this.seldomUnfit) this.showsMore = true
  }

  chooseOptimizer(kind: Optimizer['kind']): void {
    this.#telling(() => this.#change(withOptimizer(this.form, kind)), 'optimizer')
  }

  chooseSchedule(kind: Schedule['kind']): void {
    this.#telling(() => this.#change(withSchedule(this.form, kind)), 'schedule')
  }

  enter(field: FormNumber, value: number | null): void {
    this.#change({ ...this.form, entered: { ...this.form.entered, [field]: value } })
  }

  distort(distort: boolean): void {
    this.#change({ ...this.form, distort })
  }

  /** Keeps the measured speed of a request for the forecast. */
  keepMeasured({ preset, network, config }: RunRequest, secondsPerStep: number): void {
    this.#measured = {
      preset,
      network: network?.name ?? null,
      dataset: config.data.dataset,
      batch: config.batch,
      rate: config.batch / secondsPerStep,
    }
  }

  /**
   * Images per second: as measured for these settings, or as in the newest run of the same network. A run with the same
   * batch size and set is preferred. Without a run, as measured for other settings of the same network.
   */
  rate = $derived.by<number | null>(() => {
    const { preset } = this
    const network = this.network?.origin.name ?? null
    const { batch } = this.numbers
    const dataset = this.dataset?.id
    const measured = this.#measured
    const isSame = measured !== null && (network === null ? measured.preset === preset : true)
    if (isSame && measured.network === network && measured.dataset === dataset && measured.batch === batch)
      return measured.rate
    const known = (this.#lab.view?.runs ?? []).filter(
      (run) =>
        (network === null ? run.preset === preset : true) &&
        (run.network?.name ?? null) === network &&
        run.imagesPerSecond !== null,
    )
    const same = (run: RunSummary): boolean => run.config.batch === batch && run.config.data.dataset === dataset
    const run = known.find(same) ?? known.at(0)
    // Other settings of the same network are about as fast, and better than nothing.
    return run?.imagesPerSecond ?? (isSame && measured.network === network ? measured.rate : null)
  })
}

export const nextRun = new NextRun()
