/** Bulgaria's Transliteration Act (2009), small letters. */
const BULGARIAN: Readonly<Record<string, string>> = {
  а: 'a', б: 'b', в: 'v', г: 'g', д: 'd', е: 'e', ж: 'zh', з: 'z', и: 'i', й: 'y', к: 'k', л: 'l', м: 'm', н: 'n', о: 'o',
  п: 'p', р: 'r', с: 's', т: 't', у: 'u', ф: 'f', х: 'h', ц: 'ts', ч: 'ch', ш: 'sh', щ: 'sht', ъ: 'a', ь: 'y', ю: 'yu', я: 'ya',
  ы: 'y', э: 'e', ё: 'yo', і: 'i', ї: 'yi', є: 'ye', ґ: 'g',
} // prettier-ignore
/** What differs in Ukraine's table (resolution 55 of 2010). */
const UKRAINIAN: Readonly<Record<string, string>> = {
  ...BULGARIAN,
  г: 'h', ґ: 'g', є: 'ie', и: 'y', і: 'i', ї: 'i', й: 'i', х: 'kh', щ: 'shch', ю: 'iu', я: 'ia', ь: '',
} // prettier-ignore
const UKRAINIAN_AT_START: Readonly<Record<string, string>> = { є: 'ye', ї: 'yi', й: 'y', ю: 'yu', я: 'ya' }

const CYRILLIC = /\p{Script=Cyrillic}/u
const WORDS = /[\p{Script=Cyrillic}’'ʼ]+/gu

/**
 * A name in Latin letters, as the country writes its own names: by Bulgaria's law, or by Ukraine's resolution. What is Latin already stays as it is.
 * It is a spelling, not a translation: "кв." becomes "kv.".
 */
export function latinLetters(text: string, country: 'bg' | 'uk'): string {
  if (!CYRILLIC.test(text)) return text
  return text.replaceAll(WORDS, (word) => (CYRILLIC.test(word) ? latinWord(word, country) : word))
}

function latinWord(word: string, country: 'bg' | 'uk'): string {
  const shouted = word.length > 1 && word === word.toUpperCase()
  const small = word.toLowerCase()
  let latin = ''
  let i = 0
  for (const letter of small) {
    const spelt = spellingOf(small, i, country) ?? letter
    latin += word[i] === letter || spelt === '' ? spelt : spelt[0]?.toUpperCase() + spelt.slice(1)
    i += letter.length
  }
  return shouted ? latin.toUpperCase() : latin
}

function spellingOf(word: string, i: number, country: 'bg' | 'uk'): string | undefined {
  const letter = word[i] ?? ''
  if (country === 'uk') {
    if (/[’'ʼ]/.test(letter)) return ''
    if (word.slice(i, i + 2) === 'зг') return 'z'
    if (letter === 'г' && word[i - 1] === 'з') return 'gh'
    return (i === 0 ? UKRAINIAN_AT_START[letter] : undefined) ?? UKRAINIAN[letter]
  }
  // "-ия" at the end of a word is "-ia"; and the country's own name is written as the world knows it.
  if (letter === 'я' && i === word.length - 1 && word[i - 1] === 'и') return 'a'
  if (letter === 'ъ' && word.startsWith('българ')) return 'u'
  return BULGARIAN[letter]
}
