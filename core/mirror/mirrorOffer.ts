import { z } from 'zod'
import { DatasetId, Sha256 } from '../data/dataset.ts'
import { ArchiveSystem, archiveNamed, compareVersions, LabVersion } from './portableArchive.ts'

/** The name of the list in a mirror. */
export const offerName = 'offer.json'

/** The folders of a mirror for portable archives and for templates. */
export const archivesFolder = 'portable'
export const templatesFolder = 'templates'

/** The longest list that is read, in bytes. */
export const longestOffer = 1_000_000

/** A portable archive in a mirror. */
export const OfferedArchive = z
  .strictObject({
    /** Its name, without the folder. */
    file: z.string(),
    version: LabVersion,
    system: ArchiveSystem,
    bytes: z.int().min(1),
    sha256: Sha256,
  })
  .refine(({ file, version, system }) => {
    const named = archiveNamed(file)
    return named?.version === version && named.system === system
  })
export type OfferedArchive = z.infer<typeof OfferedArchive>

/** A data set in a mirror, as a packed set or as the publisher's files. */
export const OfferedSet = z.strictObject({
  id: DatasetId,
  name: z.string(),
  bytes: z.int().min(0),
  packed: z.boolean(),
})
export type OfferedSet = z.infer<typeof OfferedSet>

/** The name of a template, without the folder. It leads to no other folder, on any system. */
export const TemplateFile = z
  .string()
  .max(200)
  .regex(/^[^.\p{C}/\\:*?"<>|][^\p{C}/\\:*?"<>|]*\.json$/iu)

/** A network or a sweep that a teacher hands out as a file. */
export const OfferedTemplate = z.strictObject({
  file: TemplateFile,
  kind: z.enum(['network', 'sweep']),
  /** What it is called; the file's name where it does not say. */
  name: z.string(),
  note: z.string(),
  bytes: z.int().min(1),
})
export type OfferedTemplate = z.infer<typeof OfferedTemplate>

/** What a mirror has: the list that `lab mirror` serves and keeps in its folder. */
export const MirrorOffer = z.strictObject({
  'conv-lab-mirror': z.literal(1),
  archives: z.array(OfferedArchive).max(1000),
  datasets: z.array(OfferedSet).max(1000),
  templates: z.array(OfferedTemplate).max(1000),
})
export type MirrorOffer = z.infer<typeof MirrorOffer>

/** The archives by system, those of one system from the newest. */
export function newestFirst(archives: readonly OfferedArchive[]): OfferedArchive[] {
  return archives.toSorted(
    (one, other) => one.system.localeCompare(other.system) || compareVersions(other.version, one.version),
  )
}

/** The newest archive for a system. */
export function newestArchive(archives: readonly OfferedArchive[], system: string): OfferedArchive | undefined {
  return newestFirst(archives).find((archive) => archive.system === system)
}
