import { RPCHandler } from '@orpc/server/message-port'
import { flushSync, mount, unmount, type Component } from 'svelte'
import { onTestFinished } from 'vitest'
import { askForPort, portMessage } from '../../../core/contract/windowLink.ts'
import { router } from '../../../main/api/router.ts'
import type { Lab } from '../../../main/lab.ts'
import { lab as windowLab } from '../../../renderer/state/lab.svelte.ts'
import { until } from '../labEnd.ts'

/** Whether the page waits for a port. */
let waiting = false
let connecting = false

// The page asks for a port as in Electron, and is handed one as by the preload script.
window.postMessage = (message: unknown) => {
  if (message === askForPort) waiting = true
}

/** An event of the document: Node's own are none. */
function pageEvent(kind: 'Event' | 'MessageEvent', name: string, settings: object): Event {
  return Reflect.construct(Reflect.get(document.defaultView ?? {}, kind), [name, settings])
}

/** Connects the window of this process to a lab, until the end of the test. */
export async function connectTo(lab: Lab): Promise<void> {
  if (!connecting) void windowLab.stayConnected()
  connecting = true
  await until(() => waiting)
  waiting = false
  const { port1, port2 } = new MessageChannel()
  new RPCHandler(router).upgrade(port1, { context: { lab } })
  port1.start()
  onTestFinished(() => port1.close())
  window.dispatchEvent(pageEvent('MessageEvent', 'message', { data: portMessage, source: window, ports: [port2] }))
  await until(() => windowLab.state === 'open' && windowLab.view?.status.home === lab.home.folder)
}

/** Shows a component until the end of the test. */
export function show<Props extends Record<string, unknown>>(component: Component<Props>, props: Props): void {
  const shown = mount(component, { target: document.body, props })
  onTestFinished(() => unmount(shown))
}

/** What is written on the page, each space one space. */
export function pageText(): string {
  return (document.body.textContent ?? '').replaceAll(/\s+/g, ' ')
}

/** Waits until the page says something. */
export async function says(text: string | RegExp): Promise<void> {
  await until(() => (typeof text === 'string' ? pageText().includes(text) : text.test(pageText())))
}

/** Waits until the page does not say this. */
export async function saysNoMore(text: string): Promise<void> {
  await until(() => !pageText().includes(text))
}

/** The first element of a kind whose name or text is this. */
export function element(kind: string, name: string | RegExp): HTMLElement {
  const named = [...document.querySelectorAll<HTMLElement>(kind)].find((one) => {
    const text = one.getAttribute('aria-label') ?? (one.textContent ?? '').replaceAll(/\s+/g, ' ').trim()
    return typeof name === 'string' ? text === name : name.test(text)
  })
  if (named === undefined) throw new Error(`there is no ${kind} called ${String(name)} among: ${pageText()}`)
  return named
}

/** Presses the first element of a kind whose name or text is this. */
export function press(kind: string, name: string | RegExp = /.*/): void {
  element(kind, name).click()
  flushSync()
}

/** Types a text into the field of this label, in the place of what stands there. */
export function typeInto(label: string, text: string): void {
  const field = document.getElementById(element('label', label).getAttribute('for') ?? '')
  if (!(field instanceof HTMLInputElement)) throw new Error(`“${label}” is not the label of a field`)
  field.value = text
  field.dispatchEvent(pageEvent('Event', 'input', { bubbles: true }))
  flushSync()
}

/** Drags the only slider to a value. */
export function slideTo(value: number): void {
  const slider = document.querySelector('input[type=range]')
  if (!(slider instanceof HTMLInputElement)) throw new Error('there is no slider')
  slider.value = String(value)
  slider.dispatchEvent(pageEvent('Event', 'input', { bubbles: true }))
  flushSync()
}
