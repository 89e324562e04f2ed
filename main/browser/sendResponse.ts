import type { ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'

/**
 * Sends a fetch `Response` as the answer of Node's HTTP server.
 * @param headOnly True for a HEAD request: headers alone.
 */
export async function sendResponse(to: ServerResponse, response: Response, headOnly: boolean): Promise<void> {
  // The page has gone already, in the middle of what it sent: nobody is left to be told.
  if (to.destroyed) return
  to.writeHead(response.status, [...response.headers].flat())
  if (headOnly || response.body === null) {
    to.end()
    return
  }
  try {
    await pipeline(Readable.fromWeb(response.body), to)
  } catch (thrown) {
    // The page went away before it had read all: nobody is left to be told.
    if (!(thrown instanceof Error && 'code' in thrown && thrown.code === 'ERR_STREAM_PREMATURE_CLOSE')) throw thrown
  }
}
