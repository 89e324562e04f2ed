import type { PlannedReadings, PlanningStage } from '../../../core/reading/planning.ts'
import type { FoundFiles } from '../../../core/reading/readImage.ts'
import type { Readings } from '../../../core/reading/readingPlan.ts'
import type { ReadingWishes } from '../../../core/reading/readingWishes.ts'
import { LeftOutCount } from '../archives/leftOutCount.ts'
import { openOriginals, type OriginalsOptions } from '../archives/openOriginals.ts'
import { refusedForWant } from '../describe/refusedForWant.ts'
import type { PictureReader } from '../describe/pictureReader.ts'
import type { OriginalsPlace } from '../prepare/collectPictures.ts'
import type { TaskProgress } from '../worker/taskProgress.ts'
import { lookThrough } from './lookThrough.ts'
import { readImages } from '../../../core/reading/readImages.ts'
import { ReadAhead } from './readAhead.ts'
import { smallPictures } from './smallPictures.ts'

/** What to plan a reading of. */
export interface PlanImagesOrder {
  readonly originals: OriginalsPlace
  readonly wishes: ReadingWishes
}

/** The process is cancelled by killing it. */
const never = new AbortController().signal

/**
 * Looks how a person's own images can be read. Takes processor time and waits for the disk: call it in a worker.
 * @throws SourceError for files that cannot be opened; LabError when no images can be read from them.
 */
export async function planImages(
  { originals: { paths, temporary }, wishes }: PlanImagesOrder,
  reader: PictureReader,
  onProgress: TaskProgress<PlanningStage>,
): Promise<PlannedReadings> {
  const leftOut = new LeftOutCount()
  const ahead = new ReadAhead()
  const options: OriginalsOptions = { temporary, onLeftOut: leftOut.add, ...tellers(onProgress, ahead) }
  let looked: Awaited<ReturnType<typeof lookThrough>>
  try {
    looked = await lookThrough(openOriginals(paths, options, never), reader, leftOut)
  } finally {
    await ahead.end()
  }
  const { found, inFolders, byName } = looked
  const { readings, question } = readingsOf(found, wishes)
  const shown = [...new Set(readings.flatMap(({ first }) => first.map(({ picture }) => picture)))]
  const pictures = await smallPictures(
    shown,
    { inFolders, originals: openOriginals(paths, { temporary }, never) },
    (done) => onProgress('showing', done, shown.length),
  )
  return { readings, question, pictures, byName }
}

function readingsOf(found: FoundFiles, wishes: ReadingWishes): Readings {
  try {
    return readImages(found, wishes)
  } catch (thrown) {
    throw refusedForWant(thrown, found.leftOut)
  }
}

/** Counts files in a folder. A single archive is one file, so its bytes are counted. */
function tellers(
  onProgress: TaskProgress<PlanningStage>,
  ahead: ReadAhead,
): Pick<OriginalsOptions, 'onFound' | 'onWalked' | 'onRead' | 'onPassed'> {
  let found = 0
  return {
    onFound: (files) => onProgress('walking', (found = files), Infinity),
    onWalked: (files) => ahead.begin(files),
    onRead: (done, total) => {
      if (found < 2) onProgress('reading', done, total)
    },
    onPassed: (done, total) => {
      if (found > 1) onProgress('looking', done, total)
      ahead.passed(done)
    },
  }
}
