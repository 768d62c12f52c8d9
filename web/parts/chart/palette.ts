import type { Tone } from './series.ts'

const TOKENS: Record<Tone | 'grid' | 'text', string> = {
  go: 'var(--go)',
  base: 'var(--line-strong)',
  limit: 'var(--act)',
  soft: 'var(--soft)',
  sun: 'var(--sun)',
  look: 'var(--look)',
  ink: 'var(--ink)',
  grid: 'var(--line)',
  text: 'var(--soft)',
}

export type Palette = Record<keyof typeof TOKENS, { line: string; fill: string }>

/** The tokens as the colours they are just now: a canvas knows no `var()` and no `light-dark()`. */
export function readPalette(host: HTMLElement): Palette {
  const probe = document.createElement('i')
  probe.hidden = true
  host.append(probe)
  const resolved = (value: string): string => {
    probe.style.color = value
    return getComputedStyle(probe).color
  }
  const palette = Object.fromEntries(
    Object.entries(TOKENS).map(([tone, token]) => [
      tone,
      { line: resolved(token), fill: resolved(`color-mix(in srgb, ${token} 26%, transparent)`) },
    ]),
  ) as Palette
  probe.remove()
  return palette
}

/** Calls when the reader or the system changes between light and dark. */
export function watchTheme(changed: () => void): () => void {
  const system = matchMedia('(prefers-color-scheme: dark)')
  const chosen = new MutationObserver(changed)
  chosen.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] })
  system.addEventListener('change', changed)
  return () => {
    chosen.disconnect()
    system.removeEventListener('change', changed)
  }
}
