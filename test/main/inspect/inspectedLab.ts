import type { RunChoices } from '../../../core/run/choices.ts'
import { openLab, rested, smallRequest, type OpenLab } from '../openLab.ts'
import { smallHome } from '../smallHome.ts'

/** A lab with a run of the Lab network that took a few steps; its engines are real. */
export async function inspectedLab(
  choices: RunChoices = { goal: 4, evaluateEvery: 2 },
): Promise<OpenLab & { run: number }> {
  const open = await openLab(await smallHome())
  const { id } = open.lab.runs.start(smallRequest(open.lab, choices))
  await rested(open.lab, id, 0)
  return { ...open, run: id }
}
