import { formKey, type DatasetForm } from '../../../core/dataChoice.ts'
import { ownTemplate, type DatasetEntry } from '../../../core/dataset.ts'
import { LabError, refuse } from '../../../core/problems.ts'
import type { DatasetDefinition } from '../definition.ts'
import { setFolder, tidy } from './setFolders.ts'
import { freeOwnId, isOwnId, ownDefinition, ownSetsIn } from './ownSets.ts'
import { Slot, type StoredForm } from './storedSet.ts'

export interface ShelfOptions {
  /** Folder of all sets; made when the first one comes. */
  readonly folder: string
  /** Told every change of an entry. */
  readonly onChange: (entry: DatasetEntry) => void
  readonly definitions: readonly DatasetDefinition[]
}

/** The sets of a folder by their ids: those of the catalogue, then the person's own. */
export class Shelf {
  readonly folder: string
  readonly #onChange: (entry: DatasetEntry) => void
  readonly #slots: Map<string, Slot>

  /**
   * Looks what is there (some calls to the system a form) and removes what a crash left half-written.
   * @throws LabError `write-failed`.
   */
  constructor({ folder, onChange, definitions }: ShelfOptions) {
    this.folder = folder
    this.#onChange = onChange
    tidy(folder)
    const template = definitions.find(({ card }) => card.id === ownTemplate)
    const own = template === undefined ? [] : ownSetsIn(folder, template)
    this.#slots = new Map([...definitions, ...own].map((definition) => [definition.card.id, this.#newSlot(definition)]))
  }

  get slots(): Slot[] {
    return [...this.#slots.values()]
  }

  /** @throws LabError `dataset-unknown`. */
  slot(id: string): Slot {
    return this.#slots.get(id) ?? refuse('dataset-unknown', { dataset: id, known: [...this.#slots.keys()].join(', ') })
  }

  /** A place for one more set of the person's own. */
  addOwn(name: string, template: DatasetDefinition): Slot {
    const taken = (id: string): boolean => {
      const other = this.#slots.get(id)
      return other !== undefined && (other.ready || other.collected || other.jobs.busy)
    }
    const id = freeOwnId(name, taken)
    const made = this.#newSlot(ownDefinition(template, { ...template.card, id, name }))
    this.#slots.set(id, made)
    return made
  }

  /**
   * Takes the place of a set away whose files have gone. Those of the catalogue keep theirs, because they can be had
   * again.
   */
  emptied(id: string): void {
    if (isOwnId(id)) this.#slots.delete(id)
  }

  /** What is prepared of a set under a form's key, as it was when it was looked at last; null where nothing is. */
  known(id: string, key: string): StoredForm | null {
    return this.#slots.get(id)?.known(key) ?? null
  }

  /**
   * What is prepared of a form (the usual one where none is named), looked at anew.
   * @throws LabError `dataset-unknown`, `dataset-missing`, `form-missing` or `dataset-damaged`.
   */
  stored(id: string, form?: DatasetForm): StoredForm {
    const slot = this.slot(id)
    const key = formKey(form ?? slot.usual)
    const before = slot.known(key)
    const found = slot.form(form)
    if (found !== null) return found
    if (before !== null) this.changed(slot)
    if (slot.ready) refuse('form-missing', { dataset: slot.definition.card.name, id, form: key })
    return refuseMissing(slot)
  }

  /** Tells that a set's entry has changed. */
  changed(slot: Slot): void {
    this.#onChange(slot.entry())
  }

  #newSlot(definition: DatasetDefinition): Slot {
    return new Slot(definition, setFolder(this.folder, definition.card.id))
  }
}

/**
 * Says that a set is not here, or why what was here counts no more. @throws LabError `dataset-missing` or
 * `dataset-damaged`.
 */
export function refuseMissing({ definition: { card }, problem: why }: Slot): never {
  if (why?.code === 'dataset-damaged') throw new LabError(why)
  return refuse('dataset-missing', { dataset: card.name, id: card.id })
}
