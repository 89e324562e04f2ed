import { createInterface } from 'node:readline'

/** Carries out one command; what it is given is checked by itself. */
export type Command = (question: unknown) => unknown

function commandOf(question: unknown): string {
  return typeof question === 'object' && question !== null && 'command' in question ? String(question.command) : ''
}

/** The bench's side of a peer in Node.js, like serve.py: a JSON value a line in and out, until standard input ends. */
export async function serve(
  versions: Readonly<Record<string, string>>,
  commands: Readonly<Record<string, Command>>,
): Promise<void> {
  const answer = (value: unknown): void => void process.stdout.write(`${JSON.stringify(value)}\n`)
  answer({ versions })
  for await (const line of createInterface({ input: process.stdin })) {
    const question: unknown = JSON.parse(line)
    const name = commandOf(question)
    if (!Object.hasOwn(commands, name)) throw new Error(`the peer does not know the command ${name}`)
    answer(await commands[name](question))
  }
}
