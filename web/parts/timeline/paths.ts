/** Points of a step line over slots: each value holds from its instant to the next. */
export interface Sample {
  from: number
  to: number
  value: number
}

const round = (value: number): string => value.toFixed(1)

/** An SVG path that draws `samples` as steps; a gap in time starts a new line. */
export function stepPath(samples: readonly Sample[], x: (at: number) => number, y: (value: number) => number): string {
  let path = ''
  let end: number | null = null
  for (const { from, to, value } of samples) {
    const height = round(y(value))
    path += end === from ? `V${height}` : `M${round(x(from))} ${height}`
    path += `H${round(x(to))}`
    end = to
  }
  return path
}

/** The same steps as a closed area down to `floor`, one value per sample. */
export function stepArea(
  samples: readonly Sample[],
  x: (at: number) => number,
  y: (value: number) => number,
  floor: (sample: Sample) => number,
): string {
  let path = ''
  let run: Sample[] = []
  const close = (): void => {
    const first = run[0]
    if (first === undefined) return
    path += `M${round(x(first.from))} ${round(y(floor(first)))}`
    for (const one of run) path += `V${round(y(one.value))}H${round(x(one.to))}`
    for (const one of run.toReversed()) path += `V${round(y(floor(one)))}H${round(x(one.from))}`
    path += 'Z'
    run = []
  }
  for (const sample of samples) {
    if (run.length > 0 && run.at(-1)?.to !== sample.from) close()
    run.push(sample)
  }
  close()
  return path
}

/** A rectangle with its own radius on the left and on the right end. */
export function barPath(x: number, y: number, width: number, height: number, left: number, right: number): string {
  const l = Math.min(left, width / 2, height / 2)
  const r = Math.min(right, width / 2, height / 2)
  return (
    `M${round(x + l)} ${round(y)}H${round(x + width - r)}q${r} 0 ${r} ${r}V${round(y + height - r)}q0 ${r} ${-r} ${r}` +
    `H${round(x + l)}q${-l} 0 ${-l} ${-l}V${round(y + l)}q0 ${-l} ${l} ${-l}Z`
  )
}
