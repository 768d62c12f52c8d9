/** Puts short facts beside each other: `Bus 5 · 72 %`. What is not known or empty is left out. */
export const joined = (...parts: readonly (string | null | undefined)[]): string =>
  parts.filter((part) => part !== null && part !== undefined && part !== '').join(' · ')
