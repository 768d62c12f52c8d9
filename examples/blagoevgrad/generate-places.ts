import { writePlaces, type PlaceSource } from '../parts/write-places.ts'

/**
 * Makes `places/`: invented examples of what a city's portal publishes, one GeoJSON file a source, in the shape that Smart Burgas uses (all values strings).
 * Positions are plausible, not surveyed; every name says that it is an example. Run it after a change: node examples/blagoevgrad/generate-places.ts
 */
const sources: PlaceSource[] = [
  {
    id: 'parkings',
    name: 'Примерни паркинги (Car parks, example)',
    kind: 'parking',
    rows: [
      [
        'P1',
        'Пример: паркинг Община',
        42.0207,
        23.0938,
        { total_lots: '84', zone: 'blue', hours: 'Mo-Fr 08:00-18:00', price: '1 EUR/h' },
      ],
      [
        'P2',
        'Пример: паркинг Общински пазар',
        42.0166,
        23.0913,
        { total_lots: '60', zone: 'blue', hours: 'Mo-Sa 07:00-19:00', price: '1 EUR/h' },
      ],
      [
        'P3',
        'Пример: паркинг Автогара',
        42.0131,
        23.0835,
        { total_lots: '120', zone: 'green', hours: '24/7', price: '0.5 EUR/h' },
      ],
      ['P4', 'Пример: паркинг МБАЛ', 42.0149, 23.0968, { total_lots: '45', zone: 'none', hours: '24/7' }],
      [
        'P5',
        'Пример: паркинг Вароша, 18 места с датчици',
        42.0245,
        23.1002,
        { total_lots: '18', zone: 'blue', sensors: 'bays', hours: 'Mo-Fr 08:00-18:00' },
      ],
      ['P6', 'Пример: паркинг Стадион', 42.0261, 23.1061, { total_lots: '150', zone: 'none', hours: '24/7' }],
      // Its counter stopped long ago: the city keeps publishing what it said last.
      [
        'P7',
        'Пример: паркинг Студентски град, броячът е спрял',
        42.0279,
        23.1088,
        {
          total_lots: '70',
          total_free_lots: '41',
          counter: 'stopped',
          data: [{ free_lots: '41', time: '2024-10-03 09:12:00' }],
        },
      ],
    ],
  },
  {
    id: 'ev-points',
    name: 'Примерни зарядни точки (EV points, example)',
    kind: 'charger',
    rows: [
      ['E1', 'Пример: зарядна точка Община', 42.0211, 23.0955, { power: '2 x 22 kW Type 2' }],
      ['E2', 'Пример: зарядна точка Автогара', 42.0126, 23.0841, { power: '50 kW CCS, CHAdeMO' }],
      ['E3', 'Пример: зарядна точка Стадион', 42.0256, 23.1058, { power: '2 x 11 kW' }],
    ],
  },
  {
    id: 'wifi',
    name: 'Примерни безплатни Wi-Fi зони (Wi-Fi zones, example)',
    kind: 'wifi',
    rows: [
      ['W1', 'Пример: Wi-Fi площад Георги Измирлиев', 42.0202, 23.0949, { ssid: 'Blagoevgrad-Free' }],
      ['W2', 'Пример: Wi-Fi Градска градина', 42.0222, 23.0962, { ssid: 'Blagoevgrad-Free' }],
      ['W3', 'Пример: Wi-Fi Автогара', 42.0129, 23.0827, { ssid: 'Blagoevgrad-Free' }],
      ['W4', 'Пример: Wi-Fi парк Бачиново', 42.0311, 23.1172, { ssid: 'Blagoevgrad-Free' }],
    ],
  },
  {
    id: 'cameras',
    name: 'Примерни камери (Cameras, example)',
    kind: 'camera',
    rows: [
      ['C1', 'Пример: камера площад', 42.0204, 23.0945, { link: 'https://example.org/camera/square' }],
      [
        'C2',
        'Пример: камера бул. Св. Димитър Солунски',
        42.0159,
        23.0866,
        { link: 'https://example.org/camera/boulevard' },
      ],
      ['C3', 'Пример: камера Бачиново', 42.0308, 23.1165, { link: 'https://example.org/camera/bachinovo' }],
    ],
  },
  {
    id: 'air',
    name: 'Примерни станции за въздух (Air quality, example)',
    kind: 'air',
    rows: [
      ['A1', 'Пример: въздух център', 42.0199, 23.0971, { sensors: 'pm10UgM3 pm25UgM3 no2UgM3' }],
      ['A2', 'Пример: въздух Еленово', 42.0052, 23.0931, { sensors: 'pm10UgM3 pm25UgM3' }],
    ],
  },
  {
    id: 'buildings',
    name: 'Примерни общински сгради (Municipal buildings, example)',
    kind: 'building',
    rows: [
      ['B1', 'Пример: Община', 42.0209, 23.0943, { areaM2: '4200', sensors: 'powerW energyWh' }],
      ['B2', 'Пример: училище Еленово', 42.0048, 23.0939, { areaM2: '6100', sensors: 'powerW energyWh' }],
      ['B3', 'Пример: спортна зала', 42.0263, 23.1049, { areaM2: '3500', sensors: 'powerW energyWh' }],
    ],
  },
]

writePlaces(`${import.meta.dirname}/places`, sources)
