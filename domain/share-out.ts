/**
 * Whole numbers next to `values` that add up to the rounded sum of them: each is rounded down, and those with the largest remainders get one more, the earlier first.
 * So the rows of a table add up to its total. O(n log n).
 */
export function roundToSum(values: readonly number[]): number[] {
  const floors = values.map((value) => Math.floor(value))
  const sum = Math.round(values.reduce((total, value) => total + value, 0))
  let missing = sum - floors.reduce((total, value) => total + value, 0)
  const order = values
    .map((value, i) => ({ i, remainder: value - Math.floor(value) }))
    .sort((a, b) => b.remainder - a.remainder || a.i - b.i)
  for (const { i } of order) {
    if (missing <= 0) break
    floors[i] = (floors[i] ?? 0) + 1
    missing -= 1
  }
  return floors
}
