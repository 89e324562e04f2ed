import { expect, type Page } from '@playwright/test'

/** Roles that are worth nothing to a screen reader without a name. */
const named = new Set([
  'application',
  'button',
  'checkbox',
  'combobox',
  'dialog',
  'grid',
  'image',
  'link',
  'listbox',
  'option',
  'progressbar',
  'radio',
  'radiogroup',
  'region',
  'searchbox',
  'slider',
  'spinbutton',
  'switch',
  'tab',
  'textbox',
])

interface TreeNode {
  readonly role: string
  readonly name: string
  /** Of a heading, 1 to 6; otherwise 0. */
  readonly level: number
}

/** What a screen reader is given of the page, in its order. */
async function treeOf(page: Page): Promise<TreeNode[]> {
  const session = await page.context().newCDPSession(page)
  const { nodes } = await session.send('Accessibility.getFullAXTree')
  await session.detach()
  const byId = new Map(nodes.map((node) => [node.nodeId, node]))
  const found: TreeNode[] = []
  const visit = (id: string): void => {
    const node = byId.get(id)
    if (node === undefined) return
    if (!node.ignored)
      found.push({
        role: String(node.role?.value ?? ''),
        name: String(node.name?.value ?? '').trim(),
        level: Number(node.properties?.find(({ name }) => name === 'level')?.value.value ?? 0),
      })
    for (const child of node.childIds ?? []) visit(child)
  }
  visit(nodes[0].nodeId)
  return found
}

/**
 * The page can be used from its accessibility tree: every control and picture has a name, and one main part begins with
 * the only heading of the first level, below which no level is left out.
 */
export async function checkTree(page: Page, name: string): Promise<void> {
  const tree = await treeOf(page)
  const nameless = tree.filter((node) => named.has(node.role) && node.name === '').map(({ role }) => role)
  expect(nameless, `${name}: nothing without a name`).toEqual([])
  expect(tree.filter(({ role }) => role === 'main').length, `${name}: one main part`).toBe(1)
  const levels = tree.filter(({ role }) => role === 'heading').map(({ level }) => level)
  expect(levels.filter((level) => level === 1).length, `${name}: one first heading`).toBe(1)
  expect(levels[0], `${name}: the first heading comes first`).toBe(1)
  const jumps = levels.filter((level, index) => index > 0 && level > levels[index - 1] + 1)
  expect(jumps, `${name}: no level of headings is left out`).toEqual([])
}
