import type { Words } from '../words.ts'

/** What is said of files with places. */
export const PLACE_WORDS = {
  noFeatureCollection: [
    'it is no GeoJSON feature collection',
    'не е колекция от обекти GeoJSON (FeatureCollection)',
    'це не колекція об’єктів GeoJSON (FeatureCollection)',
  ],
  notWgs84: [
    'its coordinates are not WGS 84: {crs}',
    'координатите му не са в WGS 84: {crs}',
    'його координати не у WGS 84: {crs}',
  ],
  tooManyFeatures: [
    'it has {n} features, more than {most}',
    'обекти в него: {n}, повече от {most}',
    'об’єктів у ньому: {n}, більше ніж {most}',
  ],
  noUsableFeature: [
    'it has no feature that could be used',
    'няма обект, който да може да се използва',
    'у ньому немає придатного об’єкта',
  ],
  noSourceNamed: [
    'it does not say which source it is; give one with --source',
    'не казва от кой източник е; посочете го във файла (source.id)',
    'не вказано, з якого він джерела; вкажіть його у файлі (source.id)',
  ],
  noSourceName: [
    '{id} is no name for a source',
    '{id} не може да е име на източник',
    '{id} не може бути назвою джерела',
  ],
  placeIdTwice: [
    'two features have the same id; the later is used',
    'два обекта са с един и същ идентификатор; използва се вторият',
    'два об’єкти мають той самий ідентифікатор; використано пізніший',
  ],
  notAFeature: ['not a feature', 'не е обект на GeoJSON', 'не об’єкт GeoJSON'],
  featureNumber: ['feature {n}', 'обект {n}', 'об’єкт {n}'],
  noPosition: ['no usable position', 'няма използваемо местоположение', 'немає придатного розташування'],
  noPlaceName: [
    'no name; its kind stands for it',
    'няма име; вместо него стои видът му',
    'немає назви; замість неї стоїть вид',
  ],
  freeOutOfRange: [
    'a free count outside 0 to the capacity was brought back into it',
    'свободни места извън границите от 0 до вместимостта са върнати в тях',
    'вільні місця поза межами від 0 до місткості повернуто в ці межі',
  ],
  placeFinding: [
    '{message}: {count} ({examples})',
    '{message}: {count} ({examples})',
    '{message}: {count} ({examples})',
  ],
  placesStored: ['{places} of the source {source}.', '{places}, източник {source}.', '{places}, джерело {source}.'],
  onePlace: ['{n} place', 'Места: {n}', 'Місць: {n}'],
  manyPlaces: ['{n} places', 'Места: {n}', 'Місць: {n}'],
} as const satisfies Words
