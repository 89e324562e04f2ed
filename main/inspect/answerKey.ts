import { createHash } from 'node:crypto'
import type { InspectImage, InspectSubject } from '../../core/contract/inspectContract.ts'
import { canonicalJson, type Json } from '../../core/numbers/canonicalJson.ts'

/** What an answer about a checkpoint and an image depends on, and on what else it does. */
export function answerKey(
  { checkpoint }: InspectSubject,
  { height, width, pixels }: InspectImage,
  rest: Readonly<Record<string, Json>>,
): string {
  const content = createHash('sha256').update(pixels).digest('hex')
  return canonicalJson({ ...rest, checkpoint: checkpoint.sha256, pixels: content, height, width })
}
