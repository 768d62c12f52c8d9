import { latinLetters } from './latin-letters.ts'

/** A name as it is compared: Latin, small, without accents and punctuation, and without what people spell one way or the other. */
export function foldName(text: string): string {
  const latin = latinLetters(text, 'bg').normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase()
  return (
    latin
      .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
      // Chat spellings and the older tables: 4 for ч, 6 for ш, j for й, q for я, w for в.
      .replaceAll(/(?<=\p{L})4|4(?=\p{L})/gu, 'ch')
      .replaceAll(/(?<=\p{L})6|6(?=\p{L})/gu, 'sh')
      .replaceAll('w', 'v')
      .replaceAll('q', 'ya')
      .replaceAll('sch', 'sh')
      .replaceAll(/shch|sht/g, 'sht')
      .replaceAll('kh', 'h')
      .replaceAll(/ia|ja|ya/g, 'ya')
      .replaceAll(/iu|ju|yu/g, 'yu')
      .replaceAll(/[yj]/g, 'i')
      .replaceAll(/c(?!h)/g, 'ts')
      .replaceAll(/(.)\1+/g, '$1')
      .trim()
  )
}

/** Words in names that say what kind of place it is: they help little to find one. */
const COMMON = new Set(['kv', 'ul', 'bul', 'zh', 'k', 'pl', 'st', 'sp', 'vul', 'prosp'])

/**
 * How well a folded name fits folded words that somebody typed: 0 is the very name, more is worse; null: it does not fit. Every word must be there: as a word, the
 * beginning of one, a part of one, or with one letter wrong in four to seven letters, two in more.
 */
export function nameDistance(query: string, name: string): number | null {
  if (query === name) return 0
  const words = name.split(' ')
  let sum = name.startsWith(query) ? 0 : 1
  for (const asked of query.split(' ')) {
    const best = Math.min(...words.map((word) => wordDistance(asked, word)))
    if (best === Infinity && COMMON.has(asked)) sum += 1
    else if (best === Infinity) return null
    else sum += best
  }
  // Of names that fit alike the one with less besides is nearer.
  return sum + Math.min(0.9, Math.max(0, name.length - query.length) / 100)
}

function wordDistance(asked: string, word: string): number {
  if (asked === word) return 0
  if (word.startsWith(asked)) return 1
  if (asked.length >= 3 && word.includes(asked)) return 3
  const allowed = asked.length < 4 ? 0 : asked.length < 8 ? 1 : 2
  if (allowed === 0) return Infinity
  // Somebody who is still typing has mistyped the beginning.
  const wrong = Math.min(
    edits(asked, word, allowed),
    ...[-1, 0, 1].map((more) => edits(asked, word.slice(0, asked.length + more), allowed)),
  )
  return wrong <= allowed ? 3 + 2 * wrong : Infinity
}

/** Letters to change, add, drop or swap with the next, as far as `most`; Infinity beyond. */
function edits(a: string, b: string, most: number): number {
  if (Math.abs(a.length - b.length) > most) return Infinity
  let before: number[] = []
  let row = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i]
    for (let j = 1; j <= b.length; j += 1) {
      let least = Math.min(
        (row[j] ?? 0) + 1,
        (next[j - 1] ?? 0) + 1,
        (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1),
      )
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        least = Math.min(least, (before[j - 2] ?? 0) + 1)
      next.push(least)
    }
    before = row
    row = next
  }
  const total = row[b.length] ?? Infinity
  return total <= most ? total : Infinity
}
