import { afterEach, expect, test } from 'vitest'
import { keepFocus } from '../../../renderer/shell/keepFocus.ts'

let end = (): void => undefined

afterEach(() => {
  end()
  document.body.replaceChildren()
})

/** A page with two regions of one button each, the focus of which is kept. */
function page(): { main: HTMLElement; button: HTMLButtonElement; region: HTMLElement; other: HTMLButtonElement } {
  const main = document.createElement('main')
  const [region, second] = [document.createElement('section'), document.createElement('section')]
  const [button, other] = [document.createElement('button'), document.createElement('button')]
  region.append(button)
  second.append(other)
  main.append(region, second)
  document.body.append(main)
  end = keepFocus(main)
  button.focus()
  return { main, button, region, other }
}

test('the region around a control that has gone gets the focus', async () => {
  const { button, region } = page()
  button.remove()
  await expect.poll(() => document.activeElement).toBe(region)
})

test('the page gets the focus when the region has gone too', async () => {
  const { main, region } = page()
  region.remove()
  await expect.poll(() => document.activeElement).toBe(main)
})

test('what the page itself gives the focus to keeps it, and who left a control is not called back', async () => {
  const { main, button, other } = page()
  button.remove()
  other.focus()
  main.append(document.createElement('p'))
  await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)))
  expect(document.activeElement).toBe(other)
  other.blur()
  await Promise.resolve()
  other.remove()
  await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)))
  expect(document.activeElement).toBe(document.body)
})
