import { createReadStream } from 'node:fs'
import { open, readFile, rm, stat } from 'node:fs/promises'
import path from 'node:path'
import { phrase } from '../../../core/words/phrases.ts'
import { writeProblem } from '../../files/atomicFile.ts'
import { codeOf } from '../../files/errorCode.ts'
import { SourceError } from '../definition.ts'
import { downloadFile } from '../sources/downloadFile.ts'
import { bodyOf, isPage, MissingFile, requestFile, withProxy } from '../sources/request.ts'
import type { Transfer } from '../sources/transfer.ts'
import { checkSpace } from '../store/diskSpace.ts'
import { addressInMirror, isWebPlace } from './mirrorPlace.ts'

export type { RetryPlan, Transfer } from '../sources/transfer.ts'

/**
 * Reads a small file of a mirror. No other host than the mirror's is asked.
 * @param place a folder, a network share or an address
 * @param name its path in the mirror, with slashes
 * @param longest bytes that it may have
 * @throws MissingFile where the mirror has no such file, SourceError where it cannot be reached or the file is longer;
 *   the signal's reason when aborted.
 */
export async function readMirrorFile(
  place: string,
  name: string,
  { signal, longest, answerMs }: { signal: AbortSignal; longest: number; answerMs: number },
): Promise<Buffer> {
  const file = isWebPlace(place)
    ? await readFromWeb(addressInMirror(place, name), { signal, longest, answerMs })
    : await readFromFolder(path.join(place, ...name.split('/')), longest)
  signal.throwIfAborted()
  return file
}

function tooLong(name: string, longest: number): SourceError {
  return new SourceError(phrase('place-too-large', { place: name, megabytes: longest / 1e6 }))
}

async function readFromFolder(file: string, longest: number): Promise<Buffer> {
  const { size } = await stat(file).catch(refuseToRead(file))
  if (size > longest) throw tooLong(path.basename(file), longest)
  return readFile(file).catch(refuseToRead(file))
}

function refuseToRead(file: string): (thrown: unknown) => never {
  return (thrown) => {
    const code = codeOf(thrown)
    const options = { cause: thrown }
    if (code === 'ENOENT' || code === 'ENOTDIR')
      throw new MissingFile(phrase('not-in-it', { name: path.basename(file) }), options)
    throw new SourceError(phrase('folder-not-reached', { code }), options)
  }
}

async function readFromWeb(
  url: URL,
  { signal, longest, answerMs }: { signal: AbortSignal; longest: number; answerMs: number },
): Promise<Buffer> {
  const silence = new AbortController()
  const timer = setTimeout(() => silence.abort(new SourceError(phrase('no-answer', {}))), answerMs)
  const either = AbortSignal.any([signal, silence.signal])
  try {
    const response = await requestFile(url, {}, { signal: either, staysOn: url.host })
    const body = bodyOf(response)
    if (isPage(response)) {
      await body.return(undefined)
      throw new SourceError(phrase('page-for-file', {}))
    }
    const pieces: Buffer[] = []
    let bytes = 0
    for await (const piece of body) {
      bytes += piece.byteLength
      if (bytes > longest) throw tooLong(path.posix.basename(url.pathname), longest)
      pieces.push(piece)
    }
    return Buffer.concat(pieces)
  } catch (thrown) {
    // An abort shows as some error of the socket. The signal's reason is what counts.
    throw withProxy(url, either.aborted ? either.reason : thrown)
  } finally {
    clearTimeout(timer)
  }
}

/**
 * Brings a large file of a mirror here. What has come of it stays beside `file` after a failure, and the next attempt
 * goes on with it. No other host than the mirror's is asked.
 * @param file where the whole file is to be
 * @throws MissingFile, SourceError, LabError `disk-full` or `write-failed`; the signal's reason when aborted.
 */
export async function bringMirrorFile(place: string, name: string, file: string, transfer: Transfer): Promise<void> {
  if (!isWebPlace(place)) return copyFile(path.join(place, ...name.split('/')), file, transfer)
  const url = addressInMirror(place, name)
  await downloadFile({ url: url.href, file, md5: null }, { ...transfer, staysOn: url.host }, (done, announced) =>
    transfer.onBytes(done, Math.max(announced ?? 0, done)),
  )
}

async function copyFile(from: string, to: string, { signal, onBytes }: Transfer): Promise<void> {
  const { size } = await stat(from).catch(refuseToRead(from))
  await checkSpace(path.dirname(to), size, path.basename(to))
  const handle = await open(to, 'w').catch((thrown: unknown) => {
    throw writeProblem(thrown, to)
  })
  try {
    let done = 0
    for await (const piece of piecesOf(from)) {
      signal.throwIfAborted()
      await handle.writeFile(piece).catch((thrown: unknown) => {
        throw writeProblem(thrown, to)
      })
      done += piece.byteLength
      onBytes(done, Math.max(size, done))
    }
    await handle.sync()
  } catch (thrown) {
    await rm(to, { force: true })
    throw thrown
  } finally {
    await handle.close()
  }
}

async function* piecesOf(file: string): AsyncGenerator<Buffer> {
  try {
    for await (const piece of createReadStream(file, { highWaterMark: 1 << 20 }))
      if (Buffer.isBuffer(piece)) yield piece
  } catch (thrown) {
    refuseToRead(file)(thrown)
  }
}

/** Whether something thrown says that a mirror has no such file. */
export function isMissingInMirror(thrown: unknown): thrown is SourceError {
  return thrown instanceof MissingFile
}

/** Whether something thrown says why a mirror did not deliver. */
export function isMirrorFailure(thrown: unknown): thrown is SourceError {
  return thrown instanceof SourceError
}
