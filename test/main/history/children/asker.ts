/** A process that opens the history of the home folder named on its command line and tells what it got. */
import { LabError } from '../../../../core/words/problems.ts'
import { homePlaces } from '../../../../main/files/places.ts'
import { History } from '../../../../main/history/history.ts'

try {
  const history = History.open(homePlaces(process.argv[2]))
  process.send?.(history.runs().map((run) => run.state))
  history.close()
} catch (thrown) {
  if (!(thrown instanceof LabError)) throw thrown
  process.send?.(thrown.problem)
}
