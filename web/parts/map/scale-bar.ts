const STEPS = [5, 2, 1]

/** The longest round number of metres (1, 2 or 5 with noughts) that is at most `mostPx` long, and its length. */
export function scaleBar(metresPerPx: number, mostPx: number): { metres: number; px: number } {
  const most = metresPerPx * mostPx
  const power = 10 ** Math.floor(Math.log10(most))
  const metres = power * (STEPS.find((step) => step * power <= most) ?? 1)
  return { metres, px: metres / metresPerPx }
}
