import { existsSync, readFileSync } from 'node:fs'
import { homedir } from 'node:os'
import path from 'node:path'

/** Where desktops of Linux keep the names of a person's folders (xdg-user-dirs). */
function namedByDesktop(home: string, environment: NodeJS.ProcessEnv): string | null {
  const configuration = environment['XDG_CONFIG_HOME'] || path.join(home, '.config')
  const file = path.join(configuration, 'user-dirs.dirs')
  if (!existsSync(file)) return null
  const [, folder] = /^XDG_DOWNLOAD_DIR="(?:\$HOME\/)?([^"\n]+)"$/m.exec(readFileSync(file, 'utf8')) ?? []
  return folder === undefined ? null : path.resolve(home, folder)
}

/** The folder in which a person expects what they have downloaded: `Downloads`, or the home folder if there is none. */
export function downloadsFolder(
  home = homedir(),
  environment = process.env,
  platform: NodeJS.Platform = process.platform,
): string {
  const named = platform === 'linux' ? namedByDesktop(home, environment) : null
  const folders = [...(named === null ? [] : [named]), path.join(home, 'Downloads')]
  return folders.find((folder) => existsSync(folder)) ?? home
}
