import type { DataChoice } from '../../core/data/dataChoice.ts'
import type { ListedImage, Split } from '../../core/data/dataset.ts'
import type { LabConnection } from './lab.svelte.ts'
import { PagedList } from './pagedList.svelte.ts'

/** What a list contains: one part of a set under a choice, with all its labels or a single one. */
export interface ListedQuery {
  readonly dataset: string
  /** Identity of the prepared form. A different form makes a different list. */
  readonly sha256: string
  readonly choice: DataChoice
  readonly split: Split
  /** Position of the label in the choice; null means all labels. */
  readonly label: number | null
}

/** A long list of images of a set. */
export class ImageList extends PagedList<ListedImage> {
  constructor({ dataset, choice, split, label }: ListedQuery, to?: Pick<LabConnection, 'ask'>) {
    super((client, from, count) => client.datasets.images({ dataset, choice, split, label, from, count }), to)
  }
}
