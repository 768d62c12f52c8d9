import { answerPreviews } from './answer-previews.ts'
import { keepDriveDays } from './drive-days.ts'
import { countEnergy } from './energy-intervals.ts'
import { fetchPlaces } from './fetch-places.ts'
import { fetchSisterCities } from './fetch-sister-cities.ts'
import { keepHouse } from './housekeeping.ts'
import type { Job } from './job.ts'
import { learnBatteries } from './learn-batteries.ts'
import { learnTravelTimes } from './learn-travel-times.ts'
import { keepSavings } from './keep-savings.ts'
import { fetchMarket } from './market/fetch-market.ts'
import { fetchWeather } from './market/fetch-weather.ts'
import { fetchPositions } from './positions/fetch-positions.ts'
import { predictArrivals } from './predict-arrivals.ts'
import { pushProfiles } from './push-profiles.ts'
import { replanAll, replanOnRequest } from './replan.ts'
import { runImports } from './run-imports.ts'
import { shareWork } from './share-work.ts'
import { sumMonths } from './sum-months.ts'
import { watch } from './watch.ts'

export type { Job, JobContext } from './job.ts'

/** Everything that is done again and again, on every platform. Those of every tick run in this order. */
export const jobs: readonly Job[] = [
  { name: 'replanOnRequest', schedule: 'tick', run: replanOnRequest },
  { name: 'answerPreviews', schedule: 'tick', run: answerPreviews },
  { name: 'pushProfiles', schedule: 'tick', run: pushProfiles },
  { name: 'fetchPositions', schedule: 'tick', run: fetchPositions },
  { name: 'predictArrivals', schedule: 'tick', run: predictArrivals },
  { name: 'imports', schedule: 'tick', run: runImports },
  { name: 'watch', schedule: { everyMinutes: 1 }, run: watch },
  { name: 'replan', schedule: { everyMinutes: 5 }, run: replanAll },
  { name: 'energyIntervals', schedule: { everyMinutes: 5 }, run: countEnergy },
  { name: 'fetchPlaces', schedule: { everyMinutes: 1 }, run: fetchPlaces },
  { name: 'fetchSisterCities', schedule: { everyMinutes: 1 }, run: fetchSisterCities },
  { name: 'fetchMarket', schedule: { everyMinutes: 5 }, run: fetchMarket },
  { name: 'fetchWeather', schedule: { everyMinutes: 60 }, run: fetchWeather },
  { name: 'driveDays', schedule: { everyMinutes: 60 }, run: keepDriveDays },
  { name: 'shareWork', schedule: { everyMinutes: 5 }, run: shareWork },
  { name: 'sumMonths', schedule: { everyMinutes: 60 }, run: sumMonths },
  { name: 'keepSavings', schedule: { everyMinutes: 60 }, run: keepSavings },
  { name: 'learnTravelTimes', schedule: { everyMinutes: 5 }, run: learnTravelTimes },
  { name: 'learnBatteries', schedule: { everyMinutes: 60 }, run: learnBatteries },
  { name: 'housekeeping', schedule: { everyMinutes: 60 }, run: keepHouse },
]
