import { stat, statfs } from 'node:fs/promises'
import type { IncomingMessage } from 'node:http'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { phrase } from '../../../core/words/phrases.ts'
import { refuse } from '../../../core/words/problems.ts'
import { sumOfFile } from '../../files/sumOfFile.ts'
import { SourceError } from '../definition.ts'
import { kindOf, signatureBytes } from '../archives/signature.ts'
import { PartialFile, removeDownload } from './partialFile.ts'
import {
  BrokenTransfer,
  bodyOf,
  contentLength,
  contentRange,
  isPage,
  requestFile,
  validatorOf,
  withProxy,
} from './request.ts'
import { pauseBefore, usualRetries } from './transfer.ts'
import type { Transfer } from './transfer.ts'

export interface WantedFile {
  readonly url: string
  /** Where the whole file is to be. Its part lies beside it until then. */
  readonly file: string
  /** Null where the publisher states none. */
  readonly md5: string | null
}

/**
 * A limit that no real download reaches: a connection that breaks at every megabyte of the largest file stays below it.
 */
const mostTries = 10_000

/**
 * Downloads a file and continues an earlier attempt, also one of a process that was killed. If the transfer breaks off,
 * the part stays for the next attempt.
 * @param onBytes called with the bytes that are here, and the total if the server announces one.
 * @throws SourceError when the source does not deliver, or delivers a different file (which is then deleted); LabError
 *   `disk-full` or `write-failed`; the signal's reason.
 */
export async function downloadFile(
  wanted: WantedFile,
  transfer: Omit<Transfer, 'onBytes'>,
  onBytes: (done: number, announced: number | null) => void,
): Promise<void> {
  if (await isHere(wanted, transfer, onBytes)) return
  const resumed = await download(wanted, transfer, onBytes)
  if (resumed !== 'mixed') return
  // The pieces came from two versions of the file, or a power failure lost bytes: download once more, in one piece.
  await removeDownload(wanted.file)
  if ((await download(wanted, transfer, onBytes)) === 'mixed')
    throw new SourceError(phrase('comes-otherwise', { file: path.basename(wanted.file) }))
}

/** Whether an earlier attempt left the whole file. A file with a wrong sum is removed. */
async function isHere(
  { file, md5 }: WantedFile,
  { signal, onChecked }: Omit<Transfer, 'onBytes'>,
  onBytes: (done: number, announced: number | null) => void,
): Promise<boolean> {
  const found = await stat(file).catch(() => null) // Then it is downloaded.
  if (found === null) return false
  if (md5 !== null && (await sumOfFile('md5', file, signal, (done) => onChecked?.(done, found.size))) !== md5) {
    await removeDownload(file)
    return false
  }
  onBytes(found.size, found.size)
  return true
}

/** @returns `mixed` when a file that came in several pieces has a wrong sum. */
async function download(
  { url, file, md5 }: WantedFile,
  transfer: Omit<Transfer, 'onBytes'>,
  onBytes: (done: number, announced: number | null) => void,
): Promise<'whole' | 'mixed'> {
  const part = await PartialFile.open(file, url, {
    signal: transfer.signal,
    onChecked: (done, total) => transfer.onChecked?.(done, total),
  })
  let pieces: number
  try {
    if (part.length > 0) onBytes(part.length, part.of?.total ?? null)
    pieces = await inPieces({ url: new URL(url), md5 }, part, transfer, () =>
      onBytes(part.length, part.of?.total ?? null),
    )
    const sum = part.sum()
    if (md5 === null || sum === md5) {
      await part.finish()
      return 'whole'
    }
    await part.close()
    await removeDownload(file)
    if (pieces === 1) throw new SourceError(phrase('not-published-file', { file: path.basename(file), sum }))
    return 'mixed'
  } finally {
    await part.close()
  }
}

/** Downloads the rest of a file and asks again if it breaks off. @returns the number of pieces. */
async function inPieces(
  of: { url: URL; md5: string | null },
  part: PartialFile,
  transfer: Omit<Transfer, 'onBytes'>,
  onBytes: () => void,
): Promise<number> {
  const retries = transfer.retries ?? usualRetries
  const piece = { pieces: part.length > 0 ? 1 : 0 }
  let reached = part.length > 0
  let most = part.length
  let failures = 0
  for (let attempt = 1; ; attempt++) {
    try {
      await onePiece(of, part, transfer, onBytes, piece)
      return piece.pieces
    } catch (thrown) {
      transfer.signal.throwIfAborted()
      if (!(thrown instanceof BrokenTransfer)) throw thrown
      reached ||= thrown.reached
      failures = part.length > most ? 1 : failures + 1
      most = Math.max(most, part.length)
      if (failures >= (reached ? retries.tries : retries.unreachedTries) || attempt >= mostTries) throw thrown
      const pauseMs = Math.max(
        Math.min(thrown.waitMs, retries.longestPauseMs),
        pauseBefore(failures, retries, Math.random()),
      )
      transfer.onPause?.({ attempt: attempt + 1, seconds: pauseMs / 1000, reason: thrown.said })
      await delay(pauseMs, undefined, { signal: transfer.signal }).catch(() => transfer.signal.throwIfAborted())
    }
  }
}

