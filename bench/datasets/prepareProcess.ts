import type { DatasetForm } from '../../core/data/dataChoice.ts'
import { sentenceOf } from '../../core/words/problems.ts'
import { DatasetStore } from '../../main/datasets/datasetStore.ts'

// A process that prepares a set as the app does, and tells how long it took and how much memory it had at most:
// arguments are a folder of sets, the set's id, the files to import, and a side or nothing.

/** What it writes as JSON. */
export interface Prepared {
  /** From the beginning of the import until the usual form is ready. */
  readonly importing: number
  /** Preparing of the other form alone; null where none was asked for. */
  readonly another: number | null
  readonly images: number
  /** Largest resident memory of the process, in bytes. */
  readonly peak: number
}

const [folder, id, file, side] = process.argv.slice(2)
const store = new DatasetStore({ folder, onChange: () => undefined })

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now()
  await work()
  return (performance.now() - start) / 1000
}

const importing = await timed(async () => {
  await store.import(id, file)
  const { problem } = await store.whenSettled(id)
  if (problem !== null) throw new Error(sentenceOf(problem, 'en'))
})
const form: DatasetForm | null = side === undefined ? null : { side: Number(side), fit: 'crop', cut: { kind: 'whole' } }
const another = form === null ? null : await timed(() => store.prepare(id, form))
const images = store
  .entry(id)
  .forms[0].parts.reduce((sum, { counts }) => sum + counts.reduce((one, other) => one + other, 0), 0)
await store.close()
const prepared: Prepared = { importing, another, images, peak: process.resourceUsage().maxRSS * 1024 }
process.stdout.write(JSON.stringify(prepared))
