import { eventIterator, oc } from '@orpc/contract'
import { z } from 'zod'
import { DatasetProgress, Sha256 } from '../data/dataset.ts'
import { OfferedArchive, OfferedTemplate, TemplateFile } from '../mirror/mirrorOffer.ts'
import { ArchiveSystem } from '../mirror/portableArchive.ts'
import { Problem } from '../words/problems.ts'

const call = oc.errors({ PROBLEM: { data: Problem } })

/** What a mirror has for this Conv Lab. */
export const UpdateLook = z.strictObject({
  /** The mirror that was asked. */
  mirror: z.string(),
  /** The version that runs. */
  running: z.string(),
  /** What it was started from: a portable folder, or its sources or an installed app, which are renewed in other ways. */
  origin: z.enum(['portable', 'other']),
  /** The home folder, if it lies in the portable folder and so has to be moved into that of a new version. */
  homeToMove: z.string().nullable(),
  /** The newest archive for this system, against the version that runs; `none`: the systems for which there are some. */
  found: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.enum(['newer', 'same', 'older']), archive: OfferedArchive }),
    z.strictObject({ kind: z.literal('none'), systems: z.array(ArchiveSystem) }),
  ]),
  /** Networks and sweeps that are handed out. */
  templates: z.array(OfferedTemplate),
  /** Where an archive is saved unless a person says another folder. */
  folder: z.string(),
})
export type UpdateLook = z.infer<typeof UpdateLook>

/** How far an archive has come, and at last where it is. */
export const UpdateEvent = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('progress'), progress: DatasetProgress }),
  z.strictObject({ kind: z.literal('saved'), file: z.string(), bytes: z.int().min(1), sha256: Sha256 }),
])
export type UpdateEvent = z.infer<typeof UpdateEvent>

/** What the mirror in use has of the program. Nothing is asked unless one of these is called, and nobody else is asked. */
export const updateContract = {
  /** Asks the mirror in use. */
  look: call.output(UpdateLook),
  /**
   * Saves an archive of the mirror in use as a file in a folder of this computer, after its sum was checked; ends with
   * `saved`. Who stops listening cancels it, and nothing of it is left.
   * @param folder null: the one that `look` named
   */
  save: call
    .input(z.strictObject({ archive: OfferedArchive, folder: z.string().max(1000).nullable() }))
    .output(eventIterator(UpdateEvent)),
  /** The text of a template of the mirror in use. */
  template: call
    .input(z.strictObject({ file: TemplateFile }))
    .output(z.strictObject({ file: z.string(), text: z.string() })),
}
