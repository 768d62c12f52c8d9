import type { Preview } from './changes.ts'

/** Departures whose margin, charge or vehicle changes, the worst first. */
export function movedDepartures({ departures }: Preview): Preview['departures'] {
  const moved = departures.filter(({ before, after }) => {
    if (before === null || after === null) return before !== after
    return (
      before.marginMinutes !== after.marginMinutes ||
      before.shortWh !== after.shortWh ||
      before.needSocPercent !== after.needSocPercent ||
      before.departAt !== after.departAt
    )
  })
  const lost = ({ before, after }: Preview['departures'][number]): number =>
    (after?.shortWh ?? 0) * 1e6 +
    (after === null ? 0 : after.marginMinutes === null ? 1e5 : (before?.marginMinutes ?? 0) - after.marginMinutes)
  return moved.toSorted((a, b) => lost(b) - lost(a))
}
