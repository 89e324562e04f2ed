/** In the order of POSIX: the first that is set and not empty says in which language the system speaks. */
const variables = ['LC_ALL', 'LC_MESSAGES', 'LANG']

/**
 * The language of this person as the system has it, such as `ru-RU`. On Linux the environment is read here, because Node
 * takes an empty variable for an answer.
 */
export function systemLocale(environment = process.env, platform = process.platform): string {
  if (platform !== 'linux') return new Intl.DateTimeFormat().resolvedOptions().locale
  const locale = variables.map((name) => environment[name] ?? '').find((value) => value !== '') ?? ''
  return locale.split(/[.@]/, 1)[0].replaceAll('_', '-')
}
