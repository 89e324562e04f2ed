// Serves the window from its sources with hot reload: vite's server, which forwards the lab's own requests to a running
// lab.
import path from 'node:path'
import { createServer } from 'vite'

/**
 * Paths that the lab itself answers (main/browser/server.ts): the one-time address that gives the page its cookie,
 * images of data sets, and files that a page sends. Calls come over a WebSocket; vite has one of its own at `/?token=`.
 */
const ofTheLab = ['^/\\?token=', '^/images/', '^/given(/|$)']
const calls = '^/api$'

/**
 * Serves the window on this computer alone. A page gets its cookie from the lab, as in a normal start, and the lab
 * checks it on every request. The lab also checks Host and Origin. They are rewritten to name the lab only if they
 * named this server.
 * @param {import('./place.mjs').Place} place
 * @param {URL} lab  the lab's one-time address
 * @returns {Promise<{ address: string, close: () => Promise<void> }>}
 */
export async function serveWindow(place, lab) {
  let ownOrigin = ''
  /** @type {import('vite').ProxyOptions} */
  const passOn = {
    target: lab.origin,
    changeOrigin: true,
    configure(proxy) {
      /** @param {import('node:http').ClientRequest} request */
      const rename = (request) => {
        if (request.getHeader('origin') === ownOrigin) request.setHeader('origin', lab.origin)
      }
      proxy.on('proxyReq', rename)
      proxy.on('proxyReqWs', rename)
    },
  }
  const server = await createServer({
    configFile: path.join(place.root, 'vite.config.ts'),
    root: path.join(place.root, 'renderer'),
    server: {
      host: '127.0.0.1',
      proxy: {
        ...Object.fromEntries(ofTheLab.map((pattern) => [pattern, passOn])),
        [calls]: { ...passOn, ws: true },
      },
    },
  })
  await server.listen()
  const address = server.httpServer?.address()
  if (address == null || typeof address === 'string') throw new Error('vite listens on no port')
  ownOrigin = `http://127.0.0.1:${address.port}`
  return { address: `${ownOrigin}/${lab.search}`, close: () => server.close() }
}
