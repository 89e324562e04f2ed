import type { ErredImage, ErrorsList } from '../../core/errors/erredImages.ts'
import type { ComparedListQuestion, ComparedPage } from '../../core/errors/errorsComparison.ts'
import { PagedList } from './pagedList.svelte.ts'

/** A checkpoint as the calls about errors name it. */
export interface ErredSubject {
  readonly run: number
  readonly checkpoint: number
}

/** Test images of a checkpoint's list. */
export function erredList({ run, checkpoint }: ErredSubject, list: ErrorsList): PagedList<ErredImage> {
  return new PagedList((client, from, count) => client.errors.images({ run, checkpoint, list, from, count }))
}

/** The images that one of two checkpoints gets right and the other wrong. */
export function comparedList(
  question: Pick<ComparedListQuestion, 'first' | 'second' | 'right'>,
): PagedList<ComparedPage['images'][number]> {
  return new PagedList((client, from, count) => client.errors.compared({ ...question, from, count }))
}
