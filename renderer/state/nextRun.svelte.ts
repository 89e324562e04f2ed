import { SvelteMap } from 'svelte/reactivity'
import type { DataChoice } from '../../core/data/dataChoice.ts'
import { type DatasetView, preparedForm, usualChoice, viewOf } from '../../core/data/datasetView.ts'
import { parametersOf } from '../../core/network/geometry.ts'
import type { DatasetEntry, PreparedFormEntry } from '../../core/data/dataset.ts'
import { labPreset, requestFor, suggestedPreset, usualBatch } from '../../core/run/presets.ts'
import type { Problem } from '../../core/words/problems.ts'
import { problemOf } from '../../core/words/problems.ts'
import type { Optimizer, PresetId, RunRequest, RunSummary, Schedule } from '../../core/run/run.ts'
import { choiceOfForm, type DataField, type DataForm, formOfChoice, stillMeant, unfitData } from './dataForm.ts'
import { type Lab, lab } from './lab.svelte.ts'
import { realSets } from './ownImages.ts'
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

/** How fast a network was found to train with one batch size on one set. */
interface Measured {
  readonly preset: PresetId
  readonly dataset: string
  readonly batch: number
  /** Images a second. */
  readonly rate: number
}

/** What is chosen for the next run; lives as long as the window. */
export class NextRun {
  readonly #lab: Pick<Lab, 'listen' | 'view'>
  #chosenDataset = $state<string | null>(null)
  /** What was changed of a set's usual choice, by set. */
  readonly #dataForms = new SvelteMap<string, DataForm>()
  /** Whether a person chose the preset. */
  #presetChosen = false
  form = $state.raw<RunForm>(untouched(labPreset))
  /** Whether the settings that are seldom changed are shown. */
  showsMore = $state(false)
  #measured = $state.raw<Measured | null>(null)

  /** Whether one of the settings that are seldom changed does not fit. */
  seldomUnfit = $derived(unfitFields(this.form).some((field) => seldomChanged.includes(field)))
  preset = $derived<PresetId>(this.form.preset)

