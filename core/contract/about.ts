import { z } from 'zod'
import { RunId } from '../run/run.ts'

/** What this Conv Lab is made of and where its files are. */
export const About = z.strictObject({
  /** The shell's parts; null where it has none. The version of TensorFlow is the engine's to say. */
  versions: z.strictObject({
    lab: z.string(),
    node: z.string(),
    sqlite: z.string(),
    electron: z.string().nullable(),
    chromium: z.string().nullable(),
  }),
  /** The most threads that are of use: as many as the computer has for this process. */
  processors: z.int().min(1),
  /** Absolute paths. */
  places: z.strictObject({
    home: z.string(),
    history: z.string(),
    checkpoints: z.string(),
    datasets: z.string(),
    log: z.string(),
    cache: z.string(),
  }),
  /** Whether `openFolder` can show folders. */
  opensFolders: z.boolean(),
})
export type About = z.infer<typeof About>

/** A folder of the lab: its home, its cache, or the checkpoints of one run. */
export const FolderToOpen = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('home') }),
  z.strictObject({ kind: z.literal('cache') }),
  z.strictObject({ kind: z.literal('checkpoints'), run: RunId }),
])
export type FolderToOpen = z.infer<typeof FolderToOpen>
