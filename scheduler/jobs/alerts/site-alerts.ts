import type { AlertDraft } from '../../../domain/alert.ts'
import { addDays, daysBetween, localDate } from '../../../domain/service-time.ts'
import { nodePaths, sumOverTree } from '../profiles/limit-tree.ts'
import { roomOfNodes } from '../profiles/room.ts'
import { priceAlerts } from './price-alerts.ts'
import type { WatchState } from './watch-state.ts'
import { kilowatts } from './words.ts'

const READING_IS_OLD_MS = 5 * 60_000
const TOLERATED_SHARE = 0.02
const TOLERATED_W = 1000
const TIMETABLE_DAYS = 14
const TIMETABLE_DAYS_TO_ACT = 3

/** What is wrong with the site as a whole: limits, prices, the timetable's end. */
export function siteAlerts(state: WatchState): AlertDraft[] {
  return [...limitAlerts(state), ...priceAlerts(state), ...timetableAlerts(state)]
}

function limitAlerts(state: WatchState): AlertDraft[] {
  const { now, fleet, evses } = state
  const leaves = evses.map((evse) => ({ key: `${evse.stationId}/${evse.evseId}`, nodeId: evse.nodeId, evse }))
  const fresh = new Map(
    leaves.map(({ key, evse }) => [
      key,
      evse.powerAt !== null && now.getTime() - evse.powerAt.getTime() <= READING_IS_OLD_MS ? (evse.powerW ?? 0) : 0,
    ]),
  )
  const tree = roomOfNodes(fleet.nodes)
  const sums = sumOverTree(tree, nodePaths(tree, leaves), (key) => fresh.get(key) ?? 0)
  return fleet.nodes.flatMap((node) => {
    const room = tree.find((one) => one.id === node.nodeId)?.roomW ?? 0
    const measuredW = (sums.get(node.nodeId) ?? 0) + node.limitW - room
    if (measuredW <= node.limitW * (1 + TOLERATED_SHARE) + TOLERATED_W) return []
    const name = node.label ?? (node.parentId === null ? 'The grid connection' : `Node ${node.nodeId}`)
    const baseAlone = room < 0
    return [
      {
        key: `limitExceeded:${fleet.site.siteId}:${node.nodeId}`,
        siteId: fleet.site.siteId,
        kind: 'limitExceeded' as const,
        severity: 'act' as const,
        sentence: `${name} carries ${kilowatts(measuredW)}, more than its limit of ${kilowatts(node.limitW)}.`,
        cause: baseAlone
          ? 'The base load alone is above the limit.'
          : 'Chargers draw more than they were told, or the limit has just been lowered.',
        remedy: baseAlone
          ? 'Switch off what else is running, or correct the base load or the limit.'
          : 'The chargers have been told to go down; if it stays, stop the one that does not follow.',
        parameters: {
          nodeId: node.nodeId,
          nodeLabel: node.label,
          isGridConnection: node.parentId === null,
          baseAlone,
          measuredW: Math.round(measuredW),
          limitW: node.limitW,
        },
      },
    ]
  })
}

function timetableAlerts(state: WatchState): AlertDraft[] {
  const { now, fleet, timetableEnds } = state
  if (timetableEnds === null) return []
  const left = daysBetween(localDate(now, fleet.site.timeZone), timetableEnds)
  if (left >= TIMETABLE_DAYS) return []
  return [
    {
      key: `timetableEnding:${fleet.site.siteId}`,
      siteId: fleet.site.siteId,
      kind: 'timetableEnding',
      severity: left <= TIMETABLE_DAYS_TO_ACT ? 'act' : 'look',
      sentence:
        left < 0
          ? `The timetable ended on ${timetableEnds}.`
          : `The timetable ends on ${timetableEnds}, in ${left} ${left === 1 ? 'day' : 'days'}.`,
      cause: `No trips are known from ${addDays(timetableEnds, 1)} on, so nothing can be planned for them.`,
      remedy: 'Import the next timetable (npm run import -- gtfs feed.zip).',
      parameters: { endDate: timetableEnds, daysLeft: left },
    },
  ]
}
