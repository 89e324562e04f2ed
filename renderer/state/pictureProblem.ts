import { z } from 'zod'
import { Problem, problem } from '../../core/words/problems.ts'

const Refusal = z.object({ problem: Problem })

/** Why a picture could not be had: an image element is only told that it failed. */
export async function pictureProblem(address: string): Promise<Problem | null> {
  try {
    const response = await fetch(address)
    if (response.ok) return null
    const refusal = Refusal.safeParse(await response.json())
    return refusal.success ? refusal.data.problem : problem('link-lost', {})
  } catch {
    // The connection is gone, or the answer is none of the lab's.
    return problem('link-lost', {})
  }
}
