import { readFile, realpath, stat } from 'node:fs/promises'
import path from 'node:path'
import { acceptedLanguage } from '../../core/words/language.ts'
import { problem } from '../../core/words/problems.ts'
import { liesIn } from '../files/liesIn.ts'
import { sentenceResponse } from './sentenceResponse.ts'

/**
 * MIME types by extension for all files of a built window. Because of `nosniff`, a browser would not use a file of
 * another type.
 */
const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
  '.webmanifest': 'application/manifest+json',
}

/**
 * The file of a folder that a URL path names. Null for a path that is not valid percent-encoding, leaves the folder,
 * follows a link out of it, or names no plain file.
 */
export async function fileInside(folder: string, pathname: string): Promise<string | null> {
  let decoded: string
  try {
    decoded = decodeURIComponent(pathname)
  } catch (thrown) {
    if (thrown instanceof URIError) return null
    throw thrown
  }
  // A backslash is a separator on Windows, and no built file has one in its name. NUL makes the file system throw.
  if (/[\\\0]/.test(decoded)) return null
  const named = path.join(folder, decoded.endsWith('/') ? `${decoded}index.html` : decoded)
  try {
    const [root, file] = await Promise.all([realpath(folder), realpath(named)])
    return file !== root && liesIn(file, root) && (await stat(file)).isFile() ? file : null
  } catch (thrown) {
    if (isNoSuchFile(thrown)) return null
    throw thrown
  }
}

function isNoSuchFile(thrown: unknown): boolean {
  return (
    thrown instanceof Error &&
    'code' in thrown &&
    ['ENOENT', 'ENOTDIR', 'ENAMETOOLONG', 'ELOOP'].includes(String(thrown.code))
  )
}

/** Responds with a file of the built window: 200 with its type, or 404 with a sentence. */
export async function windowFile(request: Request, folder: string): Promise<Response> {
  const { pathname } = new URL(request.url)
  const file = await fileInside(folder, pathname)
  if (file === null) {
    const missing =
      pathname === '/'
        ? problem('window-missing', { path: path.join(folder, 'index.html') })
        : problem('page-unknown', { path: pathname })
    return sentenceResponse(404, missing, acceptedLanguage(request.headers.get('accept-language')))
  }
  const content = await readFile(file)
  return new Response(request.method === 'HEAD' ? null : content, {
    headers: {
      'content-type': contentTypes[path.extname(file).toLowerCase()] ?? 'application/octet-stream',
      'content-length': String(content.byteLength),
      // The build puts a hash of the content into names under assets/. All other files keep their names when they
      // change.
      'cache-control': pathname.startsWith('/assets/') ? 'private, max-age=31536000, immutable' : 'no-cache',
    },
  })
}
