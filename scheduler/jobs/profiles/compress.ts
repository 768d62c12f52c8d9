/** A stretch of equal slots. */
export interface Stretch {
  firstSlot: number
  powerW: number
}

/**
 * Writes `powerW` in at most `maxPeriods` stretches that nowhere exceed it and lose the least energy by that. Equal neighbours join for
 * free; the rest is exact dynamic programming, O(slots² × maxPeriods). Empty in, empty out.
 */
export function compressPower(powerW: readonly number[], maxPeriods: number): Stretch[] {
  const runs = equalRuns(powerW)
  const most = Math.max(1, Math.floor(maxPeriods))
  if (runs.length <= most) return runs.map(({ firstSlot, powerW }) => ({ firstSlot, powerW }))

  const count = runs.length
  // best[k][i]: least loss of the first i runs in k stretches; cut[k][i]: where the last of them begins.
  let best = Array.from({ length: count + 1 }, (_, i) => (i === 0 ? 0 : Number.POSITIVE_INFINITY))
  const cuts: number[][] = []
  for (let k = 1; k <= most; k += 1) {
    const next = Array.from({ length: count + 1 }, () => Number.POSITIVE_INFINITY)
    const cut = Array.from({ length: count + 1 }, () => 0)
    for (let end = 1; end <= count; end += 1) {
      let lowest = Number.POSITIVE_INFINITY
      let slots = 0
      let energy = 0
      for (let start = end - 1; start >= 0; start -= 1) {
        const run = runs[start]
        if (run === undefined) break
        lowest = Math.min(lowest, run.powerW)
        slots += run.slots
        energy += run.powerW * run.slots
        const loss = (best[start] ?? Number.POSITIVE_INFINITY) + energy - lowest * slots
        if (loss < (next[end] ?? 0)) {
          next[end] = loss
          cut[end] = start
        }
      }
    }
    cuts.push(cut)
    best = next
  }

  const stretches: Stretch[] = []
  let end = count
  for (let k = most; k >= 1 && end > 0; k -= 1) {
    const start = cuts[k - 1]?.[end] ?? 0
    const part = runs.slice(start, end)
    stretches.unshift({ firstSlot: part[0]?.firstSlot ?? 0, powerW: Math.min(...part.map((run) => run.powerW)) })
    end = start
  }
  return joinEqual(stretches)
}

function equalRuns(powerW: readonly number[]): (Stretch & { slots: number })[] {
  const runs: (Stretch & { slots: number })[] = []
  powerW.forEach((power, slot) => {
    const last = runs.at(-1)
    if (last !== undefined && last.powerW === power) last.slots += 1
    else runs.push({ firstSlot: slot, powerW: power, slots: 1 })
  })
  return runs
}

function joinEqual(stretches: readonly Stretch[]): Stretch[] {
  return stretches.filter((stretch, i) => i === 0 || stretches[i - 1]?.powerW !== stretch.powerW)
}
