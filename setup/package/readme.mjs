// The page that lies in a portable folder, in both languages.
import { lowestGlibc, systemsWithGlibc } from '../platform/glibc.mjs'

/** @typedef {import('./targets.mjs').Target} Target */

/**
 * @typedef {object} System  what the page says of a system
 * @property {string} start  the file that a person starts
 * @property {string} lab  the command line
 * @property {string} home  the home folder
 * @property {{ en: string, ru: string }} more  a sentence that this system alone needs; may be empty
 * @property {{ en: string, ru: string }} needs
 */

/** @type {Readonly<Partial<Record<NodeJS.Platform, System>>>} */
const systems = {
  linux: {
    start: 'Conv Lab',
    lab: './lab',
    home: '~/.local/share/conv-lab',
    more: {
      en: '\nRun “add-to-menu” to have it in the menu of your desktop.',
      ru: '\nСкрипт «add-to-menu» добавит программу в меню рабочего стола.',
    },
    needs: {
      en: `Linux x86-64 with glibc ${lowestGlibc} or later (${systemsWithGlibc}), a processor with AVX, and Chromium, Chrome, Edge or another browser`,
      ru: `Linux x86-64 с glibc ${lowestGlibc} или новее (${systemsWithGlibc}), процессор с AVX и Chromium, Chrome, Edge или другой браузер`,
    },
  },
  win32: {
    start: 'Conv Lab.exe',
    lab: 'lab',
    home: '%LOCALAPPDATA%\\Conv Lab\\Data',
    more: { en: '', ru: '' },
    needs: {
      en: 'Windows 10 or later on x64, a processor with AVX, and Edge (which Windows has) or Chrome',
      ru: 'Windows 10 или новее (x64), процессор с AVX и Edge (он есть в Windows) или Chrome',
    },
  },
  darwin: {
    start: 'Conv Lab.command',
    lab: './lab',
    home: '~/Library/Application Support/Conv Lab',
    more: {
      en: '\nThis archive was never tried on a Mac. macOS blocks programs from the network that are not signed; type in a\nterminal, in this folder: xattr -dr com.apple.quarantine .',
      ru: '\nЭтот архив ещё не проверяли на Mac. macOS блокирует неподписанные программы из сети; наберите в терминале,\nв этой папке: xattr -dr com.apple.quarantine .',
    },
    needs: {
      en: 'a Mac with Apple silicon and macOS 13.5 or later, and Chrome, Chromium or another browser',
      ru: 'Mac с процессором Apple и macOS 13.5 или новее, а также Chrome, Chromium или другой браузер',
    },
  },
}

/**
 * @param {Target} target
 * @param {string} version
 * @param {readonly string[]} sets  the data sets that came along
 */
export function readme(target, version, sets) {
  const system = systems[target.platform]
  if (system === undefined) throw new TypeError(`nothing is written about ${target.platform}`)
  const { start, lab, home, more, needs } = system
  const along = {
    en: sets.length === 0 ? '' : `\nThese data sets came along and need no network: ${sets.join(', ')}.`,
    ru: sets.length === 0 ? '' : `\nЭти наборы данных уже здесь, и сеть для них не нужна: ${sets.join(', ')}.`,
  }
  const text = `Conv Lab ${version}

Start “${start}”. Nothing is installed, and nothing is written into this folder: it may lie
on a stick, or on a share that is read-only.${more.en}

It needs ${needs.en}.${along.en}

Your runs and data sets lie in ${home}.
Make an empty file named “portable” beside this one, and they lie in the folder “home” here
instead, so that a stick has all of it.

A new version is a new folder. Unpack it beside this one and start it: your runs are there.
Then delete the old folder. If you made the file “portable”, your runs lie in this folder: first
move it and the folders “home” and “cache” into the new one.

${lab} doctor    says what hinders Conv Lab here: missing or altered files, the system, the
              processor, the space on the disk
${lab} --help    lists the commands for scripts and teachers

LICENCES.txt has the licences of all parts. SHA256SUMS has the sums of all files.


Conv Lab ${version}

Запустите «${start}». Ничего не устанавливается, и в эту папку ничего не записывается: она
может лежать на флешке или в сетевой папке только для чтения.${more.ru}

Нужны: ${needs.ru}.${along.ru}

Ваши запуски и наборы данных хранятся в ${home}.
Создайте рядом с этим файлом пустой файл с именем «portable», и они будут храниться здесь,
в папке «home»: тогда на флешке есть всё.

Новая версия — это новая папка. Распакуйте её рядом с этой и запустите: ваши запуски на месте.
После этого старую папку можно удалить. Если вы создали файл «portable», запуски лежат в этой
папке: сначала перенесите его и папки «home» и «cache» в новую.

${lab} doctor    говорит, что мешает Conv Lab на этом компьютере: пропавшие или изменённые
              файлы, система, процессор, место на диске
${lab} --help    перечисляет команды для сценариев и преподавателей

В LICENCES.txt — лицензии всех частей, в SHA256SUMS — контрольные суммы всех файлов.
`
  // The editor that Windows opens it with takes older encodings for granted unless a file begins with this mark.
  return target.platform === 'win32' ? `\ufeff${text.replaceAll('\n', '\r\n')}` : text
}
