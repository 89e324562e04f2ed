import type { Page } from './routes.ts'

/** What a shortcut does on the page in view, beside leading to a page. */
export const shortcutActions = ['start', 'pause', 'search', 'help'] as const
export type ShortcutAction = (typeof shortcutActions)[number]

/**
 * The key of each page, pressed after G. Keys are places on the keyboard, named as on an English one, so that they work
 * in any layout.
 */
export const pageKeys: Readonly<Record<Page, string>> = {
  start: 'B',
  data: 'D',
  network: 'N',
  train: 'T',
  look: 'L',
  errors: 'E',
  compare: 'C',
  sweeps: 'W',
  lessons: 'K',
  settings: 'S',
}

/** The key of each action. None is a key of the browser, and none has a modifier besides Shift of the question mark. */
export const actionKeys: Readonly<Record<ShortcutAction, string>> = { start: 'S', pause: 'P', search: 'F', help: '?' }

/** The key before that of a page. */
export const pagePrefix = 'G'

/** What of a key press tells which shortcut it is. */
export interface KeyPress {
  readonly key: string
  readonly code: string
  readonly ctrlKey: boolean
  readonly altKey: boolean
  readonly metaKey: boolean
  readonly shiftKey: boolean
}

/** What a key press means: `prefix` waits for the key of a page. */
export type Meaning =
  | { readonly kind: 'page'; readonly page: Page }
  | { readonly kind: 'action'; readonly action: ShortcutAction }
  | { readonly kind: 'prefix' }
  | null

function letterOf({ code, shiftKey }: KeyPress): string | null {
  return shiftKey ? null : (/^Key([A-Z])$/.exec(code)?.[1] ?? null)
}

/**
 * What a key press means.
 * @param prefixed Whether the press before was that of the prefix.
 */
export function meaningOf(press: KeyPress, prefixed: boolean): Meaning {
  if (press.ctrlKey || press.altKey || press.metaKey) return null
  if (press.key === actionKeys.help) return { kind: 'action', action: 'help' }
  const letter = letterOf(press)
  if (letter === null) return null
  if (prefixed) {
    const page = (Object.keys(pageKeys) as Page[]).find((one) => pageKeys[one] === letter)
    return page === undefined ? null : { kind: 'page', page }
  }
  if (letter === pagePrefix) return { kind: 'prefix' }
  const action = shortcutActions.find((one) => actionKeys[one] === letter)
  return action === undefined ? null : { kind: 'action', action }
}

/** Elements that take letters themselves: fields, open menus and dialogs. Radio buttons and checkboxes take none. */
const takesKeys =
  'input:not([type="radio"], [type="checkbox"], [type="range"]), textarea, select, [contenteditable], [role="listbox"], [role="menu"], [role="dialog"], [role="combobox"], dialog'

/** Whether the keys that are pressed here belong to what has the focus. */
export function belongsToField(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest(takesKeys) !== null
}
