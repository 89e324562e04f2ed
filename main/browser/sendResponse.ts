import type { ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'

/**
 * Sends a fetch `Response` through Node's HTTP server.
 * @param headOnly True for a HEAD request: only the headers are sent.
 */
export async function sendResponse(to: ServerResponse, response: Response, headOnly: boolean): Promise<void> {
  // The page disconnected while it was sending, so nobody is left to answer.
  if (to.destroyed) return
  to.writeHead(response.status, [...response.headers].flat())
  if (headOnly || response.body === null) {
    to.end()
    return
  }
  try {
    await pipeline(Readable.fromWeb(response.body), to)
  } catch (thrown) {
    // The page disconnected before it had read everything.
    if (!(thrown instanceof Error && 'code' in thrown && thrown.code === 'ERR_STREAM_PREMATURE_CLOSE')) throw thrown
  }
}
