/** Whether the list of keyboard shortcuts is open. */
class ShortcutList {
  open = $state(false)
}

export const shortcutList = new ShortcutList()
