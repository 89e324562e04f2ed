import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readFile, rm, writeFile } from 'node:fs/promises'
import { hostname } from 'node:os'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { z } from 'zod'
import { phrase } from '../../core/words/phrases.ts'
import { refuse } from '../../core/words/problems.ts'
import { codeOf } from './errorCode.ts'
import type { Log } from './log.ts'
import type { Home } from './places.ts'

/**
 * A note in the home folder about the Conv Lab that owns it. The lock of the history decides between the programs of one
 * computer. On some network shares a lock holds nobody on another computer, so an owner there is asked through this note.
 */
const OwnerNote = z.strictObject({
  owner: z.string(),
  /** The name of its computer. */
  host: z.string(),
  /** What somebody on another computer asks, to see whether the owner still answers; null while nobody does. */
  asked: z.string().nullable(),
  /** The question that the owner answered last. */
  answered: z.string().nullable(),
})
type OwnerNote = z.infer<typeof OwnerNote>

/** Milliseconds between two looks of an owner at its note, and how long somebody waits for its answer. */
const lookEvery = 1000
const answerTimeout = 6000

/** Milliseconds between two looks for an answer. */
const answerEvery = 200

function noteOf(home: Pick<Home, 'folder'>): string {
  return path.join(home.folder, 'owner.json')
}

/** The note; null if there is none, or if it is just being written or was damaged. */
async function readNote(file: string): Promise<OwnerNote | null> {
  try {
    return OwnerNote.parse(JSON.parse(await readFile(file, 'utf8')))
  } catch (thrown) {
    if (codeOf(thrown) === 'ENOENT' || thrown instanceof SyntaxError || thrown instanceof z.ZodError) return null
    throw thrown
  }
}

/** The note for whoever wants the folder. One that cannot be read may just be being written, so it is read again. */
async function readNoteTwice(file: string): Promise<OwnerNote | null> {
  // Where a folder can be neither read nor written, opening the history says why.
  const look = (): Promise<OwnerNote | null> => readNote(file).catch(() => null)
  const note = await look()
  if (note !== null || !existsSync(file)) return note
  await delay(answerEvery)
  return look()
}

/** Written in place: a share may show a replaced file to another computer only much later. */
async function writeNote(file: string, note: OwnerNote): Promise<void> {
  await writeFile(file, JSON.stringify(note))
}

/**
 * Asks the owner that the note names, if it is on another computer. One that crashed does not answer, and is waited for
 * some seconds.
 * @throws LabError `home-in-use` when it answers.
 */
export async function refuseOwnerElsewhere(home: Pick<Home, 'folder'>, host = hostname()): Promise<void> {
  const file = noteOf(home)
  const note = await readNoteTwice(file)
  if (note === null || note.host === host) return
  const asked = await writeNote(file, { ...note, asked: randomUUID() }).then(
    () => true,
    () => false,
  )
  if (!asked) return
  for (const deadline = performance.now() + answerTimeout; performance.now() < deadline;) {
    await delay(answerEvery)
    const now = await readNote(file).catch(() => null)
    // It is just being written.
    if (now === null && existsSync(file)) continue
    // The owner has ended in the meantime, and took its note along.
    if (now === null) return
    // Another one has taken the folder.
    if (now.owner !== note.owner) return refuseOwnerElsewhere(home, host)
    // Any new answer shows that the owner lives: somebody else who asks may have written over this question.
    if (now.answered !== note.answered)
      refuse('home-in-use', { home: home.folder, detail: phrase('owner-on-computer', { host: note.host }) })
  }
}

/** The owner's side of the note: it says who the owner is, and answers whoever asks. */
export class HomeOwner {
  readonly #file: string
  readonly #log: Log
  readonly #host: string
  readonly #owner = randomUUID()
  #timer: NodeJS.Timeout | null = null
  #looking: Promise<void>

  /** Only whoever has the lock of the history may make one. */
  constructor(home: Pick<Home, 'folder'>, log: Log, host = hostname()) {
    this.#file = noteOf(home)
    this.#log = log
    this.#host = host
    this.#looking = this.#write(null)
    this.#timer = setInterval(() => {
      this.#looking = this.#looking.then(() => this.#look())
    }, lookEvery).unref()
  }

  /** Ends answering, and takes the note away. */
  async close(): Promise<void> {
    this.#stop()
    await this.#looking
    const note = await readNote(this.#file).catch(() => null) // What cannot be read cannot be removed either.
    if (note?.owner === this.#owner) await rm(this.#file, { force: true })
  }

  async #look(): Promise<void> {
    try {
      const note = await readNote(this.#file)
      if (note === null || this.#timer === null) return
      if (note.owner !== this.#owner) {
        this.#stop()
        this.#log.add(`the home folder was taken by another Conv Lab, on the computer ${note.host}`)
      } else if (note.asked !== null && note.asked !== note.answered) await this.#write(note.asked)
    } catch (thrown) {
      this.#stop()
      this.#log.add('reading the note about the owner of the home folder', thrown)
    }
  }

  /** A disk that is full must not keep the lab from opening. */
  async #write(answered: string | null): Promise<void> {
    const note = { owner: this.#owner, host: this.#host, asked: answered, answered }
    await writeNote(this.#file, note).catch((thrown: unknown) =>
      this.#log.add('writing the note about the owner of the home folder', thrown),
    )
  }

  #stop(): void {
    if (this.#timer !== null) clearInterval(this.#timer)
    this.#timer = null
  }
}
