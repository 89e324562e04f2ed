import type { UpdateEvent, UpdateLook } from '../../core/contract/updateContract.ts'
import type { OfferedArchive } from '../../core/mirror/mirrorOffer.ts'
import { LabError, problem, refuse } from '../../core/words/problems.ts'
import { JobProgress, Latest } from '../datasets/jobs/jobProgress.ts'
import type { RetryPlan } from '../datasets/mirror/mirrorFiles.ts'
import { givenPath } from '../files/givenPath.ts'
import { liesIn } from '../files/liesIn.ts'
import { packedFolder } from '../files/packedFolder.ts'
import { downloadsFolder } from '../platform/downloadsFolder.ts'
import { ownSystem } from '../platform/ownSystem.ts'
import { version } from '../version.ts'
import { foundIn, readOffer, readTemplate, type Asking } from './askMirror.ts'
import { saveArchive } from './saveArchive.ts'

export interface UpdatesOptions {
  /** The home folder. */
  readonly home: string
  /** A folder of it for what has come so far. */
  readonly partial: string
  /** The mirror in use; null: none. */
  readonly mirror: () => string | null
  /** The version that runs; by default that of this program. */
  readonly running?: string
  /** This computer's system; null where there are no archives for it. By default the real one. */
  readonly system?: string | null
  /** The portable folder of this program; null where it has none. By default the real one. */
  readonly folder?: string | null
  /** How often a mirror that breaks off is asked again; the usual plan if left out. */
  readonly retries?: RetryPlan
}

/** A mirror may have to read its archives before it answers. */
const answerMs = 20_000
const silenceMs = 30_000

/**
 * Newer versions of the program, in the mirror in use and nowhere else. Nothing is asked before a person asks: this has
 * no timer, and opening a lab does not call it.
 */
export class Updates {
  readonly #options: UpdatesOptions
  readonly #running: string
  readonly #system: string | null
  readonly #folder: string | null
  readonly #closing = new AbortController()
  #saving: Promise<unknown> | null = null

  constructor(options: UpdatesOptions) {
    this.#options = options
    this.#running = options.running ?? version
    this.#system = options.system === undefined ? ownSystem() : options.system
    this.#folder = options.folder === undefined ? packedFolder() : options.folder
  }

  /**
   * Asks the mirror in use what it has.
   * @throws LabError `update-no-mirror`, `mirror-not-asked`, `mirror-lists-nothing` or `mirror-list-wrong`.
   */
  async look(signal?: AbortSignal): Promise<UpdateLook> {
    const mirror = this.#mirror()
    const { home } = this.#options
    const offer = await readOffer(mirror, this.#asking(signal))
    return {
      mirror,
      running: this.#running,
      origin: this.#folder === null ? 'other' : 'portable',
      homeToMove: this.#folder !== null && liesIn(home, this.#folder) ? home : null,
      found: foundIn(offer, this.#running, this.#system),
      templates: offer.templates,
      folder: downloadsFolder(),
    }
  }

  /**
   * The text of a template of the mirror in use.
   * @throws LabError `update-no-mirror` or `mirror-not-asked`.
   */
  async template(file: string, signal?: AbortSignal): Promise<{ file: string; text: string }> {
    return { file, text: await readTemplate(this.#mirror(), file, this.#asking(signal)) }
  }

  /**
   * Saves an archive that `look` found; ends with `saved`. Who stops listening cancels it.
   * @param folder null: the folder of downloads
   * @throws LabError `update-no-mirror`, `update-busy`, `update-other-system` and those of `saveArchive`.
   */
  async *save(archive: OfferedArchive, folder: string | null, signal?: AbortSignal): AsyncGenerator<UpdateEvent> {
    const mirror = this.#mirror()
    if (archive.system !== this.#system) refuse('update-other-system', { file: archive.file, system: archive.system })
    if (this.#saving !== null) refuse('update-busy', {})
    const stop = new AbortController()
    const either = AbortSignal.any([stop.signal, this.#asking(signal).signal])
    const latest = new Latest<UpdateEvent>()
    const progress = new JobProgress((told) => latest.note({ kind: 'progress', progress: told }))
    progress.begin('connecting', archive.bytes)
    const places = { partial: this.#options.partial, folder: folder === null ? downloadsFolder() : givenPath(folder) }
    const { retries } = this.#options
    const work = saveArchive(mirror, archive, places, {
      signal: either,
      answerMs,
      silenceMs,
      ...(retries === undefined ? {} : { retries }),
      onBytes: (done) => progress.bytes('downloading', done, Math.max(done, archive.bytes)),
      onChecked: (done) => progress.bytes('reading', done, Math.max(done, archive.bytes)),
      onPause: (pause) => progress.pause(pause),
    }).then((file): UpdateEvent => ({ kind: 'saved', file, bytes: archive.bytes, sha256: archive.sha256 }))
    const ended = work.catch(() => undefined).finally(() => (this.#saving = null))
    this.#saving = ended
    try {
      yield* latest.until(work)
    } finally {
      stop.abort(new LabError(problem('interrupted', {})))
      await ended
    }
  }

  /** Cancels what is under way and waits until nothing of it is left. */
  async close(because: Error): Promise<void> {
    this.#closing.abort(because)
    await this.#saving
  }

  #mirror(): string {
    return this.#options.mirror() ?? refuse('update-no-mirror', {})
  }

  #asking(signal: AbortSignal | undefined): Asking {
    const { signal: closing } = this.#closing
    return { answerMs, signal: signal === undefined ? closing : AbortSignal.any([closing, signal]) }
  }
}
