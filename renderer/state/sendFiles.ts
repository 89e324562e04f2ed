import type { DatasetEntry } from '../../core/data/dataset.ts'
import { GivenImport, GivenPlace, GivenRefusal, GivenWhole } from '../../core/contract/givenFiles.ts'
import type { ReadingWishes } from '../../core/reading/readingWishes.ts'
import { type Problem, problem } from '../../core/words/problems.ts'
import { givenFilesPath } from '../../core/contract/windowLink.ts'
import type { GivenFile } from './droppedFiles.ts'
import type { Answer } from './link.ts'

/** Number of files sent at once. Small ones mostly wait for answers, large ones for the disk. */
const atOnce = 4

/** A refused request, as opposed to an unexpected error. */
class Refused extends Error {
  readonly problem: Problem

  constructor(of: Problem) {
    super(of.code)
    this.problem = of
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // An answer that is not JSON carries no usable problem.
    return null
  }
}

/**
 * Sends one request. `sent` is called with the number of bytes uploaded so far. Throws `Refused`, also for a lost
 * connection.
 */
function send(
  method: string,
  path: string,
  body: Blob | null,
  signal: AbortSignal,
  sent: (bytes: number) => void,
): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    const stop = (): void => request.abort()
    signal.addEventListener('abort', stop, { once: true })
    request.open(method, `${givenFilesPath}${path}`)
    request.upload.onprogress = ({ loaded }) => sent(loaded)
    request.onloadend = () => {
      signal.removeEventListener('abort', stop)
      const answer = parsed(request.responseText)
      if (request.status >= 200 && request.status < 300) {
        resolve(answer)
        return
      }
      const refusal = GivenRefusal.safeParse(answer)
      reject(new Refused(refusal.success ? refusal.data.problem : problem('link-lost', {})))
    }
    request.send(body)
  })
}

/** Copies of files that the lab keeps until a set is imported from them. */
export interface Copies {
  readonly id: string
  /** The path of the copies on the lab's computer. */
  readonly path: string
}

export interface Sending {
  readonly files: readonly GivenFile[]
  readonly signal: AbortSignal
  /** Called with the number of bytes copied so far. */
  readonly onBytes: (bytes: number) => void
}

/** Copies files to the lab. Returns null if aborted. If it is aborted or refused, the copies are deleted. */
export async function sendFiles({ files, signal, onBytes }: Sending): Promise<Answer<Copies> | null> {
  const broken = new AbortController()
  const either = AbortSignal.any([signal, broken.signal])
  let place: string | null = null
  try {
    const { id } = GivenPlace.parse(await send('POST', '', null, either, () => undefined))
    place = id
    let done = 0
    const under = new Map<GivenFile, number>()
    const tell = (): void => onBytes([...under.values()].reduce((sum, bytes) => sum + bytes, done))
    const queue = [...files].reverse()
    const worker = async (): Promise<void> => {
      for (let given = queue.pop(); given !== undefined; given = queue.pop()) {
        const file = given
        const path = file.path.split('/').map(encodeURIComponent).join('/')
        await send('PUT', `/${id}/${path}`, file.file, either, (bytes) => {
          under.set(file, bytes)
          tell()
        })
        under.delete(file)
        done += file.file.size
        tell()
      }
    }
    await Promise.all(Array.from({ length: atOnce }, worker))
    const { path } = GivenWhole.parse(await send('GET', `/${id}`, null, either, () => undefined))
    return { ok: true, value: { id, path } }
  } catch (thrown) {
    broken.abort()
    if (place !== null) await discardCopies(place)
    return signal.aborted ? null : { ok: false, problem: problemIn(thrown) }
  }
}

/** As what copies are imported. */
export interface CopiesAs {
  readonly dataset: string
  /** The name of a new set of own images. */
  readonly name?: string
  /** How own images are read. */
  readonly wishes?: ReadingWishes
}

/** Begins to import a set from copies, which are deleted once that has ended. */
export async function importCopies(id: string, { dataset, name, wishes }: CopiesAs): Promise<Answer<DatasetEntry>> {
  const asked = new URLSearchParams({
    dataset,
    ...(name === undefined ? {} : { name }),
    ...(wishes === undefined ? {} : { wishes: JSON.stringify(wishes) }),
  })
  try {
    const answer = await send(
      'POST',
      `/${id}/import?${asked.toString()}`,
      null,
      new AbortController().signal,
      () => undefined,
    )
    return { ok: true, value: GivenImport.parse(answer).dataset }
  } catch (thrown) {
    return { ok: false, problem: problemIn(thrown) }
  }
}

/** Deletes copies. If that fails, the lab deletes them when it next starts. */
export async function discardCopies(id: string): Promise<void> {
  await send('DELETE', `/${id}`, null, new AbortController().signal, () => undefined).catch((): void => undefined)
}

function problemIn(thrown: unknown): Problem {
  if (thrown instanceof Refused) return thrown.problem
  return problem('internal', { detail: thrown instanceof Error ? thrown.message : String(thrown) })
}
