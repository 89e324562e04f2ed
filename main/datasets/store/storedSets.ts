import { formKey, type DatasetForm } from '../../../core/data/dataChoice.ts'
import { ownTemplate, type DatasetEntry } from '../../../core/data/dataset.ts'
import { LabError, refuse } from '../../../core/words/problems.ts'
import type { DatasetDefinition } from '../definition.ts'
import { setFolder, tidy } from './setFolders.ts'
import { freeOwnId, isOwnId, ownDefinition, ownSetsIn } from './ownSets.ts'
import { StoredSet, type StoredForm } from './storedSet.ts'

export interface StoredSetsOptions {
  /** Folder of all sets. It is made when the first set arrives. */
  readonly folder: string
  /** Called with each changed entry. */
  readonly onChange: (entry: DatasetEntry) => void
  readonly definitions: readonly DatasetDefinition[]
}

/** The sets of a folder by their ids: those of the catalogue, then the person's own. */
export class StoredSets {
  readonly folder: string
  readonly #onChange: (entry: DatasetEntry) => void
  readonly #byId: Map<string, StoredSet>

  /**
   * Reads what is stored (a few system calls per form) and removes what a crash left half-written.
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

  /**
   * Adds an empty set for a person's own images, with a free id. What failed to be imported before is forgotten: it is
   * no set, and only told why.
   */
  addOwn(name: string, template: DatasetDefinition): StoredSet {
    for (const set of this.all.filter(isFailedImport)) {
      set.problem = null
      this.forgetOwn(set.definition.card.id)
      this.changed(set)
    }
    const taken = (id: string): boolean => {
      const other = this.#byId.get(id)
      return other !== undefined && !isFailedImport(other)
    }
    const id = freeOwnId(name, taken)
    const made = this.#newSet(ownDefinition(template, { ...template.card, id, name }))
    this.#byId.set(id, made)
    return made
  }

  /**
   * Forgets a person's own set whose files have been deleted. Sets of the catalogue stay, because they can be
   * downloaded again.
   */
  forgetOwn(id: string): void {
    if (isOwnId(id)) this.#byId.delete(id)
  }

  /** A form by its key, as of the last check; null if it is not prepared. */
  knownForm(id: string, key: string): StoredForm | null {
    return this.#byId.get(id)?.knownForm(key) ?? null
  }

  /**
   * A prepared form (by default the usual one), after checking its files again.
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

  /** Reports a changed entry. */
  changed(set: StoredSet): void {
    this.#onChange(set.entry())
  }

  #newSet(definition: DatasetDefinition): StoredSet {
    return new StoredSet(definition, setFolder(this.folder, definition.card.id))
  }
}

/** Whether a person's own images could not be imported, so that nothing of the set is there. */
function isFailedImport(set: StoredSet): boolean {
  return isOwnId(set.definition.card.id) && set.file === null && !set.jobs.busy
}

/**
 * Refuses to use a set that is missing or damaged.
 * @throws LabError `dataset-missing` or `dataset-damaged`.
 */
export function refuseAbsentSet({ definition: { card }, problem: why }: StoredSet): never {
  if (why?.code === 'dataset-damaged') throw new LabError(why)
  return refuse('dataset-missing', { dataset: card.name, id: card.id })
}
