// A main process that trains until it is killed. Prints its engine's process id once the first steps are there.
import { TrainOrder } from '../../../../core/contract/engineContract.ts'
import { EngineHost, forkEngine } from '../../../../main/engine/host/engineHost.ts'

let pid: number | undefined
const host = new EngineHost({
  launch: () => {
    const engine = forkEngine()
    pid = engine.pid
    return engine
  },
  onStatus: () => undefined,
})
let printed = false
for await (const event of host.train(TrainOrder.parse(JSON.parse(process.argv[2])))) {
  if (event.kind !== 'steps' || printed) continue
  printed = true
  console.log(pid)
}
