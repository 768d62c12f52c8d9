/** Where a text stops being JSON. */
export interface JsonFault {
  /** Both from 1. */
  line: number
  column: number
  /** What stands there, a few characters of it; '' when the text ends too early. */
  found: string
}

const MOST_FOUND = 20
const BLANK = /[ \t\n\r]*/y
const TOKEN =
  /[{}[\],:]|"[ !#-[\]-\u{10ffff}]*(?:\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})[ !#-[\]-\u{10ffff}]*)*"|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/uy

type Expected = 'value' | 'valueOrEnd' | 'key' | 'keyOrEnd' | 'colon' | 'commaOrEnd' | 'nothing'

/**
 * Where a text that is no JSON goes wrong, since what engines say of it is in English and not the same everywhere. null: nowhere that
 * the grammar knows of (it may be nested too deeply for the engine).
 */
export function jsonFault(text: string): JsonFault | null {
  const open: string[] = []
  let expected: Expected = 'value'
  let at = after(BLANK, text, 0)
  while (at < text.length) {
    const end = after(TOKEN, text, at)
    const next: Expected | null = end === at ? null : following(expected, text.charAt(at), open)
    if (next === null) return faultAt(text, at)
    expected = next
    at = after(BLANK, text, end)
  }
  return expected === 'nothing' ? null : faultAt(text, at)
}

function after(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at
  return at + (pattern.exec(text)?.[0].length ?? 0)
}

/** What may stand behind a token that begins with `first`; null: it may not stand here. */
function following(expected: Expected, first: string, open: string[]): Expected | null {
  if (first === ':') return expected === 'colon' ? 'value' : null
  if (first === ',') return expected === 'commaOrEnd' ? (open.at(-1) === '{' ? 'key' : 'value') : null
  if (first === '}' || first === ']') {
    const mayEnd = expected === 'commaOrEnd' || expected === (first === '}' ? 'keyOrEnd' : 'valueOrEnd')
    return mayEnd && open.pop() === (first === '}' ? '{' : '[') ? behindValue(open) : null
  }
  if (expected === 'key' || expected === 'keyOrEnd') return first === '"' ? 'colon' : null
  if (expected !== 'value' && expected !== 'valueOrEnd') return null
  if (first !== '{' && first !== '[') return behindValue(open)
  open.push(first)
  return first === '{' ? 'keyOrEnd' : 'valueOrEnd'
}

function behindValue(open: readonly string[]): Expected {
  return open.length === 0 ? 'nothing' : 'commaOrEnd'
}

function faultAt(text: string, at: number): JsonFault {
  const before = text.slice(0, at)
  const lineStart = before.lastIndexOf('\n') + 1
  const [found = ''] = text.slice(at, at + MOST_FOUND).split(/[\r\n]/)
  return { line: before.split('\n').length, column: at - lineStart + 1, found }
}
