import { lineOf, type Line, type StopOnWay } from '../parts/line.ts'

/** Where lines meet: the way towards the bus station and on to the south has these numbers, the way back the next ones. */
const izgrev: StopOnWay = { id: '1001', bg: 'ж.к. Изгрев', en: 'Izgrev', latitude: 42.5258, longitude: 27.4634 }
const izgrevSouth: StopOnWay = {
  id: '1003',
  bg: 'ж.к. Изгрев – юг',
  en: 'Izgrev South',
  latitude: 42.5201,
  longitude: 27.4661,
  via: [[42.5231, 27.4629]],
}
const zornitsa: StopOnWay = {
  id: '1005',
  bg: 'ж.к. Зорница',
  en: 'Zornitsa',
  latitude: 42.5142,
  longitude: 27.4689,
  via: [[42.5172, 27.4669]],
}
const stambolov: StopOnWay = {
  id: '1007',
  bg: 'бул. „Стефан Стамболов“',
  en: 'Stefan Stambolov Blvd',
  latitude: 42.5072,
  longitude: 27.4667,
  via: [[42.5108, 27.4691]],
}
const court: StopOnWay = { id: '1009', bg: 'Съдебна палата', en: 'Court house', latitude: 42.4997, longitude: 27.469 }
const townHall: StopOnWay = {
  id: '1011',
  bg: 'Община – център',
  en: 'Town hall – centre',
  latitude: 42.496,
  longitude: 27.4714,
}
const busStation: StopOnWay = {
  id: '1013',
  bg: 'Автогара „Юг“ – ЖП гара',
  en: 'Bus station South – rail station',
  latitude: 42.4912,
  longitude: 27.4728,
  timepoint: true,
  via: [[42.4937, 27.4733]],
}
const aleksandrov: StopOnWay = {
  id: '1015',
  bg: 'бул. „Тодор Александров“',
  en: 'Todor Aleksandrov Blvd',
  latitude: 42.4949,
  longitude: 27.4604,
  via: [
    [42.4921, 27.4701],
    [42.4946, 27.4672],
  ],
}
const pobeda: StopOnWay = {
  id: '1017',
  bg: 'кв. Победа',
  en: 'Pobeda',
  latitude: 42.4866,
  longitude: 27.4478,
  via: [[42.4936, 27.4549]],
}
const lakeside: StopOnWay = {
  id: '1019',
  bg: 'ул. „Крайезерна“',
  en: 'Krayezerna St',
  latitude: 42.4795,
  longitude: 27.4389,
  via: [[42.4831, 27.4442]],
}
const rudnikTurn: StopOnWay = {
  id: '1021',
  bg: 'Разклон „Меден рудник“',
  en: 'Meden Rudnik junction',
  latitude: 42.4664,
  longitude: 27.4304,
  via: [[42.4729, 27.4331]],
}
const miladinovi: StopOnWay = {
  id: '1023',
  bg: 'ж.к. Братя Миладинови',
  en: 'Bratya Miladinovi',
  latitude: 42.5012,
  longitude: 27.4632,
}

const southwards = [aleksandrov, pobeda, lakeside, rudnikTurn]

const b1 = lineOf({
  routeId: 'B1',
  bg: 'ж.к. Изгрев – Автогара „Юг“ – Меден рудник, зона А',
  en: 'Izgrev – Bus station South – Meden Rudnik, zone A',
  color: 'B3261E',
  tripMinutes: 32,
  headsigns: { out: 'Меден рудник, зона А', back: 'ж.к. Изгрев' },
  outward: [
    izgrev,
    izgrevSouth,
    zornitsa,
    stambolov,
    court,
    townHall,
    busStation,
    ...southwards,
    { id: '1101', bg: 'Меден рудник, зона Б', en: 'Meden Rudnik, zone B', latitude: 42.4598, longitude: 27.4221 },
    { id: '1103', bg: 'Меден рудник, зона А', en: 'Meden Rudnik, zone A', latitude: 42.4543, longitude: 27.4126 },
  ],
})

const b2 = lineOf({
  routeId: 'B2',
  bg: 'ж.к. Славейков – Автогара „Юг“ – Меден рудник, зона Г',
  en: 'Slaveykov – Bus station South – Meden Rudnik, zone G',
  color: '0B57A4',
  tripMinutes: 32,
  headsigns: { out: 'Меден рудник, зона Г', back: 'ж.к. Славейков' },
  outward: [
    { id: '1201', bg: 'ж.к. Славейков', en: 'Slaveykov', latitude: 42.5231, longitude: 27.4507 },
    { id: '1203', bg: 'ж.к. Славейков – пазар', en: 'Slaveykov – market', latitude: 42.518, longitude: 27.4538 },
    {
      id: '1205',
      bg: 'бул. „Янко Комитов“',
      en: 'Yanko Komitov Blvd',
      latitude: 42.5092,
      longitude: 27.4548,
      via: [[42.5137, 27.4532]],
    },
    miladinovi,
    townHall,
    busStation,
    ...southwards,
    { id: '1207', bg: 'Меден рудник, зона В', en: 'Meden Rudnik, zone V', latitude: 42.4571, longitude: 27.4268 },
    { id: '1209', bg: 'Меден рудник, зона Г', en: 'Meden Rudnik, zone G', latitude: 42.4507, longitude: 27.4189 },
  ],
})

