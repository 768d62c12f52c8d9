import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

const css = readFileSync(new URL('./themes.css', import.meta.url), 'utf8')

/** Text over its ground, as StopPage and its parts draw it. */
const PAIRS = [
  ...['ink', 'soft', 'time', 'good', 'late', 'early', 'off'].flatMap((text) => [
    [text, 'paper'],
    [text, 'row'],
  ]),
  ['badge-ink', 'badge'],
  ['live-ink', 'live'],
  ['plan-ink', 'plan'],
  ['stale-ink', 'stale'],
] as [string, string][]

/** The colours of a theme, in its light (0) or dark (1) form. */
function coloursOf(theme: string, form: 0 | 1): Map<string, string> {
  const block = new RegExp(`:root\\[data-board='${theme}'\\] \\{([^}]*)\\}`).exec(css)?.[1] ?? ''
  return new Map(
    [...block.matchAll(/--b-([\w-]+):\s*([^;]+);/g)].map(([, name = '', value = '']) => [
      name,
      /light-dark\((#\w+),\s*(#\w+)\)/.exec(value)?.[form + 1] ?? value.trim(),
    ]),
  )
}

/** Relative luminance of `#rrggbb` (WCAG 2.2). */
function luminance(colour: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const value = Number.parseInt(colour.slice(at, at + 2), 16) / 255
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}

function contrast(one: string, other: string): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].toSorted((a, b) => a - b)
  return (light + 0.05) / (dark + 0.05)
}

test.each([
  ['auto', 0],
  ['auto', 1],
  ['lcd', 1],
  ['led', 1],
  ['epaper', 0],
] as const)('every text of the theme %s (%i) stands out from its ground by 4.5 to 1', (theme, form) => {
  const colours = coloursOf(theme, form)
  const measured = PAIRS.map(([text, ground]) => {
    const [a, b] = [colours.get(text), colours.get(ground)]
    expect([text, a, ground, b]).toEqual([
      text,
      expect.stringMatching(/^#[0-9a-f]{6}$/),
      ground,
      expect.stringMatching(/^#[0-9a-f]{6}$/),
    ])
    return { pair: `${text} on ${ground}`, ratio: contrast(a ?? '', b ?? '') }
  })
  expect(measured.filter(({ ratio }) => ratio < 4.5)).toEqual([])
})

test('the ratio is WCAG’s: black on white is 21 to 1', () => {
  expect(contrast('#000000', '#ffffff')).toBeCloseTo(21, 5)
  expect(contrast('#777777', '#ffffff')).toBeCloseTo(4.48, 2)
})
