/**
 * How often each letter occurs among a thousand letters of Russian text (O. Lyashevskaya, S. Sharov, frequency
 * dictionary of the Russian National Corpus, 2009), rounded.
 */
const perThousand: Readonly<Record<string, number>> = {
  о: 110,
  е: 85,
  а: 80,
  и: 74,
  н: 67,
  т: 63,
  с: 55,
  р: 47,
  в: 45,
  л: 44,
  к: 35,
  м: 32,
  д: 30,
  п: 28,
  у: 26,
  я: 20,
  ы: 19,
  ь: 17,
  г: 17,
  з: 16,
  б: 16,
  ч: 14,
  й: 12,
  х: 10,
  ж: 9,
  ш: 7,
  ю: 6,
  ц: 5,
  щ: 4,
  э: 3,
  ф: 3,
  ъ: 0.4,
  ё: 0.1,
}

/** Of other characters, a thousand letters have fewer than this. */
const rare = 0.01

/** The natural logarithm of how likely these letters are in Russian, up to a constant a character. ASCII is ignored. */
export function likelihoodInRussian(text: string): number {
  let sum = 0
  for (const character of text.toLowerCase()) if (character > '\x7f') sum += Math.log(perThousand[character] ?? rare)
  return sum
}
