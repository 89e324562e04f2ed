import { phrase } from '../../../core/words/phrases.ts'
import { pictureOf } from '../../../core/inspect/pictureQuestion.ts'
import { LabError, problem, type Problem } from '../../../core/words/problems.ts'
import type { Inspection } from '../inspection.ts'
import { drawPicture } from './drawPicture.ts'
import { writePicture } from './writePicture.ts'

/** The problem as JSON: the window says it in its own language where the picture would be. */
function refused(status: number, of: Problem): Response {
  return Response.json({ problem: of }, { status, headers: { 'cache-control': 'no-store' } })
}

/**
 * Answers the address of a picture (`core/inspect/pictureQuestion.ts`). The address names the content by its hashes, so
 * answers can be cached for good.
 * @returns 200, 400 for a malformed address, 404 with the problem when there is no such picture.
 */
export async function pictureResponse(request: Request, inspection: Inspection): Promise<Response> {
  const asked = pictureOf(new URL(request.url))
  if (asked === null) return refused(400, problem('bad-input', { detail: phrase('address-of-picture', {}) }))
  try {
    const { type, bytes } = await writePicture(await drawPicture(inspection, asked.question), asked.options)
    const headers = {
      'content-type': type,
      'content-length': String(bytes.byteLength),
      'cache-control': 'private, max-age=31536000, immutable',
    }
    return new Response(request.method === 'HEAD' ? null : Uint8Array.from(bytes), { headers })
  } catch (thrown) {
    if (thrown instanceof LabError) return refused(404, thrown.problem)
    throw thrown
  }
}
