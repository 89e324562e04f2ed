import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'

/** The most addresses that can wait for their first use. When there are more, the oldest is forgotten. */
const mostUnused = 256

function secret(): string {
  return randomBytes(32).toString('base64url')
}

function digestOf(value: string): Buffer {
  return createHash('sha256').update(value).digest()
}

/**
 * Who may speak to the shell. An address carries a token that opens the lab once. Whoever presents it gets the
 * session's secret as a cookie, which no script can read and no other site can send. Only digests of secrets are kept.
 * They have equal lengths and are compared in constant time.
 */
export class Tokens {
  readonly #session = secret()
  readonly #sessionDigest = digestOf(this.#session)
  #unused: Buffer[] = []

  /** A fresh token for one address. */
  mint(): string {
    const token = secret()
    this.#unused = [...this.#unused, digestOf(token)].slice(-mostUnused)
    return token
  }

  /**
   * Exchanges a token of `mint` for the session's secret; it cannot be used again.
   * @returns The secret, or null for a token that is unknown or used.
   */
  redeem(token: string): string | null {
    const digest = digestOf(token)
    const left = this.#unused.filter((unused) => !timingSafeEqual(unused, digest))
    if (left.length === this.#unused.length) return null
    this.#unused = left
    return this.#session
  }

  /** Whether this is the session's secret. */
  isSession(value: string): boolean {
    return timingSafeEqual(digestOf(value), this.#sessionDigest)
  }
}
