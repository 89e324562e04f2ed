import { refuse } from '../words/problems.ts'
import { phrase } from '../words/phrases.ts'
import type { FolderReading } from './folderReading.ts'
import { folderReadings } from './folderReadings.ts'
import type { Labelling } from './labelling.ts'
import type { Parting } from './parting.ts'
import type { Part } from './readingPlan.ts'
import type { ReadingWishes } from './readingWishes.ts'

/** What folders alone say of pictures, in one reading of them. */
export interface Frame {
  /** The classes; null where no folder is one. */
  readonly labelling: Labelling | null
  /** The parts; null where no folder is one. */
  readonly parting: Parting | null
  /** Pictures that a copy of other folders holds once more. */
  readonly repeated: ReadonlySet<string>
  /** The wishes that lead to this reading of the folders. */
  readonly wishes: ReadingWishes
}

/**
 * The ways in which the folders of pictures can be read: at least one.
 * @throws LabError `reading-folder-unknown`; `reading-no-parts` if parts are to come from folders and none is one.
 */
export function framesOf(pictures: readonly string[], wishes: ReadingWishes): Frame[] {
  const readings = folderReadings(pictures, wishes)
  const frames = readings.map(frameOf)
  if (frames.length === 0) return [{ labelling: null, parting: null, repeated: new Set(), wishes: {} }]
  const wished = frames.filter((frame) => leadTo(frame, wishes))
  if (wishes.partsFrom === 'folders' && wished.length === 0)
    refuse('reading-no-parts', { wish: '--parts-from folders', why: phrase('no-part-folders', {}) })
  return wished.length > 0 ? wished : frames
}

/** Whether wishes for the parts speak for a frame. Without such wishes all are possible. */
function leadTo({ parting }: Frame, { partsFrom }: ReadingWishes): boolean {
  if (partsFrom === undefined) return true
  return (partsFrom === 'folders') === (parting !== null)
}

function frameOf({ images, partFolders, wishes }: FolderReading): Frame {
  const classes = new Map<string, string>()
  const parts = new Map<string, Part>()
  for (const { picture, className, part } of images) {
    if (className !== null) classes.set(picture, className)
    if (part !== null) parts.set(picture, part)
  }
  // One folder beside pictures is no class of its own, but a place where some of them lie.
  const sorted = new Set(classes.values()).size > 1 || partFolders.length > 0 || classes.size === images.length
  return {
    labelling:
      classes.size === 0 || !sorted
        ? null
        : { source: { from: 'folders' }, wishes: { labelsFrom: 'folders' }, of: classes, absent: [] },
    parting:
      partFolders.length === 0
        ? null
        : {
            source: { from: 'folders', folders: [...partFolders] },
            wishes: { partsFrom: 'folders' },
            of: parts,
            folds: null,
          },
    repeated: new Set(images.flatMap(({ picture, repeated }) => (repeated === true ? [picture] : []))),
    wishes,
  }
}