const line12 = lineOf({
  routeId: '12',
  bg: 'ж.к. Изгрев – Морска градина – Автогара „Юг“ – кв. Победа',
  en: 'Izgrev – Sea Garden – Bus station South – Pobeda',
  color: '0B7A4B',
  tripMinutes: 29,
  headsigns: { out: 'кв. Победа', back: 'ж.к. Изгрев' },
  outward: [
    izgrev,
    izgrevSouth,
    zornitsa,
    {
      id: '1301',
      bg: 'ж.к. Лазур',
      en: 'Lazur',
      latitude: 42.5049,
      longitude: 27.4782,
      via: [[42.5101, 27.4743]],
    },
    { id: '1303', bg: 'Морска градина', en: 'Sea Garden', latitude: 42.4989, longitude: 27.4807 },
    { ...townHall, via: [[42.4969, 27.4779]] },
    busStation,
    aleksandrov,
    pobeda,
  ],
})

const line15 = lineOf({
  routeId: '15',
  bg: 'кв. Сарафово – Летище – Автогара „Юг“',
  en: 'Sarafovo – Airport – Bus station South',
  color: '6A4FA3',
  tripMinutes: 31,
  headsigns: { out: 'Автогара „Юг“', back: 'кв. Сарафово' },
  outward: [
    { id: '1401', bg: 'кв. Сарафово', en: 'Sarafovo', latitude: 42.5604, longitude: 27.5218 },
    { id: '1403', bg: 'Сарафово – училище', en: 'Sarafovo – school', latitude: 42.5637, longitude: 27.5243 },
    {
      id: '1405',
      bg: 'Летище Бургас',
      en: 'Burgas Airport',
      latitude: 42.5656,
      longitude: 27.5164,
      timepoint: true,
      via: [[42.5661, 27.5217]],
    },
    {
      id: '1407',
      bg: 'Атанасовско езеро',
      en: 'Atanasovsko Lake',
      latitude: 42.5447,
      longitude: 27.4988,
      via: [[42.5561, 27.5074]],
    },
    {
      id: '1409',
      bg: 'Солниците',
      en: 'Salt pans',
      latitude: 42.5271,
      longitude: 27.4837,
      via: [[42.5352, 27.4899]],
    },
    { ...zornitsa, via: [[42.5203, 27.4774]] },
    stambolov,
    court,
    townHall,
    busStation,
  ],
})

const line4 = lineOf({
  routeId: '4',
  bg: 'кв. Долно Езерово – Промишлена зона „Север“ – Автогара „Юг“',
  en: 'Dolno Ezerovo – Industrial zone North – Bus station South',
  color: '8A5A00',
  tripMinutes: 29,
  headsigns: { out: 'Автогара „Юг“', back: 'кв. Долно Езерово' },
  outward: [
    { id: '1501', bg: 'кв. Долно Езерово', en: 'Dolno Ezerovo', latitude: 42.5187, longitude: 27.3752 },
    {
      id: '1503',
      bg: 'Долно Езерово – изток',
      en: 'Dolno Ezerovo East',
      latitude: 42.5197,
      longitude: 27.3843,
    },
    {
      id: '1505',
      bg: 'кв. Лозово – разклон',
      en: 'Lozovo junction',
      latitude: 42.5203,
      longitude: 27.4108,
      via: [[42.5214, 27.3973]],
    },
    {
      id: '1507',
      bg: 'Промишлена зона „Север“',
      en: 'Industrial zone North',
      latitude: 42.5139,
      longitude: 27.4327,
      via: [[42.5184, 27.4219]],
    },
    { id: '1509', bg: 'ул. „Индустриална“', en: 'Industrialna St', latitude: 42.5056, longitude: 27.4463 },
    { ...miladinovi, via: [[42.5026, 27.4561]] },
    townHall,
    busStation,
  ],
})

const line17 = lineOf({
  routeId: '17',
  bg: 'Автогара „Юг“ – Меден рудник – кв. Крайморие',
  en: 'Bus station South – Meden Rudnik – Kraymorie',
  color: '00707A',
  tripMinutes: 30,
  headsigns: { out: 'кв. Крайморие', back: 'Автогара „Юг“' },
  outward: [
    { ...busStation, via: [] },
    ...southwards,
    {
      id: '1601',
      bg: 'Меден рудник – изток',
      en: 'Meden Rudnik East',
      latitude: 42.4562,
      longitude: 27.4341,
      via: [[42.4608, 27.4322]],
    },
    {
      id: '1603',
      bg: 'Мандренски мост',
      en: 'Mandra bridge',
      latitude: 42.4389,
      longitude: 27.4582,
      via: [[42.4471, 27.4431]],
    },
    {
      id: '1605',
      bg: 'кв. Крайморие',
      en: 'Kraymorie',
      latitude: 42.4449,
      longitude: 27.4873,
      via: [[42.4386, 27.4739]],
    },
  ],
})

export const lines = { b1, b2, line4, line12, line15, line17 } satisfies Record<string, Line>
