/**
 * Maps items asynchronously, up to `together` at once, and yields the results in the order of the items.
 * @throws the error of the first item in order that failed, after waiting for what is still running.
 */
export async function* mapInOrder<Item, Result>(
  items: Iterable<Item>,
  together: number,
  work: (item: Item) => Promise<Result>,
): AsyncGenerator<Result> {
  const underWay: Promise<Result>[] = []
  try {
    for (const item of items) {
      const result = work(item)
      // A failure is thrown at its turn. Until then it must not count as an unhandled rejection.
      result.catch(() => undefined)
      underWay.push(result)
      const next = underWay.length < together ? undefined : underWay.shift()
      if (next !== undefined) yield await next
    }
    while (underWay.length > 0) yield await underWay.splice(0, 1)[0]
  } finally {
    await Promise.allSettled(underWay)
  }
}
