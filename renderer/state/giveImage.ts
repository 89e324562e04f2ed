import type { GivenImage } from '../../core/inspect/looking.ts'
import { problem } from '../../core/words/problems.ts'
import { type LabConnection, lab } from './lab.svelte.ts'
import type { Answer } from './link.ts'

/** Bytes of a file in one message. */
const partBytes = 480_000

/** A piece of text at a time, because a call takes a limited number of arguments. */
const codesAtOnce = 8_192

function base64(bytes: Uint8Array): string {
  let text = ''
  for (let first = 0; first < bytes.length; first += codesAtOnce)
    text += String.fromCharCode(...bytes.subarray(first, first + codesAtOnce))
  return btoa(text)
}

/** Gives the lab a picture to look at. It is kept in memory and not stored. */
export async function giveImage(file: Blob, to: Pick<LabConnection, 'ask'> = lab): Promise<Answer<GivenImage>> {
  const upload = crypto.randomUUID()
  for (let first = 0; ; first += partBytes) {
    const last = first + partBytes >= file.size
    const part = base64(new Uint8Array(await file.slice(first, first + partBytes).arrayBuffer()))
    const answer = await to.ask((client) => client.look.give({ upload, part, last }))
    if (!answer.ok) return answer
    if (answer.value !== null) return { ok: true, value: answer.value }
    if (last) return { ok: false, problem: problem('internal', { detail: 'the picture was not taken' }) }
  }
}
