import { say, type Sentence } from '../../domain/sentences/sentence.ts'

const WORDS = {
  site: ['oneSite', 'manySites'],
  station: ['oneStation', 'manyStations'],
  evse: ['oneEvse', 'manyEvses'],
  vehicle: ['oneVehicle', 'manyVehicles'],
  token: ['oneToken', 'manyTokens'],
  place: ['onePlace', 'manyPlaces'],
  price: ['onePrice', 'manyPrices'],
  intensity: ['oneIntensity', 'manyIntensities'],
  temperature: ['oneTemperature', 'manyTemperatures'],
} as const

/** `1 site`, `3 sites`. */
export function counted(n: number, thing: keyof typeof WORDS): Sentence {
  const [one, many] = WORDS[thing]
  return say(n === 1 ? one : many, { n })
}
