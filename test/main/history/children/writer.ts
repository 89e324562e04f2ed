/**
 * A process that trains a run in the history alone: batches of 7 steps without end, with the health after each, and
 * tells the last step of each that is stored.
 */
import { homePlaces } from '../../../../main/files/places.ts'
import { History } from '../../../../main/history/history.ts'
import { healthAt } from '../sampleHealth.ts'
import { addCheckpoint, engine, request } from '../testRun.ts'

const batch = 7
const home = homePlaces(process.argv[2])
const history = History.open(home)
const { id } = history.createRun(request, 50_000)
history.beginStretch(id, 0, engine)
for (let first = 1; ; first += batch) {
  const column = Array.from({ length: batch }, (_, index) => first + index)
  history.addSteps(id, first, column, column, column)
  history.addHealth(id, healthAt(first + batch - 1))
  if (first % (batch * 20) === 1) addCheckpoint(home, history, id, first + batch - 1)
  process.send?.(first + batch - 1)
  // The message must leave before the next batch, so that what was told was stored.
  await new Promise((resolve) => setImmediate(resolve))
}
