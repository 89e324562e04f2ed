import { formKey, type DatasetForm } from '../../../core/dataChoice.ts'
import { ownTemplate, type DatasetEntry } from '../../../core/dataset.ts'
import { LabError, refuse } from '../../../core/problems.ts'
import type { DatasetDefinition } from '../definition.ts'
import { setFolder, tidy } from './setFolders.ts'
import { freeOwnId, isOwnId, ownDefinition, ownSetsIn } from './ownSets.ts'
import { StoredSet, type StoredForm } from './storedSet.ts'

export interface StoredSetsOptions {
  /** Folder of all sets; made when the first one comes. */
  readonly folder: string
  /** Told every change of an entry. */
  readonly onChange: (entry: DatasetEntry) => void
  readonly definitions: readonly DatasetDefinition[]
}

/** The sets of a folder by their ids: those of the catalogue, then the person's own. */
export class StoredSets {
  readonly folder: string
  readonly #onChange: (entry: DatasetEntry) => void
  readonly #byId: Map<string, StoredSet>

  /**
   * Looks what is there (some calls to the system a form) and removes what a crash left half-written.
   * @throws LabError `write-failed`.
   */
  constructor({ folder, onChange, definitions }: StoredSetsOptions) {
    this.folder = folder
    this.#onChange = onChange
    tidy(folder)
    const template = definitions.find(({ card }) => card.id === ownTemplate)
    const own = template === undefined ? [] : ownSetsIn(folder, template)
    this.#byId = new Map([...definitions, ...own].map((definition) => [definition.card.id, this.#newSet(definition)]))
  }

  get all(): StoredSet[] {
    return [...this.#byId.values()]
  }

  /** @throws LabError `dataset-unknown`. */
  get(id: string): StoredSet {
    return this.#byId.get(id) ?? refuse('dataset-unknown', { dataset: id, known: [...this.#byId.keys()].join(', ') })
  }

  /** A place for one more set of the person's own. */
  addOwn(name: string, template: DatasetDefinition): StoredSet {
    const taken = (id: string): boolean => {
      const other = this.#byId.get(id)
      return other !== undefined && (other.ready || other.hasPictures || other.jobs.busy)
    }
    const id = freeOwnId(name, taken)
    const made = this.#newSet(ownDefinition(template, { ...template.card, id, name }))
    this.#byId.set(id, made)
    return made
  }

  /**
   * Takes the place of a set away whose files have gone. Those of the catalogue keep theirs, because they can be had
   * again.
   */
  forgetOwn(id: string): void {
    if (isOwnId(id)) this.#byId.delete(id)
  }

  /** What is prepared of a set under a form's key, as it was when it was looked at last; null where nothing is. */
  knownForm(id: string, key: string): StoredForm | null {
    return this.#byId.get(id)?.knownForm(key) ?? null
  }

  /**
   * What is prepared of a form (the usual one where none is named), looked at anew.
   * @throws LabError `dataset-unknown`, `dataset-missing`, `form-missing` or `dataset-damaged`.
   */
  checkedForm(id: string, form?: DatasetForm): StoredForm {
    const set = this.get(id)
    const key = formKey(form ?? set.usualForm)
    const before = set.knownForm(key)
    const found = set.checkedForm(form)
    if (found !== null) return found
    if (before !== null) this.changed(set)
    if (set.ready) refuse('form-missing', { dataset: set.definition.card.name, id, form: key })
    return refuseAbsentSet(set)
  }

  /** Tells that a set's entry has changed. */
  changed(set: StoredSet): void {
    this.#onChange(set.entry())
  }

  #newSet(definition: DatasetDefinition): StoredSet {
    return new StoredSet(definition, setFolder(this.folder, definition.card.id))
  }
}

/**
 * Says that a set is not here, or why what was here counts no more. @throws LabError `dataset-missing` or
 * `dataset-damaged`.
 */
export function refuseAbsentSet({ definition: { card }, problem: why }: StoredSet): never {
  if (why?.code === 'dataset-damaged') throw new LabError(why)
  return refuse('dataset-missing', { dataset: card.name, id: card.id })
}
