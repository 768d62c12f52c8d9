/** Solar: not reported at night. */
export const SUN = 'B16'

/** What a carbon series says of its figures. */
export const FACTOR_SOURCE =
  'ENTSO-E A75 with IPCC life-cycle medians (AR5 WG III, table A.III.2; oil: SRREN, table A.II.4)'

/**
 * Grams of CO2 equivalent per kWh over the life cycle, medians of the IPCC, by ENTSO-E's kind of generation. IPCC (2014), AR5 WG III, Annex III, table A.III.2; oil from
 * IPCC (2011), SRREN, Annex II, table A.II.4. IPCC gives one figure for coal, so lignite, which emits more, counts as coal. Kinds without a published median
 * (waste, other, coal gas, oil shale, peat, storage) are not here.
 */
export const LIFE_CYCLE_G_PER_KWH: ReadonlyMap<string, number> = new Map([
  ['B01', 230], // biomass
  ['B02', 820], // lignite
  ['B04', 490], // gas
  ['B05', 820], // hard coal
  ['B06', 840], // oil
  ['B09', 38], // geothermal
  ['B10', 24], // pumped water
  ['B11', 24], // run of river
  ['B12', 24], // reservoir
  ['B13', 17], // marine
  ['B14', 12], // nuclear
  [SUN, 48],
  ['B18', 12], // wind offshore
  ['B19', 11], // wind onshore
])
