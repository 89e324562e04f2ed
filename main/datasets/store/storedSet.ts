import { statSync } from 'node:fs'
import { formKey, type DatasetForm } from '../../../core/data/dataChoice.ts'
import type { DatasetContents, DatasetEntry, DatasetProgress, PreparedFormEntry } from '../../../core/data/dataset.ts'
import { usualChoice, usualForm, viewOf } from '../../../core/data/datasetView.ts'
import { problemOf, type Problem } from '../../../core/words/problems.ts'
import { checkCollection } from '../../files/collection.ts'
import { twinCount } from '../../files/formFacts.ts'
import type { PreparedCard } from '../../files/preparedCard.ts'
import { checkPreparedSizes } from '../../files/preparedForm.ts'
import { factsOf, type DatasetDefinition } from '../definition.ts'
import { JobQueue } from '../jobs/jobQueue.ts'
import { collectionFolder, formFolders } from './setFolders.ts'
import { readSetFile, type SetFile } from './setFile.ts'

/** A form that is prepared. */
export interface StoredForm {
  readonly folder: string
  readonly stored: PreparedCard
  /** How many of its images have twins; null: not counted yet. */
  readonly twins: number | null
}

const awaited: DatasetProgress = {
  stage: 'reading',
  doneBytes: 0,
  totalBytes: null,
  bytesPerSecond: null,
  secondsLeft: null,
}

/** One set of a home folder: what of it is on disk, which jobs it has, and the entry that the window shows. */
export class StoredSet {
  readonly definition: DatasetDefinition
  /** The set's folder, which need not exist. */
  readonly folder: string
  readonly jobs = new JobQueue()
  progress: DatasetProgress | null = null
  problem: Problem | null = null
  #file: SetFile | null = null
  #hasPictures = false
  readonly #forms = new Map<string, StoredForm>()

  /** Reads what is stored: a few system calls per form. */
  constructor(definition: DatasetDefinition, folder: string) {
    this.definition = definition
    this.folder = folder
    this.refresh()
  }

  /** Reads again what is stored. Damaged forms count as absent, and `problem` says why. */
  refresh(): void {
    this.#forms.clear()
    this.#file = null
    this.#hasPictures = false
    if (statSync(this.folder, { throwIfNoEntry: false }) === undefined) return
    this.#file = readSetFile(this.folder)
    this.#hasPictures = checkCollection(collectionFolder(this.folder)) !== null
    // Why the last attempt to get the set failed is more recent, so it is kept.
    const wrong = formFolders(this.folder).map((folder) => this.#refreshForm(folder))
    this.problem ??= wrong.find((one) => one !== null) ?? null
  }

  /**
   * A form (by default the usual one) after checking its files again, which may have changed while the lab is open.
   * Null if it is not prepared or is damaged.
   */
  checkedForm(form: DatasetForm = this.usualForm): StoredForm | null {
    const before = this.#forms.get(formKey(form))
    if (before !== undefined) this.problem = this.#refreshForm(before.folder) ?? this.problem
    return this.#forms.get(formKey(form)) ?? null
  }

  /** As `checkedForm`, by the form's key and without checking the files. */
  knownForm(key: string): StoredForm | null {
    return this.#forms.get(key) ?? null
  }

  get usualForm(): DatasetForm {
    return usualForm(this.definition.card)
  }

  /** Whether the usual form is prepared. */
  get ready(): boolean {
    return this.knownForm(formKey(this.usualForm)) !== null
  }

  /** Whether the set has a collection of pictures, from which forms can be made. */
  get hasPictures(): boolean {
    return this.#hasPictures
  }

  get edition(): string | null {
    return this.#file?.edition ?? null
  }

  get file(): SetFile | null {
    return this.#file
  }

  /** The set as the window shows it. */
  entry(): DatasetEntry {
    const usual = this.knownForm(formKey(this.usualForm))
    const others = [...this.#forms.values()].filter((one) => one !== usual)
    const forms = [...(usual === null ? [] : [usual]), ...others].map(formEntry)
    // A person's own set may have been imported from a pack under another name.
    const { id, name } = this.definition.card
    const viewed = {
      ...(usual?.stored.card ?? this.#file?.card ?? this.definition.card),
      ...factsOf(this.definition),
      id,
      name,
      forms,
      contents: this.#contents(forms),
    }
    return {
      ...viewed,
      // A form's card counts all images in its files; these are the sizes after the usual choice.
      sizes: usual === null ? viewed.sizes : viewOf(viewed, usualChoice(viewed)).sizes,
      state: usual !== null ? 'ready' : this.jobs.busy ? 'getting' : 'absent',
      prepared: usual?.stored.prepared ?? null,
      // A waiting job shows progress too. Otherwise whoever asked for it would take it for finished.
      progress: this.progress ?? (this.jobs.busy ? awaited : null),
      problem: this.problem,
    }
  }

  #contents(forms: readonly PreparedFormEntry[]): DatasetContents | null {
    const parts = this.#file?.collection?.parts ?? forms.at(0)?.parts
    if (parts === undefined || (forms.length === 0 && !this.#hasPictures)) return null
    const {
      published = true,
      edition = null,
      broken = { count: 0, first: [] },
      missing = [],
      leftOut = [],
      plan = null,
    } = this.#file ?? {}
    const bytes = forms.reduce((sum, { prepared }) => sum + prepared.bytes, this.#file?.collection?.bytes ?? 0)
    return { parts: [...parts], published, edition, broken, missing, leftOut, plan, bytes }
  }

  /** @returns what is wrong with the form in a folder. */
  #refreshForm(folder: string): Problem | null {
    const { id, name } = this.definition.card
    for (const [key, one] of this.#forms) if (one.folder === folder) this.#forms.delete(key)
    try {
      const stored = checkPreparedSizes(folder)
      this.#forms.set(formKey(stored.form), { folder, stored, twins: twinCount(folder) })
      return null
    } catch (thrown) {
      const of = problemOf(thrown)
      return { ...of, parameters: { ...of.parameters, dataset: name, id } }
    }
  }
}

function formEntry({ stored: { form, prepared, card, parts }, twins }: StoredForm): PreparedFormEntry {
  return { form, prepared, image: card.image, parts, twins }
}
