import { randomUUID } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { readFile, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { z } from 'zod'
import { phrase, type Phrase } from '../../core/words/phrases.ts'
import { LabError, problem, refuse, type Problem } from '../../core/words/problems.ts'
import { thisComputer, type Computer } from '../platform/thisComputer.ts'
import { codeOf } from './errorCode.ts'
import type { Log } from './log.ts'
import type { Home } from './places.ts'

/**
 * A note in the home folder about the Conv Lab that owns it. The lock of the history decides between the programs of one
 * computer. On some network shares a lock holds nobody on another computer, so an owner there is asked through this note.
 */
const OwnerNote = z.strictObject({
  /** Its computer and itself, as `computer/process`. Earlier programs wrote the latter alone, and only compare it. */
  owner: z.string(),
  /** The name of its computer. */
  host: z.string(),
  /** What somebody on another computer asks, to see whether the owner still answers; null while nobody does. */
  asked: z.string().nullable(),
  /** The question that the owner answered last. */
  answered: z.string().nullable(),
})
type OwnerNote = z.infer<typeof OwnerNote>

type Place = Pick<Home, 'folder' | 'history'>

/** Milliseconds between two looks of an owner at its note, and how long somebody waits for its answer. */
const lookEvery = 1000
const answerTimeout = 6000

/**
 * Milliseconds after a look for which nobody can have taken the folder: whoever wants it asks, and waits for
 * `answerTimeout`.
 */
const sureFor = answerTimeout / 2

/** Milliseconds between two looks for an answer. */
const answerEvery = 200

function noteOf(home: Place): string {
  return path.join(home.folder, 'owner.json')
}

/** The note in a text; null if it is just being written or was damaged. */
function noteFrom(text: string): OwnerNote | null {
  try {
    return OwnerNote.parse(JSON.parse(text))
  } catch (thrown) {
    if (thrown instanceof SyntaxError || thrown instanceof z.ZodError) return null
    throw thrown
  }
}

/** What reading gave where a file may be missing. */
function nullIfMissing(thrown: unknown): null {
  if (codeOf(thrown) === 'ENOENT') return null
  throw thrown
}

/** The note; null if there is none, or none that can be read. */
async function readNote(file: string): Promise<OwnerNote | null> {
  return readFile(file, 'utf8').then(noteFrom, nullIfMissing)
}

function readNoteAtOnce(file: string): OwnerNote | null {
  try {
    return noteFrom(readFileSync(file, 'utf8'))
  } catch (thrown) {
    return nullIfMissing(thrown)
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
async function writeNote(file: string, note: OwnerNote, flag: 'w' | 'wx' = 'w'): Promise<void> {
  await writeFile(file, JSON.stringify(note), { flag })
}

/**
 * Asks the owner that the note names, if it is on another computer. One that crashed does not answer, and is waited for
 * some seconds.
 * @returns What is left of an owner: nothing, the note of one on this computer, or one that does not count.
 * @throws LabError `home-in-use` when it answers.
 */
async function leftInside(home: Place, here: Computer): Promise<'nothing' | 'of this computer' | 'no owner'> {
  const file = noteOf(home)
  const note = await readNoteTwice(file)
  if (note === null) return existsSync(file) ? 'no owner' : 'nothing'
  if (note.host === here.name && note.owner.startsWith(`${here.id}/`)) return 'of this computer'
  const asked = await writeNote(file, { ...note, asked: randomUUID() }).then(
    () => true,
    () => false,
  )
  if (!asked) return 'no owner'
  for (const deadline = performance.now() + answerTimeout; performance.now() < deadline;) {
    await delay(answerEvery)
    const now = await readNote(file).catch(() => null)
    // It is just being written.
    if (now === null && existsSync(file)) continue
    // The owner has ended in the meantime, and took its note along.
    if (now === null) return 'nothing'
    // Another one has taken the folder.
    if (now.owner !== note.owner) return leftInside(home, here)
    // Any new answer shows that the owner lives: somebody else who asks may have written over this question.
    if (now.answered !== note.answered)
      refuse('home-in-use', { home: home.folder, detail: phrase('owner-on-computer', { host: note.host }) })
  }
  return 'no owner'
}

/** @throws LabError `home-in-use` when an owner on another computer answers. */
export async function refuseOwnerElsewhere(home: Place, here = thisComputer()): Promise<void> {
  await leftInside(home, here)
}

/** The owner's side of the note: it says who the owner is, and answers whoever asks. */
export class HomeOwner {
  readonly #home: Place
  readonly #file: string
  readonly #log: Log
  readonly #here: Computer
  readonly #owner: string
  #timer: NodeJS.Timeout | null = null
  #looking: Promise<void> = Promise.resolve()
  /** Whether the note was there as this owner's. */
  #written = false
  /** When the note was last seen to be this owner's. By the clock on the wall, which goes on while a computer sleeps. */
  #sureAt = 0
  /** Whether the last look failed. */
  #failing = false
  #begun = false
  /** Why the note could not be written before `begin`. */
  #unwritten: unknown = null
  #taken: Problem | null = null
  #onTaken: (of: Problem) => void = () => undefined

  /**
   * Takes a home folder that no other computer uses. Of several that want it at the same moment one gets it. Between the
   * programs of this computer the lock of the history still decides: whoever gets it calls `begin`, others `close`.
   * @throws LabError `home-in-use` when an owner on another computer answers.
   */
  static async claim(home: Place, log: Log, here = thisComputer()): Promise<HomeOwner> {
    for (;;) {
      const left = await leftInside(home, here)
      const owner = new HomeOwner(home, log, here)
      // Its owner has crashed, or has the lock and keeps its note.
      if (left === 'of this computer') return owner
      if (await (left === 'nothing' ? owner.#create() : owner.#replace())) return owner
    }
  }

  private constructor(home: Place, log: Log, here: Computer) {
    this.#home = home
    this.#file = noteOf(home)
    this.#log = log
    this.#here = here
    this.#owner = `${here.id}/${randomUUID()}`
  }

  /**
   * Only whoever has the lock of the history may call it.
   * @param onTaken Called once, when another Conv Lab has taken the folder: nothing may be written into it any more.
   */
  begin(onTaken: (of: Problem) => void): void {
    this.#begun = true
    this.#onTaken = onTaken
    if (this.#unwritten !== null) this.#logUnwritten(this.#unwritten)
    if (this.#taken !== null) onTaken(this.#taken)
    else if (this.#timer === null) {
      this.#looking = this.#write(null).then(() => undefined)
      this.#keepLooking()
    }
  }

  /** Whether another Conv Lab has taken the folder. */
  get taken(): boolean {
    return this.#taken !== null
  }

  /**
   * To be called before the history is used. When the last look is long ago, because the computer slept or this process
   * was held up, it looks again first.
   * @throws LabError `home-taken`.
   */
  refuseIfTaken(): void {
    if (this.#written && this.#taken === null && Math.abs(Date.now() - this.#sureAt) > sureFor) {
      try {
        this.#judge(readNoteAtOnce(this.#file))
      } catch (thrown) {
        this.#failed(thrown)
      }
    }
    if (this.#taken !== null) throw new LabError(this.#taken)
  }

  /** Ends answering, and takes the note away. */
  async close(): Promise<void> {
    this.#stop()
    await this.#looking
    const note = await readNote(this.#file).catch(() => null) // What cannot be read cannot be removed either.
    if (note?.owner === this.#owner) await rm(this.#file, { force: true })
  }

  /** Writes the note where there is none. @returns Whether no other was faster. */
  async #create(): Promise<boolean> {
    if ((await this.#write(null, 'wx')) === 'there') return false
    this.#keepLooking()
    return true
  }

  /**
   * Writes over the note of an owner that does not answer. Others may do so at the same moment, and the last one stays.
   * @returns Whether it is this one.
   */
  async #replace(): Promise<boolean> {
    const outcome = await this.#write(null)
    this.#keepLooking()
    if (outcome === 'failed') return true
    await delay(lookEvery)
    await this.#look()
    return !this.taken
  }

  #keepLooking(): void {
    this.#timer = setInterval(() => {
      this.#looking = this.#looking.then(() => this.#look())
    }, lookEvery).unref()
  }

  async #look(): Promise<void> {
    if (this.#timer === null) return
    try {
      const note = await readNote(this.#file)
      this.#judge(note)
      this.#failing = false
      if (note?.owner === this.#owner && note.asked !== null && note.asked !== note.answered)
        await this.#write(note.asked)
    } catch (thrown) {
      this.#failed(thrown)
    }
  }

  /** Concludes from the note who owns the folder. */
  #judge(note: OwnerNote | null): void {
    if (!this.#written) return
    if (note?.owner === this.#owner) this.#sureAt = Date.now()
    else if (note !== null) this.#lose(phrase('owner-on-computer', { host: note.host }))
    // Nobody else takes this note away but an owner that came after it. A share that is out of reach lacks the history too.
    else if (!existsSync(this.#file) && existsSync(this.#home.history)) this.#lose(phrase('owner-ended-since', {}))
  }

  #lose(to: Phrase): void {
    this.#stop()
    if (this.#taken !== null) return
    this.#taken = problem('home-taken', { home: this.#home.folder, detail: to })
    this.#onTaken(this.#taken)
  }

  /** It goes on looking: a share comes back, and then it matters who owns the folder. */
  #failed(thrown: unknown): void {
    if (!this.#failing) this.#log.add('reading the note about the owner of the home folder', thrown)
    this.#failing = true
  }

  /** A disk that is full must not keep the lab from opening. With `wx` a note that is there stays. */
  async #write(answered: string | null, flag: 'w' | 'wx' = 'w'): Promise<'written' | 'there' | 'failed'> {
    const note = { owner: this.#owner, host: this.#here.name, asked: answered, answered }
    try {
      await writeNote(this.#file, note, flag)
      this.#written = true
      this.#sureAt = Date.now()
      return 'written'
    } catch (thrown) {
      if (codeOf(thrown) === 'EEXIST') return 'there'
      // A folder in which nothing can be written may have no log either, and opening the history says why.
      if (this.#begun) this.#logUnwritten(thrown)
      else this.#unwritten = thrown
      return 'failed'
    }
  }

  #logUnwritten(thrown: unknown): void {
    this.#log.add('writing the note about the owner of the home folder', thrown)
  }

  #stop(): void {
    if (this.#timer !== null) clearInterval(this.#timer)
    this.#timer = null
  }
}
