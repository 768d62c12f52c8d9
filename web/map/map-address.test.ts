import { expect, test } from 'vitest'
import { kindsParameter, readAddress } from './map-address.ts'

const read = (query: string) => readAddress(new URLSearchParams(query))

test('an address without a word shows what most come for', () => {
  expect(read('')).toEqual({
    kinds: ['parking', 'charger', 'bus', 'stop'],
    sight: null,
    selected: null,
    origin: null,
    find: 'parking',
    mode: 'walk',
    all: false,
  })
})

test('kinds, what is looked at, the origin and the search are read from the address', () => {
  const address = read(
    'kinds=wifi,air,junk&at=42.02,23.09,15&from=42.01,23.1&fromName=Автогара&find=charger&mode=drive&all=1',
  )
  expect(address).toEqual({
    kinds: ['air', 'wifi'],
    sight: { latitude: 42.02, longitude: 23.09, zoom: 15 },
    selected: null,
    origin: { latitude: 42.01, longitude: 23.1, name: 'Автогара' },
    find: 'charger',
    mode: 'drive',
    all: true,
  })
  expect(kindsParameter(address.kinds)).toBe('air,wifi')
  expect(kindsParameter(read('').kinds)).toBeNull()
  expect(read('kinds=').kinds).toEqual([])
})

test('what is no place on earth is passed over', () => {
  for (const query of ['at=1,2', 'at=95,20,3', 'at=,,', 'at=a,b,c']) expect(read(query).sight).toBeNull()
  for (const query of ['from=91,3', 'from=', 'from=x,y', 'from=10']) expect(read(query).origin).toBeNull()
})
