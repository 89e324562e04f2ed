// The scripts with which a person starts a portable Conv Lab on Linux. They are ASCII, so that no encoding of a copied
// file or of a terminal can spoil them.
import { lowestGlibc, systemsWithGlibc } from '../platform/glibc.mjs'

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

const nodeFails = {
  en: `Conv Lab cannot start on this computer. It needs Linux x86-64 with glibc ${lowestGlibc} or later (${systemsWithGlibc}), and a folder from which programs may be run. The system says:`,
  ru: `Conv Lab не может запуститься на этом компьютере. Нужен Linux x86-64 с glibc ${lowestGlibc} или новее (${systemsWithGlibc}) и папка, из которой разрешено запускать программы. Система сообщает:`,
}

const begin = `#!/bin/sh
folder=$(dirname -- "$(readlink -f -- "$0")")
node=$folder/node/node
program=$folder/app/dist/main/portable.js
case \${LC_ALL:-\${LC_MESSAGES:-\${LANG:-}}} in
  ru*)
    not_whole=$(printf '${forPrintf(notWhole.ru)}')
    node_fails=$(printf '${forPrintf(nodeFails.ru)}') ;;
  *)
    not_whole=$(printf '${forPrintf(notWhole.en)}')
    node_fails=$(printf '${forPrintf(nodeFails.en)}') ;;
esac
`

/** Starts Node where it runs; otherwise `why` says why it cannot. */
const start = (/** @type {string} */ what) => `if [ ! -e "$node" ] || [ ! -f "$program" ]; then
  why=$not_whole
elif said=$("$node" --version 2>&1); then
  exec "$node" "$program" ${what} "$@"
else
  why="$node_fails $said"
fi
printf '%s\\n' "$why" >&2
`

/** The script that opens the window. Where no terminal shows why it cannot, a small window of the desktop does. */
export const windowLauncher = `${begin}${start('window')}if [ ! -t 2 ]; then
  for show in zenity kdialog xmessage; do
    command -v "$show" >/dev/null 2>&1 || continue
    case $show in
      zenity) zenity --error --no-markup --width=480 --title 'Conv Lab' --text "$why" ;;
      kdialog) kdialog --title 'Conv Lab' --error "$why" ;;
      xmessage) xmessage -center "$why" ;;
    esac
    break
  done
fi
exit 1
`

/** The script of the command line. */
export const labLauncher = `${begin}${start('lab')}exit 1
`

/**
 * The entry of a desktop's menu. It names the folder in which it is made, so it is made by the person who wants it there,
 * by this script.
 */
export const menuScript = `#!/bin/sh
# Puts Conv Lab into the menu of this desktop, with its icon. To undo it, delete the file that it names.
folder=$(dirname -- "$(readlink -f -- "$0")")
entry=\${XDG_DATA_HOME:-$HOME/.local/share}/applications/conv-lab.desktop
mkdir -p -- "$(dirname -- "$entry")" || exit 1
# In such a file a backslash, a quote, a backquote and a dollar sign within quotes stand behind a backslash.
quoted=$(printf '%s' "$folder/Conv Lab" | sed 's/[\\\\"\`$]/\\\\\\\\&/g')
printf '%s\\n' '[Desktop Entry]' 'Type=Application' 'Name=Conv Lab' 'Categories=Education;Science;' \\
  "Exec=\\"$quoted\\"" "Icon=$folder/conv-lab.png" 'Terminal=false' > "$entry" || exit 1
printf '%s\\n' "$entry"
`
