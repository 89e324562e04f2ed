/** The elements around one, from the innermost, up to a limit. */
function around(element: Element, limit: Element): Element[] {
  const found: Element[] = []
  for (let one = element.parentElement; one !== null && one !== limit; one = one.parentElement) found.push(one)
  return found
}

/** Whether an element is there and can have the focus. */
function canHold(element: HTMLElement): boolean {
  return element.isConnected && !element.matches(':disabled')
}

/** Gives the focus to something that is not a control. It is no place where Tab stops. */
function focusPlace(place: HTMLElement): void {
  if (!place.hasAttribute('tabindex')) {
    place.tabIndex = -1
    place.addEventListener('blur', () => place.removeAttribute('tabindex'), { once: true })
  }
  place.focus({ preventScroll: true })
}

/**
 * An attachment for a part of the window. When what has the focus in it goes away or is disabled, as a button that has
 * done its work, the focus goes to the nearest region around it that is left, or else to the whole part. Without this a
 * screen reader would begin the page anew.
 */
export function keepFocus(part: HTMLElement): () => void {
  let held: HTMLElement | null = null
  let places: HTMLElement[] = []

  const take = ({ target }: FocusEvent): void => {
    if (!(target instanceof HTMLElement) || target === part) return
    held = target
    places = around(target, part).filter(
      (one): one is HTMLElement => one instanceof HTMLElement && one.matches('section, article, form, [role=region]'),
    )
  }

  // A person who leaves for another control, or for nothing, has not lost the focus. A control that goes away leaves just
  // before it is gone.
  const leave = ({ target }: FocusEvent): void => {
    queueMicrotask(() => {
      if (target === held && held !== null && canHold(held)) held = null
    })
  }

  const mend = (): void => {
    if (held === null || canHold(held)) return
    held = null
    if (document.activeElement === document.body) focusPlace(places.find((place) => place.isConnected) ?? part)
  }

  // The browser takes the focus from a disabled control with the next picture, and the page may give it on by itself.
  const look = (): void => {
    if (held !== null && !canHold(held)) requestAnimationFrame(() => setTimeout(mend))
  }

  const observer = new MutationObserver(look)
  observer.observe(part, { subtree: true, childList: true, attributeFilter: ['disabled'] })
  part.addEventListener('focusin', take)
  part.addEventListener('focusout', leave)
  return () => {
    observer.disconnect()
    part.removeEventListener('focusin', take)
    part.removeEventListener('focusout', leave)
  }
}
