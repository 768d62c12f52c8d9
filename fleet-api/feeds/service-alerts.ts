import type { RealtimeBlock, RealtimeTrip } from '../../db/views/realtime.ts'
import { serviceInstant } from '../../domain/service-time.ts'
import { LANGUAGES } from '../../domain/language.ts'
import { localTime, passengerNotice, type PassengerNotice } from './passenger-texts.ts'
import { posix } from './realtime-message.ts'
import type { RealtimeEntity, TranslatedString } from './realtime-message.ts'

/** An alert for each trip that does not run or that another bus runs, in every language, with texts for a voice. */
export function serviceAlerts(blocks: readonly RealtimeBlock[], now: Date): RealtimeEntity[] {
  return blocks.flatMap((block) => {
    const swapS = block.trips.find((trip) => trip.tripId === block.cancelledFromTripId)?.startS
    return block.trips.flatMap((trip): RealtimeEntity[] => {
      const cancelled = block.cancelledTripIds.includes(trip.tripId)
      const swapped = !cancelled && block.replacement !== null && swapS !== undefined && trip.startS >= swapS
      const endAt = serviceInstant(block.date, block.timeZone, trip.endS)
      if ((!cancelled && !swapped) || endAt <= now) return []
      return [alertOf(block, trip, cancelled ? 'cancelled' : 'replaced', endAt)]
    })
  })
}

function alertOf(block: RealtimeBlock, trip: RealtimeTrip, kind: PassengerNotice['kind'], endAt: Date): RealtimeEntity {
  const time = localTime(serviceInstant(block.date, block.timeZone, trip.startS), block.timeZone)
  const notices = LANGUAGES.map((language) => ({
    language,
    notice: passengerNotice({ kind, reason: block.reason, route: trip.route, time }, language),
  }))
  const translated = (pick: (notice: PassengerNotice) => string): TranslatedString => ({
    translation: notices.map(({ language, notice }) => ({ text: pick(notice), language })),
  })
  return {
    id: `alert-${block.date}-${trip.tripId}`,
    alert: {
      active_period: [{ start: posix(block.computedAt), end: posix(endAt) }],
      informed_entity: [
        {
          trip: {
            trip_id: trip.tripId,
            start_date: block.date.replaceAll('-', ''),
            ...(trip.routeId === null ? {} : { route_id: trip.routeId }),
          },
        },
      ],
      cause: 'TECHNICAL_PROBLEM',
      effect: kind === 'cancelled' ? 'NO_SERVICE' : 'MODIFIED_SERVICE',
      severity_level: kind === 'cancelled' ? 'WARNING' : 'INFO',
      header_text: translated((notice) => notice.header),
      description_text: translated((notice) => notice.text),
      tts_header_text: translated((notice) => notice.header),
      tts_description_text: translated((notice) => notice.spoken),
    },
  }
}
