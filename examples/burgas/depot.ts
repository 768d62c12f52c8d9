import type { Stop } from '../parts/line.ts'

export const depot: Stop = {
  id: 'DEPOT',
  bg: 'База „Бургасбус“ – електробуси',
  en: 'Burgasbus e-bus depot',
  latitude: 42.5121,
  longitude: 27.4406,
}
