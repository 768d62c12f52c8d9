import { writePlaces, type PlaceRow, type PlaceSource } from '../parts/write-places.ts'

/**
 * Makes `places/`: invented examples of what a city's portal publishes, one GeoJSON file a source, in the shape that Smart Burgas uses (all values strings).
 * Positions are plausible, not surveyed; every name says that it is an example. Run it after a change: node examples/burgas/generate-places.ts
 */
function parking(
  id: string,
  name: string,
  latitude: number,
  longitude: number,
  properties: Record<string, unknown>,
): PlaceRow {
  return [id, `Пример: паркинг ${name}`, latitude, longitude, { parking_id: id, ...properties }]
}

const WIFI = { ssid: 'Burgas-Free' }
const BLUE = { zone: 'blue', hours: 'Mo-Fr 08:00-19:00, Sa 09:00-14:00', price: '1 EUR/h' }
const GREEN = { zone: 'green', hours: '24/7', price: '0.5 EUR/h' }
const FREE = { zone: 'none', hours: '24/7' }

const sources: PlaceSource[] = [
  {
    id: 'parkings',
    name: 'Примерни паркинги (Car parks, example)',
    kind: 'parking',
    rows: [
      parking('P1', 'Община', 42.4957, 27.4706, { total_lots: '96', ...BLUE }),
      parking('P2', 'Автогара „Юг“', 42.4919, 27.4736, { total_lots: '180', ...GREEN }),
      parking('P3', 'Съдебна палата', 42.4993, 27.4683, { total_lots: '64', ...BLUE }),
      parking('P4', 'Морска градина', 42.4994, 27.4811, { total_lots: '240', ...BLUE }),
      parking('P5', 'ж.к. Лазур, 24 места с датчици', 42.5054, 27.4773, { total_lots: '24', sensors: 'bays', ...BLUE }),
      parking('P6', 'УМБАЛ', 42.5119, 27.4669, { total_lots: '130', ...GREEN }),
      parking('P7', 'ж.к. Зорница', 42.5151, 27.4682, { total_lots: '110', ...FREE }),
      parking('P8', 'ж.к. Изгрев, буферен', 42.5266, 27.4641, { total_lots: '320', ...FREE }),
      parking('P9', 'Меден рудник, зона Б, буферен', 42.4603, 27.4231, { total_lots: '280', ...FREE }),
      parking('P10', 'Летище', 42.5661, 27.5151, { total_lots: '400', ...GREEN }),
      // Its counter stopped long ago: the city keeps publishing what it said last.
      parking('P11', 'ж.к. Славейков, броячът е спрял', 42.5186, 27.4528, {
        total_lots: '150',
        total_free_lots: '63',
        counter: 'stopped',
        data: [{ free_lots: '63', time: '2024-10-11 17:40:00' }],
        ...FREE,
      }),
    ],
  },
  {
    id: 'ev-points',
    name: 'Примерни зарядни точки (EV points, example)',
    kind: 'charger',
    rows: [
      ['E1', 'Пример: зарядна точка Община', 42.4963, 27.4709, { power: '2 x 22 kW Type 2' }],
      ['E2', 'Пример: зарядна точка Автогара „Юг“', 42.4915, 27.4741, { power: '50 kW CCS, CHAdeMO' }],
      ['E3', 'Пример: зарядна точка Морска градина', 42.4987, 27.4802, { power: '2 x 22 kW Type 2' }],
      ['E4', 'Пример: зарядна точка бул. „Янко Комитов“', 42.5087, 27.4552, { power: '2 x 150 kW CCS' }],
      ['E5', 'Пример: зарядна точка ж.к. Изгрев', 42.5264, 27.4648, { power: '2 x 11 kW' }],
      ['E6', 'Пример: зарядна точка Летище', 42.5659, 27.5157, { power: '100 kW CCS' }],
    ],
  },
  {
    id: 'wifi',
    name: 'Примерни безплатни Wi-Fi зони (Wi-Fi zones, example)',
    kind: 'wifi',
    rows: [
      ['W1', 'Пример: Wi-Fi площад „Тройката“', 42.4969, 27.4721, WIFI],
      ['W2', 'Пример: Wi-Fi Морска градина', 42.4979, 27.4822, WIFI],
      ['W3', 'Пример: Wi-Fi Автогара „Юг“', 42.4909, 27.4731, WIFI],
      ['W4', 'Пример: Wi-Fi парк „Изгрев“', 42.5241, 27.4657, WIFI],
      ['W5', 'Пример: Wi-Fi Меден рудник', 42.4588, 27.4214, WIFI],
    ],
  },
  {
    id: 'cameras',
    name: 'Примерни камери (Cameras, example)',
    kind: 'camera',
    rows: [
      ['C1', 'Пример: камера площад „Тройката“', 42.4967, 27.4717, { link: 'https://example.org/camera/troykata' }],
      [
        'C2',
        'Пример: камера бул. „Стефан Стамболов“',
        42.5069,
        27.4669,
        { link: 'https://example.org/camera/stambolov' },
      ],
      ['C3', 'Пример: камера Автогара „Юг“', 42.4914, 27.4724, { link: 'https://example.org/camera/station' }],
      ['C4', 'Пример: камера Морска градина', 42.4983, 27.4815, { link: 'https://example.org/camera/sea-garden' }],
    ],
  },
  {
    id: 'air',
    name: 'Примерни станции за въздух (Air quality, example)',
    kind: 'air',
    rows: [
      ['A1', 'Пример: въздух център', 42.4975, 27.4698, { sensors: 'pm10UgM3 pm25UgM3 no2UgM3' }],
      ['A2', 'Пример: въздух Меден рудник', 42.4581, 27.4203, { sensors: 'pm10UgM3 pm25UgM3 no2UgM3' }],
      ['A3', 'Пример: въздух Долно Езерово', 42.5191, 27.3761, { sensors: 'pm10UgM3 pm25UgM3' }],
    ],
  },
  {
    id: 'buildings',
    name: 'Примерни общински сгради (Municipal buildings, example)',
    kind: 'building',
    rows: [
      ['B1', 'Пример: Община', 42.4961, 27.4701, { areaM2: '7800', sensors: 'powerW energyWh' }],
      ['B2', 'Пример: училище Изгрев', 42.5247, 27.4669, { areaM2: '6900', sensors: 'powerW energyWh' }],
      ['B3', 'Пример: спортна зала', 42.5122, 27.4721, { areaM2: '9200', sensors: 'powerW energyWh' }],
      ['B4', 'Пример: читалище Меден рудник', 42.4573, 27.4196, { areaM2: '2400', sensors: 'powerW energyWh' }],
    ],
  },
]

writePlaces(`${import.meta.dirname}/places`, sources)
