/**
 * The content security policy of the lab's pages: they may load from their own origin and connect to `connect`, and
 * nothing else. Scripts and styles come only from files. No text becomes a script, except through the trusted-types
 * policy with which Svelte sets up its templates.
 * @param connect Further sources for connections, for example `ws://127.0.0.1:8080`; empty for none.
 */
export function contentSecurityPolicy(connect: string): string {
  return [
    "default-src 'self'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    `connect-src 'self' ${connect}`.trimEnd(),
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-src 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    'trusted-types svelte-trusted-html',
  ].join('; ')
}

/** The headers of every response of a shell, by lower-case name. */
export function securityHeaders(connect: string): Record<string, string> {
  return {
    'content-security-policy': contentSecurityPolicy(connect),
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'permissions-policy': 'camera=(self), microphone=(), geolocation=(), usb=(), serial=(), hid=()',
  }
}

/** The same response with the security headers set. */
export function withSecurityHeaders(response: Response, connect: string): Response {
  const headers = new Headers(response.headers)
  for (const [name, value] of Object.entries(securityHeaders(connect))) headers.set(name, value)
  return new Response(response.body, { status: response.status, headers })
}
