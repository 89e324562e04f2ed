import { acceptedLanguage } from '../../core/words/language.ts'
import { quoted } from '../../core/words/phrases.ts'
import { problem } from '../../core/words/problems.ts'
import { imageResponse } from '../datasets/images/imageResponse.ts'
import type { Lab } from '../lab.ts'
import { pictureResponse } from '../inspect/pictures/pictureResponse.ts'
import { picturesPath } from '../../core/inspect/pictureQuestion.ts'
import { withSecurityHeaders } from './securityHeaders.ts'
import { sentenceResponse } from './sentenceResponse.ts'
import { windowFile } from './windowFile.ts'

export interface PageSources {
  /** Folder of the built window. */
  readonly windowFolder: string
  readonly lab: Pick<Lab, 'datasets' | 'inspection'>
  /** The addresses that the page may connect to besides its own origin. */
  readonly connect: string
}

/**
 * Answers a page's requests: the window's own files, and images of the data sets. One handler serves loopback HTTP and
 * Electron's protocol.
 */
export async function pageResponse(request: Request, sources: PageSources): Promise<Response> {
  return withSecurityHeaders(await answer(request, sources), sources.connect)
}

async function answer(request: Request, sources: PageSources): Promise<Response> {
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    const refused = sentenceResponse(
      405,
      problem('bad-input', { detail: quoted(request.method) }),
      acceptedLanguage(request.headers.get('accept-language')),
    )
    refused.headers.set('allow', 'GET, HEAD')
    return refused
  }
  const { pathname } = new URL(request.url)
  if (pathname.startsWith(picturesPath)) return pictureResponse(request, sources.lab.inspection)
  if (pathname.startsWith('/images/')) return imageResponse(request, sources.lab.datasets.images)
  return windowFile(request, sources.windowFolder)
}
