// The scripts with which a person starts a portable Conv Lab on Linux and macOS. They are ASCII, so that no encoding of a copied
// file or of a terminal can spoil them.
import { lowestGlibc, systemsWithGlibc } from '../platform/glibc.mjs'
import { sumsName } from './sums.mjs'

/**
 * A text as printf of a shell writes it: every byte that is not a plain letter, digit or space as an octal number.
 * @param {string} text
 */
export function forPrintf(text) {
  return [...Buffer.from(text, 'utf8')]
    .map((byte) => {
      const character = String.fromCharCode(byte)
      return /[A-Za-z0-9 .,:()-]/.test(character) ? character : `\\${byte.toString(8).padStart(3, '0')}`
    })
    .join('')
}

const notWhole = {
  en: 'This copy of Conv Lab is not whole. Unpack or copy the whole folder again; your runs lie elsewhere and stay.',
  ru: 'Эта копия Conv Lab неполна. Распакуйте или скопируйте папку целиком ещё раз; ваши запуски хранятся отдельно и останутся.',
}

/** What is needed where Node does not start, by system. */
const nodeFails = {
  linux: {
    en: `Conv Lab cannot start on this computer. It needs Linux x86-64 with glibc ${lowestGlibc} or later (${systemsWithGlibc}), and a folder from which programs may be run. The system says:`,
    ru: `Conv Lab не может запуститься на этом компьютере. Нужен Linux x86-64 с glibc ${lowestGlibc} или новее (${systemsWithGlibc}) и папка, из которой разрешено запускать программы. Система сообщает:`,
  },
  darwin: {
    en: 'Conv Lab cannot start on this computer. It needs a Mac with Apple silicon and macOS 13.5 or later, and the system must let its programs run (README.txt says how). The system says:',
    ru: 'Conv Lab не может запуститься на этом компьютере. Нужен Mac с процессором Apple и macOS 13.5 или новее, и система должна разрешать запуск его программ (как это сделать, сказано в README.txt). Система сообщает:',
  },
}

/**
 * Sets variables of a script to sentences in the language of the system.
 * @param {Readonly<Record<string, { en: string, ru: string }>>} sentences  by the name of their variable
 */
function inLanguageOfSystem(sentences) {
  const lines = (/** @type {'en' | 'ru'} */ language) =>
    Object.entries(sentences)
      .map(([name, said]) => `    ${name}=$(printf '${forPrintf(said[language])}')`)
      .join('\n')
  return `case \${LC_ALL:-\${LC_MESSAGES:-\${LANG:-}}} in
  ru*)
${lines('ru')} ;;
  *)
${lines('en')} ;;
esac
`
}

/** The program of each system that checks a list of sums. */
const sumChecks = { linux: 'sha256sum', darwin: 'shasum -a 256' }

const begin = (/** @type {keyof typeof nodeFails} */ system) => `#!/bin/sh
folder=$(dirname -- "$(readlink -f -- "$0")")
node=$folder/node/node
program=$folder/app/dist/main/portable.js
# The program looks whether the folder is whole. What Node reads before it has to be looked at here.
spoilt() {
  [ -s "$node" ] && [ -s "$program" ] && [ -s "$folder/app/package.json" ] || return 0
  sums=$(grep -E '  app/(package[.]json|dist/main/portable[.]js)$' "$folder/${sumsName}" 2>/dev/null) || return 1
  command -v ${sumChecks[system].split(' ')[0]} >/dev/null 2>&1 || return 1
  ! (cd -- "$folder" && printf '%s\\n' "$sums" | ${sumChecks[system]} -c >/dev/null 2>&1)
}
${inLanguageOfSystem({ not_whole: notWhole, node_fails: nodeFails[system], language: { en: 'en', ru: 'ru' } })}`

