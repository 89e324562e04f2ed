import { protocol, type Session } from 'electron'
import { acceptedLanguage } from '../../core/words/language.ts'
import { problemOf } from '../../core/words/problems.ts'
import type { Lab } from '../lab.ts'
import { pageResponse } from '../shells/pageResponse.ts'
import { withSecurityHeaders } from '../shells/securityHeaders.ts'
import { sentenceResponse } from '../shells/sentenceResponse.ts'

const scheme = 'lab'

/** The only origin whose pages the shell shows. */
export const labOrigin = `${scheme}://app`

/** The window's address. */
export const windowAddress = `${labOrigin}/`

/** Whether an address belongs to the window. Scheme and host are compared, because Node gives this scheme no origin. */
export function isOurs(address: string): boolean {
  const url = URL.parse(address)
  return url?.protocol === `${scheme}:` && url.host === 'app'
}

/** Gives the scheme an origin, like https. Must be called before the app is ready. */
export function registerLabScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme, privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true } },
  ])
}

/** Serves the window's files and images under `lab://app/`, with the handler that the browser shell uses. */
export function serveLabScheme(session: Session, options: { windowFolder: string; lab: Lab }): void {
  session.protocol.handle(scheme, async (request) => {
    const language = acceptedLanguage(request.headers.get('accept-language'))
    if (!isOurs(request.url)) return withSecurityHeaders(new Response(null, { status: 404 }), '')
    try {
      return await pageResponse(request, { ...options, connect: '' })
    } catch (thrown) {
      options.lab.log.add(`answering ${request.url}`, thrown)
      return withSecurityHeaders(sentenceResponse(500, problemOf(thrown), language), '')
    }
  })
}
