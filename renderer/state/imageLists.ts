import { ImageList, type ListedQuery } from './imageList.svelte.ts'

const keptLists = 40
const lists = new Map<string, ImageList>()

/** The list for a query. Recently used lists are cached and returned again. */
export function imageListOf(query: ListedQuery): ImageList {
  const key = JSON.stringify(query)
  const list = lists.get(key) ?? new ImageList(query)
  lists.delete(key)
  lists.set(key, list)
  for (const oldest of lists.keys()) {
    if (lists.size <= keptLists) break
    lists.delete(oldest)
  }
  return list
}
