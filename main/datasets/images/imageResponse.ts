import sharp from 'sharp'
import type { DatasetForm } from '../../../core/data/dataChoice.ts'
import { LabError } from '../../../core/words/problems.ts'
import type { FormImages } from './formImages.ts'

const address =
  /^\/images\/(?<id>[a-z0-9-]+)\/(?<form>[a-z0-9.-]+)\/(?<average>average-)?(?<index>0|[1-9]\d{0,8})\.png$/

function plain(status: number, text: string): Response {
  return new Response(`${text}\n`, {
    status,
    headers: { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' },
  })
}

/**
 * Answers `/images/<id>/<form's key>/<index>.png?v=<first 12 hex digits of the form's sha256>` with the image as PNG at
 * its own size. `average-<label>.png` in place of `<index>.png` gives the mean of a class's images. The address names
 * the content, so answers can be cached for good. One handler serves Electron's protocol and loopback HTTP.
 * @returns 200, 400 for a malformed address, 404 for a missing image, 405 for methods other than GET and HEAD.
 */
export async function imageResponse(request: Request, images: FormImages): Promise<Response> {
  if (request.method !== 'GET' && request.method !== 'HEAD') return plain(405, 'Images can only be read.')
  const url = new URL(request.url)
  const parts = address.exec(url.pathname)?.groups
  const version = url.searchParams.get('v')
  if (parts === undefined || version === null) return plain(400, 'This is not the address of an image.')
  try {
    const id = parts['id']
    const stored = images.known(id, parts['form'])
    const number = Number(parts['index'])
    const read = (form: DatasetForm) =>
      parts['average'] === undefined ? images.pixels(id, form, number) : images.average(id, form, number)
    const found = stored?.prepared.sha256.slice(0, 12) === version ? await read(stored.form) : null
    if (found === null) return plain(404, 'There is no such image.')
    const space = found.image.channels === 1 ? 'b-w' : 'srgb'
    const png = await sharp(found.bytes, { raw: found.image }).toColourspace(space).png().toBuffer()
    const headers = {
      'content-type': 'image/png',
      'content-length': String(png.byteLength),
      'cache-control': 'private, max-age=31536000, immutable',
    }
    return new Response(request.method === 'HEAD' ? null : Uint8Array.from(png), { headers })
  } catch (thrown) {
    // The Data page says why a set is unknown, missing or damaged. Here the image is simply not found.
    if (thrown instanceof LabError) return plain(404, thrown.message)
    throw thrown
  }
}
