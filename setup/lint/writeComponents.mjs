// Components as TypeScript, for a linter that knows types and does not know Svelte.
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { svelte2tsx } from 'svelte2tsx'

/**
 * Writes every component of the window as a module of TypeScript into a folder that mirrors the tree. `rootDirs` lays the
 * two trees over each other, so that the modules' imports lead where those of the components do.
 * @param {string} root of the clone
 * @returns {string} the folder, which was empty before
 */
export function writeComponents(root) {
  const folder = path.join(root, '.set-up', 'components')
  rmSync(folder, { recursive: true, force: true })
  // Git ignores what set-up writes, and oxlint what git ignores. It looks for such rules up to a repository's root.
  mkdirSync(path.join(folder, '.git'), { recursive: true })
  for (const name of readdirSync(path.join(root, 'renderer'), { recursive: true, encoding: 'utf8' })) {
    if (!name.endsWith('.svelte')) continue
    const file = path.join('renderer', name)
    const { code } = svelte2tsx(readFileSync(path.join(root, file), 'utf8'), {
      filename: file,
      isTsFile: true,
      mode: 'ts',
      version: '5',
    })
    const target = path.join(folder, `${file}.ts`)
    mkdirSync(path.dirname(target), { recursive: true })
    writeFileSync(target, code)
  }
  writeFileSync(
    path.join(folder, 'tsconfig.json'),
    JSON.stringify({
      extends: '../../renderer/tsconfig.json',
      compilerOptions: { rootDirs: ['../..', '.'] },
      files: ['svelte2tsx/svelte-shims-v4.d.ts', 'svelte/svelte-html.d.ts'].map(
        (shims) => `../../node_modules/${shims}`,
      ),
      include: ['renderer'],
      exclude: [],
    }),
  )
  return folder
}