/** Receives one response of the server, as far as it comes. */
async function onePiece(
  { url, md5 }: { url: URL; md5: string | null },
  part: PartialFile,
  transfer: Omit<Transfer, 'onBytes'>,
  onBytes: () => void,
  counted: { pieces: number },
): Promise<void> {
  if (part.length > 0 && part.length === part.of?.total) return
  const silence = new AbortController()
  const signal = AbortSignal.any([transfer.signal, silence.signal])
  const giveUp = (said: 'no-answer' | 'server-silent', reached: boolean) => (): void =>
    silence.abort(new BrokenTransfer(phrase(said, {}), { reached }))
  let timer = setTimeout(giveUp('no-answer', false), transfer.answerMs)
  const heard = (): void => {
    clearTimeout(timer)
    timer = setTimeout(giveUp('server-silent', true), transfer.silenceMs)
  }
  let response: IncomingMessage | null = null
  try {
    // Without a sum and a validator nothing would show that two pieces belong together.
    const validator = part.of?.validator ?? null
    const goesOn = part.length > 0 && (validator !== null || md5 !== null)
    const range: Record<string, string> = goesOn ? { range: `bytes=${part.length}-` } : {}
    response = await requestFile(url, validator === null || !goesOn ? range : { ...range, 'if-range': validator }, {
      signal,
      staysOn: transfer.staysOn ?? null,
    })
    heard()
    const body = bodyOf(response)
    if (isPage(response)) throw new SourceError(phrase('page-for-file', {}))
    if (response.statusCode === 416) return await afterUnsatisfied(response, part, url)
    const further = continues(response, part)
    const ranged = response.statusCode === 206
    const total = further
      ? (part.of?.total ?? null)
      : ranged
        ? (contentRange(response)?.total ?? null)
        : contentLength(response)
    await checkRoom(part, total, further)
    try {
      // Checked before the bytes that are here are thrown away.
      const start = await body.next()
      if (!further && start.done !== true && kindOf(start.value.subarray(0, signatureBytes)) === 'web page')
        throw new SourceError(phrase('page-for-file', {}))
      if (!further) {
        counted.pieces = 0
        if (ranged && contentRange(response)?.first !== 0) {
          // The server sent a range that was not asked for. The bytes that are here may be wrong too, so the next try
          // starts again without a range.
          await part.begin({ url: url.href, validator: null, total: null })
          throw new BrokenTransfer(phrase('other-part', {}), { reached: true })
        }
        await part.begin({ url: url.href, validator: validatorOf(response), total })
      }
      counted.pieces += 1
      onBytes()
      for (let next = start; next.done !== true; next = await body.next()) {
        heard()
        await part.append(next.value)
        onBytes()
      }
    } finally {
      await body.return(undefined)
    }
    if (total !== null && part.length < total)
      throw new BrokenTransfer(phrase('connection-broke', {}), { reached: true })
    if (total !== null && part.length > total) {
      await part.begin({ url: url.href, validator: null, total: null })
      throw new BrokenTransfer(phrase('more-than-announced', {}), { reached: true })
    }
  } catch (thrown) {
    // An abort shows as some error of the socket. The signal's reason is what counts.
    throw withProxy(url, signal.aborted ? signal.reason : thrown)
  } finally {
    clearTimeout(timer)
    response?.destroy()
  }
}

/** Whether a response continues exactly where the part ends, in the same version of the file. */
function continues(response: IncomingMessage, part: PartialFile): boolean {
  if (response.statusCode !== 206 || part.length === 0) return false
  const range = contentRange(response)
  const total = part.of?.total ?? null
  const validator = validatorOf(response)
  return (
    range?.first === part.length &&
    (total === null || range.total === total) &&
    (part.of?.validator == null || validator === null || validator === part.of.validator)
  )
}

/** The server has no such range: the file is complete already, or it has changed. */
async function afterUnsatisfied(response: IncomingMessage, part: PartialFile, url: URL): Promise<void> {
  if (contentRange(response)?.total === part.length) return
  await part.begin({ url: url.href, validator: null, total: null })
  throw new BrokenTransfer(phrase('changed-meanwhile', {}), { reached: true })
}

/** @throws LabError `disk-full` before the first byte where the server has said how many there are. */
async function checkRoom(part: PartialFile, total: number | null, further: boolean): Promise<void> {
  if (total === null) return
  const { bavail, bsize } = await statfs(part.folder)
  // Bytes that are thrown away make room.
  const free = bavail * bsize + (further ? 0 : part.length)
  const needed = total - (further ? part.length : 0)
  if (free < needed) refuse('disk-full', { detail: `${part.name} (${Math.ceil(needed / 1e6)} MB)` })
}