/** Starts Node where it runs; otherwise `why` says why it cannot. */
const start = (/** @type {string} */ what) => `if spoilt; then
  why=$not_whole
elif said=$("$node" --version 2>&1); then
  exec "$node" "$program" ${what} "$@"
else
  why="$node_fails $said"
fi
printf '%s\\n' "$why" >&2
`

/** The script that opens the window. Where no terminal shows why it cannot, a small window of the desktop or a page does. */
export const windowLauncher = `${begin('linux')}${start('window')}if [ ! -t 2 ]; then
  for show in zenity kdialog xmessage xdg-open; do
    command -v "$show" >/dev/null 2>&1 || continue
    case $show in
      zenity) zenity --error --no-markup --width=480 --title 'Conv Lab' --text "$why" ;;
      kdialog) kdialog --title 'Conv Lab' --error "$why" ;;
      xmessage) xmessage -center "$why" ;;
      xdg-open)
        page=$(mktemp -d)/conv-lab.html
        safe=$(printf '%s' "$why" | sed 's/&/\\&amp;/g; s/</\\&lt;/g')
        printf '%s\\n' '<!doctype html>' "<html lang=\\"$language\\">" '<meta charset="utf-8">' '<title>Conv Lab</title>' \\
          '<h1>Conv Lab</h1>' "<p role=\\"alert\\">$safe</p>" '</html>' > "$page" && xdg-open "$page" ;;
    esac
    break
  done
fi
exit 1
`

/** The script of the command line. */
export const labLauncher = `${begin('linux')}${start('lab')}exit 1
`

/** The scripts of macOS. Its files open in a terminal, which shows what they say. */
const ofMacos = {
  'Conv Lab.command': `${begin('darwin')}${start('window')}exit 1\n`,
  lab: `${begin('darwin')}${start('lab')}exit 1\n`,
}

const lineBreak = {
  en: 'A name in the path of this folder has a line break, and an entry of a menu cannot name such a folder. Rename the folder and run this again.',
  ru: 'В пути к этой папке есть имя с переводом строки, и добавить такую папку в меню нельзя. Переименуйте её и запустите этот скрипт ещё раз.',
}

/**
 * The entry of a desktop's menu. It names the folder in which it is made, so it is made by the person who wants it there,
 * by this script.
 */
export const menuScript = `#!/bin/sh
# Puts Conv Lab into the menu of this desktop, with its icon. To undo it, delete the file that it names.
own=$(readlink -f -- "$0")
${inLanguageOfSystem({ line_break: lineBreak })}case $own in
  *'
'*)
    printf '%s\\n' "$line_break" >&2
    exit 1 ;;
esac
folder=$(dirname -- "$own")
entry=\${XDG_DATA_HOME:-$HOME/.local/share}/applications/conv-lab.desktop
mkdir -p -- "$(dirname -- "$entry")" || exit 1
# In the text of a key a backslash is written twice. Before that, in a command, a backslash, a quote, a backquote and a
# dollar sign within quotes stand behind a backslash, and a percent sign is written twice. Some desktops read that sign
# twice in arguments alone, so the program is an argument of the shell.
text() { printf '%s' "$1" | sed 's/\\\\/\\\\\\\\/g'; }
quoted=$(printf '%s' "$folder/Conv Lab" | sed 's/[\\\\"\`$]/\\\\&/g; s/%/%%/g')
printf '%s\\n' '[Desktop Entry]' 'Type=Application' 'Name=Conv Lab' 'Categories=Education;Science;' \\
  "Exec=/bin/sh \\"$(text "$quoted")\\"" "Icon=$(text "$folder/conv-lab.png")" 'Terminal=false' > "$entry" || exit 1
printf '%s\\n' "$entry"
`

/**
 * The scripts for a system, by name.
 * @param {{ platform: NodeJS.Platform }} target
 * @returns {Readonly<Record<string, string>>}
 */
export function launchers({ platform }) {
  if (platform === 'darwin') return ofMacos
  return { 'Conv Lab': windowLauncher, lab: labLauncher, 'add-to-menu': menuScript }
}