  dataset = $derived.by<DatasetEntry | null>(() => {
    const datasets = realSets(this.#lab.view?.datasets ?? [])
    return datasets.find((entry) => entry.id === this.#chosenDataset) ?? datasets.at(0) ?? null
  })

  /** What is taken of the set, as it stands in the form; null while no set is known. */
  dataForm = $derived.by<DataForm | null>(() => {
    const entry = this.dataset
    if (entry === null) return null
    const changed = this.#dataForms.get(entry.id)
    return changed !== undefined && stillMeant(entry, changed) ? changed : formOfChoice(entry, usualChoice(entry))
  })

  /** Parts of it that do not fit. */
  unfitData = $derived.by<readonly DataField[]>(() =>
    this.dataset === null || this.dataForm === null ? [] : unfitData(this.dataset, this.dataForm),
  )

  /** What of the set the run takes; null while something does not fit. */
  choice = $derived.by<DataChoice | null>(() =>
    this.dataset === null || this.dataForm === null || this.unfitData.length > 0
      ? null
      : choiceOfForm(this.dataset, this.dataForm),
  )

  /** The form of the images that the choice needs, once it is prepared. */
  images = $derived.by<PreparedFormEntry | null>(() =>
    this.dataset === null || this.choice === null ? null : preparedForm(this.dataset, this.choice.form),
  )

  /** What the run sees of the set. */
  view = $derived.by<DatasetView | null>(() =>
    this.dataset === null || this.choice === null ? null : viewOf(this.dataset, this.choice),
  )

  /**
   * The numbers as they stand in the form. A batch size that was not entered is the preset's, or smaller where fewer images
   * train.
   */
  numbers = $derived.by<FormNumbers>(() => {
    const numbers = numbersOf(this.form)
    const share = Math.min(0.5, Math.max(0, (numbers.validationPercent ?? 0) / 100)) || 0
    return this.view === null || this.form.entered.batch !== undefined
      ? numbers
      : { ...numbers, batch: usualBatch(this.form.preset, this.view, share) }
  })

  /** The preset that was made for the chosen set. */
  suggestion = $derived<PresetId | null>(this.dataset === null ? null : suggestedPreset(this.dataset.id))

  /** The request as it would be sent, or why there is none; a problem of null is shown at its field. */
  prepared = $derived.by<Prepared>(() => {
    const { view, choice } = this
    if (view === null || choice === null || unfitFields(this.form).length > 0) return { ok: false, problem: null }
    try {
      // Without the data its identity is not known, but all else of the request can be said already.
      const request = requestFor(
        this.form.preset,
        view,
        { sha256: this.images?.prepared.sha256 ?? '', choice },
        choicesOf(this.form),
      )
      return { ok: true, request, parameters: parametersOf(request.config.model) }
    } catch (thrown) {
      return { ok: false, problem: problemOf(thrown) }
    }
  })

  /** What the form would send now; null while the images are not here or something does not fit. */
  request = $derived<RunRequest | null>(this.prepared.ok && this.images !== null ? this.prepared.request : null)

  constructor(of: Pick<Lab, 'listen' | 'view'> = lab) {
    this.#lab = of
    of.listen((news) => {
      if (news.kind === 'reread') this.#offerDataset()
    })
  }

  /** Until a person chooses: the newest run's set, or one that is here. Kept then, whatever else arrives. */
  #offerDataset(): void {
    const ready = this.#lab.view?.datasets.find((entry) => entry.state === 'ready')
    this.#chosenDataset ??= this.#lab.view?.runs.at(0)?.config.data.dataset ?? ready?.id ?? null
  }

  /**
   * Takes the preset made for that set, or the lab's own, until a person chooses a preset or changes its settings.
   */
  chooseDataset(id: string): void {
    this.#chosenDataset = id
    if (!this.#presetChosen) this.form = withDataset(this.form, id)
  }

  /** Takes something else of the chosen set. */
  changeData(form: DataForm): void {
    if (this.dataset !== null) this.#dataForms.set(this.dataset.id, form)
  }

  /** Whether something else of the chosen set is taken than usual. */
  dataChanged = $derived(this.dataset !== null && this.#dataForms.has(this.dataset.id))

  /** Takes again what is usually taken of the chosen set. */
  takeUsual(): void {
    if (this.dataset !== null) this.#dataForms.delete(this.dataset.id)
  }

  /** Begins anew with another preset; the seed stays. */
  choosePreset(preset: PresetId): void {
    this.#presetChosen = true
    this.form = withPreset(this.form, preset)
  }

  #change(form: RunForm): void {
    this.form = form
    // What keeps a run from starting is never out of sight; a number of steps can make a warm-up too long.
    if (this.seldomUnfit) this.showsMore = true
  }

  chooseOptimizer(kind: Optimizer['kind']): void {
    this.#change(withOptimizer(this.form, kind))
  }

  chooseSchedule(kind: Schedule['kind']): void {
    this.#change(withSchedule(this.form, kind))
  }

  enter(field: FormNumber, value: number | null): void {
    this.#change({ ...this.form, entered: { ...this.form.entered, [field]: value } })
  }

  distort(distort: boolean): void {
    this.#change({ ...this.form, distort })
  }

  /** Keeps how fast the steps of a request were found to be, for the forecast. */
  keepMeasured({ preset, config }: RunRequest, secondsPerStep: number): void {
    this.#measured = { preset, dataset: config.data.dataset, batch: config.batch, rate: config.batch / secondsPerStep }
  }

  /**
   * Images a second as they were measured for these settings, or as the newest comparable run reached them: same
   * network, same batch if there is one.
   */
  rate = $derived.by<number | null>(() => {
    const { preset } = this
    const { batch } = this.numbers
    const dataset = this.dataset?.id
    const measured = this.#measured
    if (measured !== null && measured.preset === preset && measured.dataset === dataset && measured.batch === batch)
      return measured.rate
    const known = (this.#lab.view?.runs ?? []).filter((run) => run.preset === preset && run.imagesPerSecond !== null)
    const same = (run: RunSummary): boolean => run.config.batch === batch && run.config.data.dataset === dataset
    return (known.find(same) ?? known.at(0))?.imagesPerSecond ?? null
  })
}

export const nextRun = new NextRun()
