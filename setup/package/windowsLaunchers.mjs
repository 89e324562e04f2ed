// What a person starts in a portable folder for Windows: a small program with an icon, and a script for the command line.
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { fetchZig, runZig } from '../binding/zig.mjs'
import { architectureOf, placeFor } from '../platform/platform.mjs'
import { SetupProblem } from '../problem.mjs'
import { lastWords } from '../run.mjs'

/** @typedef {import('../place.mjs').Place} Place */

/** The sizes of an icon that Windows asks for, in pixels. */
const iconSizes = [16, 24, 32, 48, 64, 256]

const asciiOnly = `@echo off
setlocal DisableDelayedExpansion
for %%F in ("%~dp0node\\node.exe" "%~dp0app\\package.json" "%~dp0app\\dist\\main\\portable.js") do (
  if "%%~zF"=="" goto incomplete
  if "%%~zF"=="0" goto incomplete
)
"%~dp0node\\node.exe" "%~dp0app\\dist\\main\\portable.js" lab %*
exit /b %errorlevel%
:incomplete
echo This copy of Conv Lab is not whole. Unpack the archive or copy the whole folder again; your runs stay as they are. 1>&2
exit /b 1
`

/** The script of the command line. It is ASCII, because the shell reads it in whatever encoding the console has. */
export const labScript = asciiOnly.replaceAll('\n', '\r\n')

/**
 * An icon file of PNG pictures. Format: a header of 6 bytes, an entry of 16 bytes for each picture, the pictures
 * (Microsoft, "Icons", ICONDIR and ICONDIRENTRY).
 * @param {readonly { side: number, png: Buffer }[]} pictures  squares, sides in pixels up to 256
 */
export function iconFile(pictures) {
  const header = Buffer.alloc(6 + 16 * pictures.length)
  header.writeUInt16LE(1, 2)
  header.writeUInt16LE(pictures.length, 4)
  let offset = header.length
  for (const [place, { side, png }] of pictures.entries()) {
    const entry = 6 + 16 * place
    // A side of 256 is written as 0.
    header.writeUInt8(side % 256, entry)
    header.writeUInt8(side % 256, entry + 1)
    header.writeUInt16LE(1, entry + 4)
    header.writeUInt16LE(32, entry + 6)
    header.writeUInt32LE(png.length, entry + 8)
    header.writeUInt32LE(offset, entry + 12)
    offset += png.length
  }
  return Buffer.concat([header, ...pictures.map(({ png }) => png)])
}

/**
 * Makes both.
 * @param {Place} place
 * @param {string} folder  the portable folder
 * @param {string} work  an empty folder
 */
export async function writeWindowsLaunchers(place, folder, work) {
  writeFileSync(path.join(folder, 'lab.cmd'), labScript)
  const { default: sharp } = await import('sharp')
  const icon = readFileSync(path.join(place.root, 'resources', 'icon.png'))
  const pictures = []
  for (const side of iconSizes) pictures.push({ side, png: await sharp(icon).resize(side, side).png().toBuffer() })
  writeFileSync(path.join(work, 'icon.ico'), iconFile(pictures))
  // 24 is the kind of a manifest (RT_MANIFEST).
  writeFileSync(path.join(work, 'icon.rc'), '1 ICON "icon.ico"\n1 24 "launcher.manifest"\n')
  for (const kind of ['c', 'manifest'])
    copyFileSync(
      fileURLToPath(new URL(`windowsLauncher.${kind}`, import.meta.url)),
      path.join(work, `launcher.${kind}`),
    )
  const zig = await fetchZig(place)
  const target = [
    '-target',
    architectureOf(placeFor(place, 'win-x64'))?.zigTarget ?? '',
    '-Os',
    '-s',
    '-municode',
    '-Wl,--subsystem,windows',
  ]
  const outcome = await runZig(
    place,
    zig,
    ['cc', ...target, 'launcher.c', 'icon.rc', '-luser32', '-o', 'launcher.exe'],
    work,
  )
  if (outcome.code !== 0)
    throw new SetupProblem(`The launcher for Windows could not be compiled (${lastWords(outcome)}).`)
  copyFileSync(path.join(work, 'launcher.exe'), path.join(folder, 'Conv Lab.exe'))
}
