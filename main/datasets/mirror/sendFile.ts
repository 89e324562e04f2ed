import { constants } from 'node:fs'
import { open } from 'node:fs/promises'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { pipeline } from 'node:stream/promises'
import { byteRange } from './byteRange.ts'

/**
 * Answers a request with a file, or with the part of it that is asked for.
 * @throws file errors.
 */
export async function sendFile(file: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const handle = await open(file, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0))
  try {
    const { size, mtime, mtimeMs } = await handle.stat()
    const etag = `"${size.toString(16)}-${Math.round(mtimeMs).toString(16)}"`
    const changed = mtime.toUTCString()
    const condition = request.headers['if-range']
    const range =
      condition === undefined || condition === etag || condition === changed
        ? byteRange(request.headers.range, size)
        : 'whole'
    const headers = {
      'accept-ranges': 'bytes',
      etag,
      'last-modified': changed,
      'content-type': 'application/octet-stream',
      // A browser saves it, whatever it holds.
      'content-disposition': 'attachment',
    }
    if (range === null) return void response.writeHead(416, { ...headers, 'content-range': `bytes */${size}` }).end()
    const { first, last } = range === 'whole' ? { first: 0, last: size - 1 } : range
    const part = range === 'whole' ? {} : { 'content-range': `bytes ${first}-${last}/${size}` }
    response.writeHead(range === 'whole' ? 200 : 206, { ...headers, ...part, 'content-length': last - first + 1 })
    if (request.method === 'HEAD' || size === 0) return void response.end()
    await pipeline(
      handle.createReadStream({ start: first, end: last, autoClose: false, highWaterMark: 1 << 18 }),
      response,
    )
  } finally {
    await handle.close()
  }
}
